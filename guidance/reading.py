"""What a reader of each kind of guidance sees."""

from datetime import date
from functools import cached_property

from feedback.honest_numbers import Share
from guidance.policies import consulting, in_force, versions
from learning import understanding
from pages.lists.cards import Fact, filled
from pages.models import HubPage
from pages.reading.page import PageReading
from pages.reading.shelves import beside
from pages.wording import day
from people.roles import Role

MOST = 20


def spoken(value) -> str:
    return day(value) if value else ""


class GuidanceReading(PageReading):
    """One text for one reader."""

    @property
    def body(self):
        self.page.read_late_fields()
        return self.page.body


class PolicyReading(GuidanceReading):
    """One policy: its version stands before its text."""

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        begun = page.is_in_force(self.hub.today)
        return filled(
            ("version", "file-text", "Version", page.version),
            ("effective", "calendar", "In force from" if begun else "Comes into force", spoken(page.effective_on)),
            ("owner", "user", "Owner", str(self.steward["owner"] or "")),
        )

    @cached_property
    def notices(self) -> list[dict]:
        notices = list(super().notices)
        if not self.withdrawn and not self.page.is_in_force(self.hub.today):
            words = f"Not in force until {spoken(self.page.effective_on)}"
            notices.append({"kind": "info", "title": words, "text": "It is the first: no version holds before it."})
        for one in [] if self.withdrawn else self.coming:
            words = f"Version {one.version} comes into force on {spoken(one.effective_on)}"
            link = {"title": f"Read version {one.version}", "url": one.address}
            notices.append({"kind": "info", "title": words, "text": "Until then this version holds.", "link": link})
        return notices

    @cached_property
    def coming(self) -> list:
        """Versions that are published and not in force yet, the next one first."""
        return [one for one in in_force.to_come(versions.of(self.page), self.hub.today) if not self._is_shown(one)]

    @property
    def takes_comments(self) -> bool:
        """Whether readers can comment today."""
        return consulting.is_open(self.page, self.hub.today)

    @property
    def follows(self) -> bool:
        """Whether this reader is written to when a new version is published."""
        return versions.follows(self.hub.user, self.page)

    @cached_property
    def earlier(self) -> list:
        """The versions before this one, the newest first."""
        coming = {one.pk for one in self.coming}
        return [one for one in versions.of(self.page) if one.pk not in coming and not self._is_shown(one)][:MOST]

    def _is_shown(self, version) -> bool:
        return version.version == self.page.version


class GuideReading(GuidanceReading):
    """One guide; a chapter knows its neighbours."""

    @cached_property
    def _handbook(self) -> HubPage | None:
        """The handbook whose chapter this is; pages found by routing know what they lie below."""
        parent = getattr(self.page, "_cached_parent_obj", None) or self.page.get_parent()
        return parent if parent and parent.specific_class and parent.specific_class.kind == "Handbook" else None

    @cached_property
    def facts(self) -> list[Fact]:
        return filled(("read-in", "clock", "New starters", self.page.get_read_in_display()))

    @cached_property
    def neighbours(self) -> dict | None:
        """The chapter before and the one after, of those that this reader may open."""
        if self._handbook is None:
            return None
        chapters = list(self.hub.readable(HubPage.objects.child_of(self._handbook)).order_by("path"))
        row = [chapter.pk for chapter in chapters]
        if self.page.pk not in row:
            return None
        before, after = beside(chapters, chapters[row.index(self.page.pk)])

        def link(page):
            return page and {"title": page.title, "url": page.address}

        return {"label": self._handbook.title, "previous": link(before), "next": link(after)}

    @property
    def is_chapter(self) -> bool:
        return self._handbook is not None

    @cached_property
    def read_on(self) -> date | None:
        """When this reader ticked the chapter."""
        return understanding.understood_on(self.hub.user, self.page, understanding.CHAPTER)


class HandbookReading(GuidanceReading):
    """One handbook: its chapters in order, and the path through them for somebody new."""

    @cached_property
    def _chapters(self) -> list:
        """The chapters that this reader may open."""
        chapters = self.page.chapters()
        return list(self.hub.readable(chapters).defer(*chapters.model.read_late).order_by("path"))

    @cached_property
    def chapters(self) -> list[dict]:
        return [
            {"label": chapter.title, "gloss": chapter.summary, "url": chapter.address, "count_text": ""}
            for chapter in self._chapters
        ]

    @cached_property
    def progress(self) -> dict | None:
        """How far this reader is on the new starters' path, and what to read next; None where there is no path."""
        times = [value for value, _ in self.page.times_to_read()]
        path = [chapter for time in times for chapter in self._chapters if chapter.read_in == time]
        read = understanding.read_of(self.hub.user, [chapter.pk for chapter in path])
        left = [chapter for chapter in path if chapter.pk not in read]
        following = {"title": left[0].title, "url": left[0].address} if left else None
        return {"read": len(read), "of": len(path), "next": following} if path else None

    @cached_property
    def path(self) -> list[dict]:
        """What somebody new reads when; a time without a chapter is left out."""
        times = {}
        for value, label in self.page.times_to_read():
            found = [chapter for chapter in self._chapters if chapter.read_in == value]
            if found:
                times[label] = [{"title": chapter.title, "url": chapter.address} for chapter in found]
        return [{"when": when, "chapters": chapters} for when, chapters in times.items()]


class DealReading(GuidanceReading):
    """One year's deal."""

    @cached_property
    def facts(self) -> list[Fact]:
        page = self.page
        return filled(
            ("version", "file-text", "Version", page.version),
            ("from", "calendar", "Holds from", spoken(page.valid_from)),
            ("until", "calendar", "Until", spoken(page.valid_to)),
        )

    @cached_property
    def sides(self) -> list[dict]:
        self.page.read_late_fields()
        page = self.page
        return [
            {"id": "expected", "title": "What we expect of you", "stream": page.expected},
            {"id": "offered", "title": "What we offer you", "stream": page.offered},
        ]

    @cached_property
    def understood_on(self) -> date | None:
        """When this reader said that they have read and understood this version."""
        return understanding.understood_on(self.hub.user, self.page, self.page.version)

    @cached_property
    def team(self) -> Share | None:
        """How many of a manager's team have said so; None for others, and for a team of nobody."""
        user = self.hub.user
        n, base = understanding.how_many(user.reports.all(), self.page, self.page.version)
        return Share(n, base) if base else None

    @property
    def may_count_team(self) -> bool:
        return self.hub.user.has_role(Role.MANAGER)
