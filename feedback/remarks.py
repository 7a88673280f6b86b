"""Useful, or wrong? A word of a reader to the owner of a page, and an answer back."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone

from feedback.answers.batches import in_fives
from feedback.honest_numbers import Share
from feedback.models import Remark
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.models import HubPage
from pages.public.permissions import pages_of
from people.models import User
from people.refusals import NotPossible

MINE = reverse_lazy("my_remarks")
SAID = kind("remark", "What a reader says is wrong with a page")
SETTLED = kind("remark-settled", "What became of a remark")


def looked_after_by(person: User) -> Q:
    """Remarks on pages that this person answers for, as owner or, where there is none, as deputy."""
    return Q(page__in=pages_of(person).values("pk"))


def to_settle(person: User) -> QuerySet[Remark]:
    """What readers say is wrong with this person's pages, and nobody has answered."""
    return Remark.objects.filter(looked_after_by(person), state=Remark.State.OPEN).exclude(wrong="")


def say(*, page: HubPage, person: User, useful: bool | None, wrong: str, now: datetime) -> Remark:
    """Tell the owner. Said again while it is open, it replaces what was said before."""
    with transaction.atomic():
        remark, _ = Remark.objects.update_or_create(
            page_id=page.pk,
            person=person,
            state=Remark.State.OPEN,
            defaults={"useful": useful, "wrong": wrong, "said_at": now},
        )
        owner = page.steward or page.deputy
        if wrong and owner and owner.is_active and owner != person:
            letter = Letter(
                subject=f"Something may be wrong: {page.title}",
                paragraphs=["A reader has said what is wrong with a page that you look after."],
                link=MINE,
                link_title="Read and answer it",
            )
            # Once a day for a page, however many write.
            tell(owner, letter, kind=SAID, about=page, occurrence=str(timezone.localdate(now)), now=now)
    return remark


def open_words(page: HubPage, person: User) -> dict[str, str]:
    """What this person has said of the page and nobody has answered yet, as the form asks it."""
    found = Remark.objects.filter(page=page.pk, person=person, state=Remark.State.OPEN)
    said = found.values("useful", "wrong").first() or {"useful": None, "wrong": ""}
    return {"useful": {True: "yes", False: "no"}.get(said["useful"], ""), "wrong": said["wrong"]}


def settle(*, remark: Remark, by: User, put_right: bool, reply: str, now: datetime) -> Remark:
    """Say what became of it. Whoever said it is told. Settling twice is once; with another answer it is refused."""
    with transaction.atomic():
        remark = Remark.objects.select_for_update(of=("self",)).select_related("page", "person").get(pk=remark.pk)
        if not Remark.objects.filter(looked_after_by(by), pk=remark.pk).exists():
            raise PermissionDenied
        state = Remark.State.PUT_RIGHT if put_right else Remark.State.NO_CHANGE
        if remark.state == Remark.State.OPEN:
            remark.state, remark.reply, remark.settled_at = state, reply, now
            remark.save()
            _tell_reader(remark)
        elif (remark.state, remark.reply) != (state, reply):
            raise NotPossible(f"This was settled meanwhile: {remark.get_state_display().lower()}. {remark.reply}")
    return remark


def _tell_reader(remark: Remark) -> None:
    if not remark.person.is_active:
        return
    done = "It is put right. Thank you." if remark.state == Remark.State.PUT_RIGHT else "It stays as it is."
    letter = Letter(
        subject=f"What you said about: {remark.page.title}",
        paragraphs=[f"{done} {remark.reply}".strip()],
        link=remark.page.address,
        link_title="See the page",
    )
    tell(remark.person, letter, kind=SETTLED, about=remark)


def how_useful(person: User) -> list[tuple[HubPage, Share]]:
    """Of the pages that this person looks after: how many found each useful, of those who said.

    Readers say so one by one, so they are counted in fives, the first who said first: the owner does not learn from a
    number that moved what the colleague next door has just pressed.
    """
    said = Remark.objects.filter(looked_after_by(person), useful__isnull=False).order_by("said_at", "pk")
    by_page: dict[int, list[bool]] = {}
    for page, useful in said.values_list("page", "useful"):
        by_page.setdefault(page, []).append(useful)
    told = {page: votes[: in_fives(len(votes), settings.HUB_FEWEST_ANSWERS)] for page, votes in by_page.items()}
    counts = {page: Share(sum(votes), len(votes)) for page, votes in told.items() if votes}
    pages = HubPage.objects.filter(pk__in=counts).order_by("title")
    return [(page, counts[page.pk]) for page in pages]
