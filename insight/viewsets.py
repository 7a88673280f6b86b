"""Which figures the dashboard shows, in the CMS."""

from wagtail.admin.viewsets.model import ModelViewSet

from insight.models import FigureKind


class FigureKindViewSet(ModelViewSet):
    """The list of figures that a council wants to see; figures themselves are supplied on the dashboard."""

    model = FigureKind
    icon = "order"
    menu_label = "Figures on the dashboard"
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["label", "unit", "order", "active"]
    form_fields = ["label", "unit", "meaning", "order", "active"]
