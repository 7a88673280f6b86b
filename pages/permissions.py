"""Who opens pages to everybody, and who closes them again."""

from pages.models import HubPage, PublicApproval
from people.models import User

APPROVE_PUBLIC = "pages.approve_public"


def may_approve(person: User) -> bool:
    """Who opens pages to everybody: principal social workers and administrators; whose pages, the verb asks."""
    return person.is_active and person.has_perm(APPROVE_PUBLIC)


def had_a_hand_in(person: User, page: HubPage) -> bool:
    """Whether this person asked for the text to be public, or has changed it since the last approval.

    Nobody opens their own words to the public: it takes a second pair of eyes.
    """
    last = PublicApproval.objects.filter(page=page).exclude(revision=None).first()
    asked = page.revisions.filter(user=person, content__audience=HubPage.Audience.PUBLIC)
    if last and last.revision_id != page.live_revision_id:
        asked = asked.filter(pk__gt=last.revision_id)
    return asked.exists() or page.revisions.filter(pk=page.live_revision_id, user=person).exists()


def may_make_internal(person: User, page: HubPage) -> bool:
    """Approvers, and whoever may edit the page: to close is safe, so it asks for less than to open."""
    return may_approve(person) or page.permissions_for_user(person).can_edit()
