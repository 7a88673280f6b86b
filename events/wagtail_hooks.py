"""What the events room adds to Wagtail: its menu, and pages with sessions that are not deleted by mistake."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from events.booking.booked_pages import booked_sessions, shut_out_by, why_it_stays, why_not_closed, would_close
from events.cms.viewsets import EventsGroup
from events.mail.feedback_forms import what_the_base_lacks
from events.models import EventPage, KindRules, Session
from feedback.results import BASE_LACKS
from pages.models import HubPage
from pages.visibility.privacy import WHY_NOT

BOOKED = (
    "Sessions belong to “{title}”, so it cannot be deleted. "
    "Cancel what is still to come, then unpublish it: bookings are kept."
)


class ChangedOnly(ModelPermissionPolicy):
    """Each kind has its rules: nobody adds or deletes them, not even who may do everything."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)


register_permission_policy(KindRules, ChangedOnly(KindRules))
hooks.register(BASE_LACKS, what_the_base_lacks)


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


def _stays(request, pages, *, below: bool):
    """Refuse in words, with the way to the session that has to be cancelled first; None where nobody is booked."""
    session = booked_sessions(pages, timezone.now(), below=below).first()
    if session is None:
        return None
    desk = messages.button(reverse("desk", args=[session.key]) + "#cancel", "Cancel the session")
    messages.error(request, why_it_stays(session), buttons=[desk])
    return redirect("wagtailadmin_explore", session.event.get_parent().pk)


@hooks.register("before_unpublish_page")
def keep_pages_that_are_booked(request, page):
    return _stays(request, [page], below=bool(request.POST.get("include_descendants")))


@hooks.register("before_move_page")
def keep_what_is_booked_open(request, page, destination):
    """Below a section that is closed to some, those who booked could not read of it any more."""
    return _stays(request, [page], below=True) if would_close(page, destination) else None


@hooks.register(WHY_NOT)
def keep_the_section_open_for_who_is_booked(page, groups, restriction):
    session = shut_out_by(page, groups, timezone.now(), was=restriction)
    return why_not_closed(session) if session else ""


@hooks.register("before_bulk_action")
def keep_them_in_bulk_too(request, action_type, objects, action):
    if not (objects and hasattr(objects[0], "path")):
        return None
    if action_type == "delete" and (page := _with_sessions(objects)):
        messages.error(request, BOOKED.format(title=page.title))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    if action_type == "unpublish":
        return _stays(request, objects, below=bool(request.POST.get("include_descendants")))
    if action_type == "move" and request.method == "POST":
        return _moved_in_bulk(request, objects)
    return None


def _moved_in_bulk(request, pages):
    to = HubPage.objects.filter(pk__in=request.POST.getlist("chooser")[:1]).first()
    closing = [page for page in pages if to and would_close(page, to)]
    return _stays(request, closing, below=True) if closing else None


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def from_an_event_to_its_sessions(page, user, next_url=None, view_name=None):
    """In the menu of an event's page, in its list and on its edit screen."""
    if issubclass(page.specific_class or type(page), EventPage) and user.has_perm("events.view_session"):
        address = f"{reverse('event_sessions:index')}?event={page.pk}"
        yield Button("Sessions", url=address, icon_name="calendar-alt", priority=45)
