"""What the events room adds to Wagtail: its menu, and pages with sessions that are not deleted by mistake."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from events.models import EventPage, KindRules, Session
from events.viewsets import EventsGroup

BOOKED = (
    "Sessions belong to “{title}”, so it cannot be deleted. Unpublish it instead, or withdraw it: bookings are kept."
)


class ChangedOnly(ModelPermissionPolicy):
    """Each kind has its rules: nobody adds or deletes them, not even who may do everything."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)


register_permission_policy(KindRules, ChangedOnly(KindRules))


@hooks.register("register_admin_viewset")
def register_events_menu():
    return EventsGroup()


def _with_sessions(pages):
    """The first of the pages that has sessions, itself or below it."""
    for page in pages:
        if Session.objects.filter(event__path__startswith=page.path).exists():
            return page
    return None


@hooks.register("before_delete_page")
def keep_pages_with_sessions(request, page):
    if _with_sessions([page]):
        messages.error(request, BOOKED.format(title=page.title))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def keep_them_in_bulk_too(request, action_type, objects, action):
    if action_type == "delete" and objects and hasattr(objects[0], "path"):
        page = _with_sessions(objects)
        if page:
            messages.error(request, BOOKED.format(title=page.title))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def from_an_event_to_its_sessions(page, user, next_url=None, view_name=None):
    """In the menu of an event's page, in its list and on its edit screen."""
    if issubclass(page.specific_class or type(page), EventPage) and user.has_perm("events.view_session"):
        address = f"{reverse('event_sessions:index')}?event={page.pk}"
        yield Button("Sessions", url=address, icon_name="calendar-alt", priority=45)
