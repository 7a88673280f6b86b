from wagtail import hooks

from search.viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def register_search_menu():
    return SearchGroup()
