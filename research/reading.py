"""What a reader of one piece of research sees."""

from datetime import timedelta
from functools import cached_property

from pages.lists.cards import Fact
from pages.reading.page import PageReading
from pages.wording import day
from research.citation import citation

SECTIONS = [
    ("plain_summary", "In plain words", "plain-words"),
    ("on_a_visit", "So what on a visit", "visit"),
    ("tested", "What was tested", "tested"),
    ("limits", "What it cannot tell us", "limits"),
]
"""The fixed sections: field, heading, where a link jumps to. Always in this order."""


LINK_IS_OLD = timedelta(days=365)
"""A link that nobody has opened for so long says so, and stands in the editors' report."""


def basis(page) -> list[Fact]:
    """What it rests on, for a card."""
    return [Fact("basis", "list-checks", "Rests on", page.get_evidence_basis_display())] if page.evidence_basis else []


class ResearchReading(PageReading):
    """One piece of research for one reader."""

    fixed = SECTIONS

    related_title = "Put it to use"

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        found = [
            ("basis", "list-checks", "Rests on", page.get_evidence_basis_display() if page.evidence_basis else ""),
            ("published", "calendar", "Published", str(page.year or "")),
            ("checked", "circle-check", "Link checked", self._checked if self.link else ""),
        ]
        return [Fact(*row) for row in found if row[-1]]

    @property
    def _checked(self) -> str:
        checked = day(self.page.link_checked_on)
        return (
            f"{checked}, more than a year ago" if self.hub.today - self.page.link_checked_on > LINK_IS_OLD else checked
        )

    @property
    def rating(self) -> dict[str, str]:
        """The rating that somebody published, in their words; nothing where nobody has."""
        page = self.page
        if not page.rating:
            return {}
        return {
            "words": page.rating,
            "scale": page.rating_scale,
            "source": page.rating_source,
            "on": day(page.rated_on) if page.rated_on else "",
        }

    @property
    def link(self) -> str:
        """The original's address, once somebody has opened it."""
        return self.page.link if self.page.link_checked_on else ""

    @property
    def citation(self) -> str:
        page = self.page
        return citation(
            authors=page.authors,
            year=page.year,
            title=page.source_title,
            published_in=page.published_in,
            link=self.link,
            checked_on=page.link_checked_on,
        )
