"""Telling those who look after a photograph that its consent is about to end, while there is time to ask again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assets.consent import REMINDED_BEFORE
from assets.models import HubImage
from assets.usage import pages_with
from notices.kinds import kind
from notices.outbox import Letter, tell

MOST_NAMED = 5
ENDING = kind("photograph", "The consent for a photograph is about to end")


def remind(*, now: datetime) -> None:
    """A job: tell the owners 30 and 7 days before a consent ends. A missed run is made up for; none is told twice."""
    today = timezone.localdate(now)
    last = today + timedelta(days=REMINDED_BEFORE[0])
    ending = HubImage.objects.filter(
        people_shown=HubImage.PeopleShown.PEOPLE, consent_until__range=(today, last), consent_withdrawn_on=None
    )
    for image in ending.select_related("uploaded_by_user"):
        # Of the two days only the nearer: who hears in the last week needs no second letter about the month.
        before = min(days for days in REMINDED_BEFORE if image.consent_until <= today + timedelta(days=days))
        with transaction.atomic():
            _tell(image, before, now)


def _tell(image: HubImage, before: int, now: datetime) -> None:
    pages = pages_with(image)
    people = {person.pk: person for page in pages for person in (page.steward,) if person and person.is_active}
    uploader = image.uploaded_by_user
    if uploader and uploader.is_active:
        people[uploader.pk] = uploader
    titles = [page.title for page in pages[:MOST_NAMED]]
    more = f" and {len(pages) - MOST_NAMED} more" if len(pages) > MOST_NAMED else ""
    shown = f"It stands on: {'; '.join(titles)}{more}." if titles else "No published page shows it."
    letter = Letter(
        subject="The consent for a photograph is about to end",
        paragraphs=[
            f"The consent for “{image.title}” ends on {image.consent_until:%-d %B %Y}. From the next day nobody sees "
            f"it, on any page. {shown}",
            "If you would like to keep it, ask the people on it again and put in the new day. If not, there is "
            "nothing to do.",
        ],
        link=reverse("wagtailimages:edit", args=[image.pk]),
        link_title="Open the photograph in the CMS",
    )
    for person in people.values():
        occurrence = f"{before} days before {image.consent_until}"
        tell(person, letter, kind=ENDING, about=image, occurrence=occurrence, now=now)
