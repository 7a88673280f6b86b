import logging

from django.contrib import messages
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from people.choosers import person_chooser
from people.leaving import leave_service
from people.models import User
from people.viewsets import BULK_ACTIONS, TeamViewSet

logger = logging.getLogger(__name__)

# No picture of oneself in the CMS: it would be kept as a phone took it, with its place, and no address serves it.
# Wagtail has no setting for that; a panel that is not active is neither shown nor saved.
AvatarSettingsPanel.is_active = lambda panel: False


@hooks.register("register_admin_viewset")
def register_teams():
    return TeamViewSet("teams")


@hooks.register("register_admin_viewset")
def register_choosing_people():
    return person_chooser


# Under the names of Wagtail's own, and after them, so that these take their places.
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("after_edit_user")
def who_is_no_longer_active_leaves(request, user):
    """Unticking "active" is leaving the service; ticking it again is coming back, with nothing but the account."""
    if user.is_active and user.left_at:
        User.objects.filter(pk=user.pk).update(left_at=None)
    elif not user.is_active:
        _leave(request, [user])


@hooks.register("before_delete_user")
def who_is_deleted_leaves_first(request, user):
    """Said by whom, before the account goes (`User.delete` would say it too, without a name)."""
    if request.method == "POST":
        _leave(request, [user])


@hooks.register("before_bulk_action")
def many_who_are_deleted_leave_first(request, action_type, objects, action):
    if action_type == "delete" and request.method == "POST" and all(isinstance(one, User) for one in objects):
        _leave(request, objects)


@hooks.register("after_bulk_action")
def many_who_are_no_longer_active_leave(request, action_type, objects, action):
    if action_type == "set_active_state":
        User.objects.filter(pk__in=[one.pk for one in objects], is_active=True).update(left_at=None)
        _leave(request, User.objects.filter(pk__in=[one.pk for one in objects], is_active=False))


def _leave(request, people) -> None:
    """What could not be ended now, since the hub was busy, is ended by the job within minutes."""
    for person in people:
        if person.left_at:
            continue
        try:
            leave_service(person=person, by=request.user, now=timezone.now())
        except Exception:
            logger.exception("What person %s has on the hub was not all ended; the job tries again.", person.pk)
            messages.warning(request, f"Not everything of {person} could be ended at once. It is within minutes.")
        else:
            messages.info(request, f"{person} has left: places, pages, questions and team have ended or passed on.")
