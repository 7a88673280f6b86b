"""Empty searches become work: what was looked for and not found is kept without people.

A phrase is written down only once three people have typed it. Until then there are seals of it, which say nothing.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.models import FollowedBy, Glimpse, UnmetSearch, Wish
from search.results import SearchResults

ENOUGH_PEOPLE = 3
GLIMPSES_KEPT = timedelta(days=90)
IN_SESSION = "unmet_search"
MOST_DIGITS = 5
"""A phrase with more digits may be a case number or a date of birth: it is never kept."""


def take_note(request, results: SearchResults) -> None:
    """After a search: remember an unmet one, or what an unmet one was followed by."""
    phrase = normal(results.finder.intent.typed)
    if not phrase or results.number > 1:
        return
    before, today = request.session.get(IN_SESSION), request.hub.today
    if results.finder.is_unmet:
        unmet = saw(phrase, request.user.pk, today)
        if unmet and unmet.pk != before:
            request.session[IN_SESSION] = unmet.pk
    elif before and results.total:
        del request.session[IN_SESSION]
        followed(before, phrase, request.user.pk, today)


def normal(phrase: str) -> str:
    """A phrase as it is counted: case and blanks make no difference. Empty where it must not be kept at all."""
    phrase = " ".join(phrase.casefold().split())[:200]
    is_personal = sum(sign.isdigit() for sign in phrase) > MOST_DIGITS or "@" in phrase
    return "" if is_personal else phrase


def saw(phrase: str, person_id: int, today: date) -> UnmetSearch | None:
    """Somebody looked for this and did not find it; returns the row once the phrase is known from enough people."""
    known = UnmetSearch.objects.filter(phrase=phrase)
    if known.update(times=F("times") + 1, last_on=today, state=UnmetSearch.State.OPEN):
        return known.get()
    people = _people(phrase, person_id, today)
    if people < ENOUGH_PEOPLE:
        return None
    unmet, _ = UnmetSearch.objects.get_or_create(phrase=phrase, defaults={"times": people, "last_on": today})
    return unmet


def followed(unmet_id: int, phrase: str, person_id: int, today: date) -> None:
    """After an unmet search somebody found something with these words; kept, too, once three people have."""
    known = FollowedBy.objects.filter(unmet_id=unmet_id, phrase=phrase)
    if known.update(times=F("times") + 1) or not UnmetSearch.objects.filter(pk=unmet_id).exists():
        return
    people = _people(f"{unmet_id} then {phrase}", person_id, today)
    if people >= ENOUGH_PEOPLE:
        FollowedBy.objects.get_or_create(unmet_id=unmet_id, phrase=phrase, defaults={"times": people})


def wish(*, text: str, searched_for: str, today: date) -> Wish:
    """Keep what a reader hoped to find, with the day and nothing else about them.

    What they had typed into the search box is kept with it only if enough people have typed it.
    """
    known = UnmetSearch.objects.filter(phrase=normal(searched_for)).values_list("phrase", flat=True).first()
    return Wish.objects.create(text=text, searched_for=known or "", written_on=today)


def forget(*, now: datetime) -> None:
    """Seals of phrases that too few people typed in three months are deleted."""
    Glimpse.objects.filter(seen_on__lt=timezone.localdate(now - GLIMPSES_KEPT)).delete()


def _people(phrase: str, person_id: int, today: date) -> int:
    """How many people have typed the phrase, this one included; with enough of them, the seals are deleted."""
    phrase_seal, person_seal = _seal(phrase), _seal(f"{phrase} by {person_id}")
    try:
        with transaction.atomic():
            Glimpse.objects.create(phrase_seal=phrase_seal, person_seal=person_seal, seen_on=today)
    except IntegrityError:
        pass  # the same person again
    seals = Glimpse.objects.filter(phrase_seal=phrase_seal)
    people = seals.count()
    if people >= ENOUGH_PEOPLE:
        seals.delete()
    return people


def _seal(text: str) -> str:
    return salted_hmac("search.unmet", text, algorithm="sha256").hexdigest()
