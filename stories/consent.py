"""Stories that children, young people and care leavers tell: shown while they agree, gone the moment they do not."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published

from assets.consent import REMINDED_BEFORE
from assets.models import HubImage
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.wording import counted, day
from people.models import User
from stories.models.consent import StoryConsent

LONGEST = timedelta(days=3 * 366)
"""Nobody agrees for ever: a story of a child of ten is asked about again before they are fourteen."""

WITHDRAWN_WHY = "The consent to tell it has ended."
CONSENT = kind("story-consent", "The consent for a story is about to end, or has been withdrawn")
NO_CONSENT = (
    "The person whose story this is has to agree first. Save it as a draft, then open “Consent” in the menu of the "
    "page and write down what was agreed. Nothing you wrote is lost."
)


def standing(page_id: int | None) -> StoryConsent | None:
    """The agreement that holds until somebody ends it, whatever its last day."""
    return StoryConsent.objects.filter(page=page_id, ended_at=None).first() if page_id else None


def holds(page_id: int | None, on: date) -> bool:
    """Whether the story may be shown on that day."""
    consent = standing(page_id)
    return consent is not None and on <= consent.ends_on


def ended_last(page) -> StoryConsent | None:
    """The agreement that ended last, of this story or of one that it is a copy of."""
    theirs = StoryConsent.objects.filter(page__origin=page.origin or page.pk)
    return theirs.select_related("ended_by").order_by("-recorded_at", "-pk").first()


def record(
    *, page, by: User, given_by: str, agreed_on: date, ends_on: date, kept_at: str, now: datetime
) -> StoryConsent:
    """Write down what was agreed. It takes the place of what was agreed before. Raises `PermissionDenied`."""
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    with transaction.atomic():
        _end(page, by, now, withdrawn=False)
        consent = StoryConsent.objects.create(
            page_id=page.pk,
            given_by=given_by,
            agreed_on=agreed_on,
            ends_on=ends_on,
            kept_at=kept_at,
            recorded_by=by,
            recorded_at=now,
        )
        log(instance=page, action="stories.consent.record", user=by, data={"ends_on": ends_on.isoformat()})
        if page.live:
            # The new last day holds for the page that readers see, not only for its next draft.
            page.save()
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)
    return consent


def withdraw(*, page, by: User, now: datetime) -> list[HubImage]:
    """They have said no: the page is gone for readers and from search, and so are its pictures of people, at once.

    Returns the pictures that went with it. Whoever may edit the page can do it: it is not to wait.
    """
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    with transaction.atomic():
        log(instance=page, action="stories.consent.withdraw", user=by)
        # Its copies are the same story.
        same = list(type(page).objects.filter(origin=page.origin or page.pk).order_by("pk"))
        _close_anew(page, [one for one in same if is_opened_without(one)], by, now)
        pictures = [picture for one in same for picture in _take_away(one, by, now)]
        page.refresh_from_db()
        _tell(page, by, "has been withdrawn", "The page is gone from the hub and from search", pictures)
    return pictures


def is_opened_without(page) -> bool:
    """Whether readers see it, or may, by a second person's word alone: an agreement has ended, and none stands."""
    opened = page.live or page.reopenings.filter(undone_at=None).exists()
    return opened and standing(page.pk) is None and ended_last(page) is not None


def _close_anew(page, opened: list, by: User, now: datetime) -> None:
    """What a second person has opened is closed again by whoever says so now: that is what counts from here on."""
    if opened:
        StoryConsent.objects.filter(pk=ended_last(page).pk, ended_at__isnull=False).update(
            ended_at=now, ended_by=by, is_withdrawn=True
        )


def _take_away(page, by: User, now: datetime) -> list[HubImage]:
    """One page and what it shows; returns the pictures that went with it."""
    _end(page, by, now, withdrawn=True)
    page.reopenings.filter(undone_at=None).update(undone_at=now)
    pictures = pictures_of(page)
    for picture in pictures:
        picture.consent_withdrawn_on, picture.consent_said_by = timezone.localdate(now), by
        picture.save(update_fields=["consent_withdrawn_on", "consent_said_by"])
    if page.live:
        # Whoever edits may not always unpublish; this cannot wait for somebody who may.
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    return pictures


def pictures_of(page) -> list[HubImage]:
    """Pictures on the story, as published or as drafted, that may show somebody."""
    images = ReferenceIndex._get_base_content_type(HubImage).pk
    found = {
        key
        for version in (page, page.get_latest_revision_as_object())
        for content_type, key, *_ in ReferenceIndex._extract_references_from_object(version)
        if content_type == images
    }
    shown = HubImage.objects.filter(pk__in=found, consent_withdrawn_on=None)
    return list(shown.exclude(people_shown=HubImage.PeopleShown.NOBODY))


def follow_up(*, now: datetime) -> None:
    """A job: unpublish what nobody agrees to any more, which no reader sees since the day itself; remind the owners."""
    today = timezone.localdate(now)
    for ended in StoryConsent.objects.filter(ended_at=None, page__live=True, ends_on__lt=today).select_related("page"):
        ended.page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    _remind(now)


def _remind(now: datetime) -> None:
    """Tell the owners 30 and 7 days before a consent ends, while there is time to ask again."""
    today = timezone.localdate(now)
    ending = StoryConsent.objects.filter(
        ended_at=None, page__live=True, ends_on__range=(today, today + timedelta(days=REMINDED_BEFORE[0]))
    )
    for consent in ending.select_related("page__steward", "page__deputy"):
        before = min(days for days in REMINDED_BEFORE if consent.ends_on <= today + timedelta(days=days))
        letter = Letter(
            subject=f"The consent for a story is about to end: {consent.page.title}",
            paragraphs=[
                f"It ends on {day(consent.ends_on)}. From the next day nobody sees the story any more.",
                "If you would like to keep it, ask again and write down the new day. If not, there is nothing to do.",
            ],
            link=reverse("story_consent", args=[consent.page_id]),
            link_title="Open the consent in the CMS",
        )
        for person in {consent.page.steward, consent.page.deputy} - {None}:
            if person.is_active:
                occurrence = f"{before} days before {consent.ends_on}"
                tell(person, letter, kind=CONSENT, about=consent, occurrence=occurrence, now=now)


def _end(page, by: User, now: datetime, *, withdrawn: bool) -> None:
    """End the agreement that stands, if there is one; two who press at once meet here."""
    for consent in StoryConsent.objects.select_for_update().filter(page=page.pk, ended_at=None):
        consent.ended_at, consent.ended_by, consent.is_withdrawn = now, by, withdrawn
        consent.save(update_fields=["ended_at", "ended_by", "is_withdrawn"])


def _tell(page, by: User, what: str, words: str, pictures: list[HubImage]) -> None:
    also = f", with {counted(len(pictures), 'picture')} of people" if pictures else ""
    letter = Letter(
        subject=f"The consent for a story {what}: {page.title}",
        paragraphs=[f"{words}{also}. It cannot be published again without a new consent."],
        link=reverse("story_consent", args=[page.pk]),
        link_title="See the consent in the CMS",
    )
    for person in {page.steward, page.deputy} - {None, by}:
        if person.is_active:
            last = ended_last(page)
            occurrence = f"withdrawn {last.ended_at.isoformat()}" if last and last.ended_at else "withdrawn"
            tell(person, letter, kind=CONSENT, about=last or page, occurrence=occurrence)
