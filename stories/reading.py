"""What a reader of a story, a newsletter or a film sees."""

from functools import cached_property

from pages.lists.cards import Fact, filled
from pages.lists.listing import Listing
from pages.reading.page import PageReading


class NewestFirst(Listing):
    """What is told stands in the order in which it was told, the last first."""

    first_sort = "newest"


class StoryReading(PageReading):
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
        return filled(
            ("lesson", "lightbulb", "What kind of story", page.get_lesson_display() if page.lesson else ""),
            ("told-by", "user", "Told by", page.told_by),
        )
