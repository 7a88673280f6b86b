"""What the events room adds to Wagtail: its menu, and pages with sessions that are not deleted by mistake."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks

from events.models import Session
from events.viewsets import EventsGroup

BOOKED = (
    "Sessions belong to “{title}”, so it cannot be deleted. Unpublish it instead, or withdraw it: bookings are kept."
)


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
