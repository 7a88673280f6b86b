"""Suggesting a tool or a story: a draft for the editors at once, and the sender told what becomes of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse_lazy
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import get_page_models

from feedback.models import Suggestion
from language.texts import paragraphs
from notices.kinds import kind
from notices.outbox import Letter, tell
from pages.editing.once import SENT_BEFORE
from pages.models import HubPage
from pages.wording import sentence
from people.models import User
from people.refusals import NotPossible, NotThere

MINE = reverse_lazy("my_suggestions")
SETTLED = kind("suggestion", "What became of a suggestion")
MOST_WAITING = 10

LICENCE = {
    Suggestion.Whose.OURS: "Written by colleagues here, free to adapt.",
    Suggestion.Whose.ADAPTED: "Adapted from somebody else’s work: permission still to be checked.",
    Suggestion.Whose.PUBLISHED: "Published elsewhere: permission still to be checked.",
}
"""What the draft says until an editor knows more. Where the sender does not know, it stays empty and so unpublished."""


def kinds() -> dict[str, type[HubPage]]:
    """What can be suggested, by the word in the address: page types that say where a sender's words go."""
    return {model.kind_slug: model for model in get_page_models() if getattr(model, "suggested_in", ())}


def kind_of(suggestion: Suggestion) -> str:
    """Tool, or Story."""
    model = kinds().get(suggestion.kind)
    return model.kind if model else ""


def words_of(suggestion: Suggestion) -> list[tuple[str, str]]:
    """What somebody wrote, each under the question that it answers."""
    model = kinds().get(suggestion.kind)
    return [(question(model, name) if model else "", text) for name, text in suggestion.words.items()]


def question(model: type[HubPage], name: str) -> str:
    """What a field of the page asks for, as the sender reads it."""
    words = model._meta.get_field(name).verbose_name
    return f"{words[:1].upper()}{words[1:]}"


def may_settle(person: User) -> bool:
    """Who looks after what colleagues send in: editors, principal social workers and administrators."""
    return person.is_active and person.has_perm("feedback.view_suggestion")


def waiting():
    return Suggestion.objects.filter(state=Suggestion.State.WAITING)


def send(
    *,
    kind: str,
    person: User,
    title: str,
    purpose: str,
    words: dict[str, str],
    whose: str,
    source: str,
    credit: str,
    key: UUID,
    now: datetime,
) -> Suggestion:
    """Send it to the editors. Sent twice (a double click, back, two tabs) it is one. Raises `NotPossible`."""
    model = kinds()[kind]
    with transaction.atomic():
        # One sender at a time: two presses of the same form meet here.
        User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if before := Suggestion.objects.filter(key=key, person=person).first():
            sent = {"title": title, "purpose": purpose, "words": words, "whose": whose, "source": source}
            if before.credit != credit or any(getattr(before, name) != value for name, value in sent.items()):
                raise NotPossible(SENT_BEFORE)
            return before
        if waiting().filter(person=person).count() >= MOST_WAITING:
            raise NotPossible(f"{MOST_WAITING} of your suggestions wait already. Take one back, or wait for an answer.")
        suggestion = Suggestion(
            kind=kind,
            person=person,
            title=title,
            purpose=purpose,
            words=words,
            whose=whose,
            source=source,
            credit=credit,
            key=key,
            sent_at=now,
        )
        suggestion.page = _begin(model, suggestion)
        suggestion.save()
    return suggestion


def take_back(*, suggestion: Suggestion, by: User, now: datetime) -> None:
    """The sender thinks better of it. Its draft goes, unless an editor has published it."""
    with transaction.atomic():
        suggestion = _locked(suggestion)
        if suggestion.person_id != by.pk:
            raise NotThere
        _settle(suggestion, Suggestion.State.TAKEN_BACK, by, now)


def decline(*, suggestion: Suggestion, by: User, reason: str, now: datetime) -> None:
    """Not for the library, and why. The sender reads the reason and keeps their words."""
    if not may_settle(by):
        raise NotThere
    with transaction.atomic():
        suggestion = _locked(suggestion)
        suggestion.reason = reason
        _settle(suggestion, Suggestion.State.DECLINED, by, now)
        _tell(suggestion, f"“{suggestion.title}” was not taken", f"{reason} Your words are kept for you.", MINE)


def published(page: HubPage, *, by: User | None, now: datetime) -> None:
    """A page has gone live: whoever suggested it is told, once."""
    with transaction.atomic():
        waits = waiting().filter(page=page.pk).select_for_update(of=("self",)).select_related("person")
        for suggestion in waits:
            suggestion.state, suggestion.settled_at, suggestion.settled_by = Suggestion.State.PUBLISHED, now, by
            suggestion.save(update_fields=["state", "settled_at", "settled_by"])
            _tell(
                suggestion, f"“{page.title}” is on the hub", "What you suggested is published. Thank you.", page.address
            )


def _begin(model: type[HubPage], suggestion: Suggestion) -> HubPage:
    """The draft: the sender's words in their places, their answer about the licence, who is to be named."""
    index = model.allowed_parent_page_models()[0].objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NotPossible("There is no place for this on the hub yet. Tell an administrator.")
    page = model(
        title=suggestion.title,
        summary=suggestion.purpose,
        source_statement=source_of(suggestion),
        licence_statement=LICENCE.get(suggestion.whose, ""),
        live=False,
        **{name: paragraphs(text) for name, text in suggestion.words.items()},
    )
    index.add_child(instance=page)
    page.save_revision(log_action=True)
    return page


def source_of(suggestion: Suggestion) -> str:
    """Whom the page names: the sender as they wished, and where the thing itself comes from."""
    person = suggestion.person
    team = str(person.team) if person.team_id else ""
    named = {Suggestion.Credit.NAME: str(person), Suggestion.Credit.TEAM: team and f"the {team} team"}
    whom = named.get(suggestion.credit, "") or "a colleague"
    return f"{sentence(f'Suggested by {whom}')} {suggestion.source}".strip()[:250]


def _locked(suggestion: Suggestion) -> Suggestion:
    found = Suggestion.objects.select_for_update(of=("self",)).select_related("person", "page").get(pk=suggestion.pk)
    if not found.waits:
        raise NotPossible(f"This was settled meanwhile: {found.get_state_display().lower()}.")
    return found


def _settle(suggestion: Suggestion, state: str, by: User, now: datetime) -> None:
    draft, suggestion.page = suggestion.page, None
    suggestion.state, suggestion.settled_at, suggestion.settled_by = state, now, by
    suggestion.save()
    if draft and not draft.live and draft.first_published_at is None:
        # The sender may not delete pages; this one is theirs.
        DeletePageAction(draft.specific, user=by).execute(skip_permission_checks=True)


def _tell(suggestion: Suggestion, subject: str, words: str, link: str) -> None:
    if suggestion.person.is_active:
        letter = Letter(subject=subject, paragraphs=[words], link=link, link_title="See it")
        tell(suggestion.person, letter, kind=SETTLED, about=suggestion)
