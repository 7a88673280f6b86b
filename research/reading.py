"""What a reader of one piece of research sees."""

from functools import cached_property

from pages.cards import Fact
from pages.reading import PageReading
from pages.wording import day
from research.citation import citation

SECTIONS = [
    ("plain_summary", "In plain words", "plain-words"),
    ("on_a_visit", "So what on a visit", "visit"),
    ("tested", "What was tested", "tested"),
    ("limits", "What it cannot tell us", "limits"),
]
"""The fixed sections: field, heading, where a link jumps to. Always in this order."""


class ResearchReading(PageReading):
    """One piece of research for one reader."""

    related_title = "Put it to use"

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        found = [
            ("basis", "list-checks", "Rests on", page.get_evidence_basis_display() if page.evidence_basis else ""),
            ("published", "calendar", "Published", str(page.year or "")),
            ("checked", "circle-check", "Link checked", day(page.link_checked_on) if self.link else ""),
        ]
        return [Fact(*row) for row in found if row[-1]]

    @cached_property
    def sections(self) -> list[dict]:
        """The sections that have something in them."""
        self.page.read_late_fields()
        return [
            {"id": place, "title": title, "stream": stream, "kind": place}
            for name, title, place in SECTIONS
            if (stream := getattr(self.page, name))
        ]

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
