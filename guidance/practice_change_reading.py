"""What a reader of a practice change sees: in how many areas it is in use, and since when in each."""

from functools import cached_property

from guidance import rolling_out
from guidance.reading import GuidanceReading
from pages.lists.cards import Fact, filled


class PracticeChangeReading(GuidanceReading):
    """One change for one reader."""

    @cached_property
    def areas(self) -> list:
        return rolling_out.standing(self.page)

    @cached_property
    def facts(self) -> list[Fact]:
        in_use = sum(area.status == "in-use" for area in self.areas)
        words = f"{in_use} of {len(self.areas)} areas" if self.areas else ""
        return filled(
            ("in-use", "list-checks", "In use in", words), ("owner", "user", "Owner", str(self.steward["owner"] or ""))
        )

    @property
    def may_say(self) -> bool:
        return rolling_out.may_say(self.hub.user, self.page)
