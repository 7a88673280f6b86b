"""Who opens pages to everybody, and who closes them again."""

from django.db.models import Q, QuerySet

from pages.models import HubPage, PublicApproval
from pages.visibility.readers import reader_of
from people.models import User


def pages_of(person: User) -> QuerySet[HubPage]:
    """The pages that this person answers for: as owner or, where there is none, as deputy.

    A name on a page gives no more than its readers have: whoever may not open it any more answers for it no longer.
    """
    if not person.is_active:
        return HubPage.objects.none()
    return HubPage.objects.filter(Q(steward=person) | Q(steward=None, deputy=person)).visible_to(person)


def looks_after(person: User, page: HubPage) -> bool:
    """Whether this person is named as owner or deputy of a page that they may open."""
    return person.is_active and person.pk in (page.steward_id, page.deputy_id) and reader_of(person).may_open(page)


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
