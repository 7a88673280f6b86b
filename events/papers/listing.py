"""The papers of a session as its organiser sees them: what can be made, what is being made, what is ready."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from events.models import Paper, Session, rules_of
from events.papers.drawing import is_outdated, last_change
from events.papers.pdf import is_possible


@dataclass(frozen=True)
class PaperRow:
    """One paper that there is or could be."""

    kind: str
    title: str
    print_url: str
    date_key: str
    paper: Paper | None
    # When that of which it speaks last changed.
    changed: datetime | None

    @property
    def state(self) -> str:
        return self.paper.state if self.paper else ""

    @property
    def outdated(self) -> bool:
        return bool(self.paper and is_outdated(self.paper, self.changed))


class PaperList:
    """Badges, and a list to sign for each date where names are kept."""

    def __init__(self, session: Session):
        self.session = session

    @property
    def draws(self) -> bool:
        return is_possible()

    @property
    def being_made(self) -> bool:
        return any(row.state == Paper.State.ASKED for row in self.rows)

    @cached_property
    def counts_heads(self) -> bool:
        return rules_of(self.session.event.event_kind).counts_heads

    @cached_property
    def rows(self) -> list[PaperRow]:
        base = reverse("desk_papers", args=[self.session.key])
        papers = {(paper.kind, paper.date_id): paper for paper in self.session.papers.defer("file")}
        badges = (Paper.Kind.BADGES, None)
        changed = last_change(self.session)
        rows = [PaperRow(badges[0], Paper.Kind.BADGES.label, f"{base}badges/", "", papers.get(badges), changed)]
        if self.counts_heads:
            return []
        return [
            PaperRow(
                Paper.Kind.SHEET,
                f"List to sign, {date.of(self.session).when_and_where}",
                f"{base}sheet/{date.key}/",
                str(date.key),
                papers.get((Paper.Kind.SHEET, date.pk)),
                changed,
            )
            for date in self.session.held_dates
        ] + rows
