"""What a reader of a project sees: how it stands, who owns it, when that was last said, and if it is too long."""

from functools import cached_property

from guidance.reading import GuidanceReading, spoken
from pages.lists.cards import Fact, filled


class ProjectReading(GuidanceReading):
    """One project for one reader."""

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        return filled(
            ("status", "list-checks", "How it stands", page.get_status_display()),
            ("owner", "user", "Owner", str(self.steward["owner"] or "")),
            ("updated", "calendar", "Last update", spoken(page.updated_on)),
        )

    @cached_property
    def notices(self) -> list[dict]:
        if self.state.slug != "overdue":
            return super().notices
        words = "Nobody has said since how it stands. Ask the owner before you rely on it."
        return [{"kind": "warning", "title": self.state.words, "text": words}]
