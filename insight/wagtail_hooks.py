from wagtail import hooks

from insight.viewsets import FigureKindViewSet


@hooks.register("register_admin_viewset")
def register_figures():
    return FigureKindViewSet("figure_kinds")
