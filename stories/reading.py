"""What a reader of a story, a newsletter or a film sees."""

from functools import cached_property

from pages.cards import Fact
from pages.reading import PageReading


def facts(*rows: tuple[str, str, str, str]) -> list[Fact]:
    """Name, icon, label and text of each fact; one without a text is left out."""
    return [Fact(*row) for row in rows if row[-1]]


class StoriesReading(PageReading):
    """One page of this section for one reader: its parts in a fixed order."""

    # Field, heading, where a link jumps to.
    fixed: list[tuple[str, str, str]] = []

    @cached_property
    def sections(self) -> list[dict]:
        """The sections that have something in them."""
        self.page.read_late_fields()
        return [
            {"id": place, "title": title, "stream": stream, "kind": place}
            for name, title, place in self.fixed
            if (stream := getattr(self.page, name))
        ]


class StoryReading(StoriesReading):
    """One story, told along the same questions whether it went well or not."""

    related_title = "Used in this story"
    fixed = [
        ("situation", "What was going on", "situation"),
        ("what_we_did", "What we did", "what-we-did"),
        ("what_happened", "What happened then", "what-happened"),
        ("what_made_it", "What made the difference", "what-made-it"),
        ("what_next", "What I do now", "what-next"),
        ("try_this", "Take it to your own work", "try-this"),
    ]

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        return facts(
            ("lesson", "lightbulb", "What kind of story", page.get_lesson_display() if page.lesson else ""),
            ("told-by", "user", "Told by", page.told_by),
        )
