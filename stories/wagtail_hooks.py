"""What stories, newsletters and films add to Wagtail; the rules are in the modules named here."""

from django.contrib import messages
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from stories import clearing
from stories.checking_views import check
from stories.consent_views import consent_of
from stories.models import StoryPage
from stories.newsletters.editions import may_start

SHOWN = 6


@hooks.register("register_admin_urls")
def addresses_of_check_and_consent():
    return [
        path("stories/<row:pk>/check/", check, name="story_check"),
        path("stories/<row:pk>/consent/", consent_of, name="story_consent"),
    ]


@hooks.register("register_page_header_buttons")
def to_check_and_consent(page, user, next_url=None, view_name=None):
    if page.pk and issubclass(page.specific_class or type(page), StoryPage):
        address = reverse("story_check", args=[page.pk])
        yield Button("Anonymity check", url=address, icon_name="view", priority=44)
        yield Button("Consent", url=reverse("story_consent", args=[page.pk]), icon_name="user", priority=45)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_might_point_to_somebody(request, page):
    """A draft is always saved; its writer is told at once what to look at."""
    if isinstance(page, StoryPage):
        told = clearing.words_of_page(page)
        certain = [clue for found in clearing.seen_in(told).values() for clue in found if clue.certain]
        if certain and not clearing.is_cleared(page.pk, told):
            seen = ", ".join(f"“{clue.words}” looks like {clue.label}" for clue in certain[:SHOWN])
            messages.warning(request, f"Saved. Look at this before anybody else reads it: {seen}.")


class ForThoseWhoMakeNewsletters(MenuItem):
    def is_shown(self, request):
        return may_start(request.user)


@hooks.register("register_admin_menu_item")
def newsletters_in_the_menu():
    return ForThoseWhoMakeNewsletters("Newsletters", reverse("newsletters"), icon_name="mail", order=160)


@hooks.register("register_log_actions")
def what_the_history_says_of_consent(actions):
    actions.register_action("stories.consent.record", "Record consent", "Consent written down")
    actions.register_action("stories.consent.withdraw", "Withdraw consent", "Consent withdrawn: gone from the hub")
    actions.register_action("stories.consent.reopen", "Open without consent", "Opened again by a second person")
