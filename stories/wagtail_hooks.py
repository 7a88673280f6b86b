"""What stories, newsletters and films add to Wagtail; the rules are in the modules named here."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from stories.film_hooks import refuse_films_without_captions
from stories.newsletters import may_start

hooks.register("before_bulk_action", refuse_films_without_captions)


class ForThoseWhoMakeNewsletters(MenuItem):
    def is_shown(self, request):
        return may_start(request.user)


@hooks.register("register_admin_menu_item")
def newsletters_in_the_menu():
    return ForThoseWhoMakeNewsletters("Newsletters", reverse("newsletters"), icon_name="mail", order=160)
