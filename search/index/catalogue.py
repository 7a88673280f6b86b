"""All entries in memory: what they can be filtered by, who may see them, and the words of their titles.

Each process keeps one catalogue and asks the database only for what changed since; a publish costs it one row. Engines
say which entries hold the words; the catalogue says which of those this reader may find, and counts them.
"""

import threading
from bisect import bisect_left, insort
from dataclasses import dataclass, field

from pages.lists.facets import FacetTable
from practice.atlas import Atlas
from practice.editions import Kept
from search.index.entries import PRACTICE_RECORDS
from search.index.known import GONE, KnownEntry, beginnings, codes_answered, folded, known, row_of, words_of
from search.models import Entry

COLUMNS = ("pk", "key", "kind", "gone", "title", "address", "also_typed", "facts", "change")


@dataclass
class Catalogue:
    """A state of the index. Treat it as read-only: all requests share it; `advanced` makes the next one."""

    change: int = 0
    facets: FacetTable = field(default_factory=lambda: FacetTable(()))
    known: list[KnownEntry | None] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    place_of_page: dict[int, int] = field(default_factory=dict)
    present: int = 0
    staff_only: int = 0
    # What is listed when there are no words: pages of a kind and files, not every item and policy of the hub itself.
    listed: int = 0
    # Days from which entries are gone, or until which they are not there yet, and which entries.
    ending: dict[str, int] = field(default_factory=dict)
    beginning: dict[str, int] = field(default_factory=dict)
    # Folded words of titles and of what people also type, and the places that hold them.
    words: dict[str, tuple[int, ...]] = field(default_factory=dict)
    # What a suggestion may begin with: (folded text from one of its words on, place, label), in order.
    beginnings: list[tuple[str, int, str]] = field(default_factory=list)
    # What kinds of readers may find, worked out once for each (see `visible_to`).
    visible: dict[tuple, int] = field(default_factory=dict)

    def advanced(self, rows: list[dict], atlas: Atlas) -> "Catalogue":
        """The catalogue after these entries (rows of `COLUMNS`) have been written or have gone."""
        new = Catalogue(
            change=max([self.change, *(row["change"] for row in rows)]),
            known=list(self.known),
            place=dict(self.place),
            place_of_page=dict(self.place_of_page),
            present=self.present,
            staff_only=self.staff_only,
            listed=self.listed,
            ending=dict(self.ending),
            beginning=dict(self.beginning),
            words=self.words if not rows else dict(self.words),
            beginnings=self.beginnings if not rows else list(self.beginnings),
        )
        answers = codes_answered(atlas)
        table_rows, many = {}, len(rows) > 500
        for row in rows:
            if row["pk"] not in new.place:
                if row["gone"]:
                    continue
                new.place[row["pk"]] = len(new.known)
                new.known.append(None)
            place = new.place[row["pk"]]
            new._forget(place, keep_beginnings=many)
            if row["gone"]:
                table_rows[place] = GONE
                continue
            new._learn(place, entry := known(row), keep_beginnings=many)
            table_rows[place] = row_of(entry, row["facts"], answers, atlas)
        new.facets = self.facets.changed(table_rows)
        if many:
            new.beginnings = sorted(
                beginning for place, entry in enumerate(new.known) if entry for beginning in beginnings(entry, place)
            )
        return new

    def _forget(self, place: int, *, keep_beginnings: bool) -> None:
        entry, bit = self.known[place], 1 << place
        if entry is None:
            return
        self.present &= ~bit
        self.staff_only &= ~bit
        self.listed &= ~bit
        for days, day in ((self.ending, entry.until), (self.beginning, entry.since)):
            if day:
                days[day] &= ~bit
        for word in words_of(entry):
            self.words[word] = tuple(other for other in self.words[word] if other != place)
            if not self.words[word]:
                del self.words[word]
        if not keep_beginnings:
            for beginning in beginnings(entry, place):
                del self.beginnings[bisect_left(self.beginnings, beginning)]
        self.place_of_page.pop(entry.page, None)
        self.known[place] = None

    def _learn(self, place: int, entry: KnownEntry, *, keep_beginnings: bool) -> None:
        bit = 1 << place
        self.known[place] = entry
        self.present |= bit
        if entry.staff_only:
            self.staff_only |= bit
        if entry.kind and not entry.key.startswith(PRACTICE_RECORDS):
            self.listed |= bit
        for days, day in ((self.ending, entry.until), (self.beginning, entry.since)):
            if day:
                days[day] = days.get(day, 0) | bit
        for word in words_of(entry):
            self.words[word] = (*self.words.get(word, ()), place)
        if not keep_beginnings:
            for beginning in beginnings(entry, place):
                insort(self.beginnings, beginning)
        if entry.page:
            self.place_of_page[entry.page] = place

    def entitled(self, title: str) -> list[int]:
        """The places of entries that are called exactly this."""
        wanted = folded(title)
        places, at = [], bisect_left(self.beginnings, (wanted,))
        while at < len(self.beginnings) and self.beginnings[at][0] == wanted:
            _, place, phrase = self.beginnings[at]
            if not phrase and folded(self.known[place].title) == wanted:
                places.append(place)
            at += 1
        return places

    def in_use(self, day: str) -> int:
        """The set of entries that are there on that day: neither withdrawn nor still to come."""
        there = self.present
        for until, gone in self.ending.items():
            if until <= day:
                there &= ~gone
        for since, to_come in self.beginning.items():
            if since > day:
                there &= ~to_come
        return there

    def below(self, path: str) -> int:
        """The set of entries that lie in this section, or are shown by a page in it."""
        return self.set_of(place for place, entry in enumerate(self.known) if entry and entry.path.startswith(path))

    def beginning_with(self, start: str) -> list[int]:
        """The places of the entries whose keys begin so."""
        return [place for place, entry in enumerate(self.known) if entry and entry.key.startswith(start)]

    def places(self, found: int) -> list[int]:
        """The places of a set's entries, in order."""
        bits = bin(found)[:1:-1]
        places, at = [], bits.find("1")
        while at >= 0:
            places.append(at)
            at = bits.find("1", at + 1)
        return places

    def bits(self, found: int) -> bytes:
        """A set as bytes, in which looking up one place does not read all others."""
        return found.to_bytes(len(self.known) // 8 + 1, "little")

    def set_of(self, places) -> int:
        """The set of the entries in these places."""
        bits = bytearray(len(self.known) // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


class _Shelf:
    """The newest catalogue of this process, for one state of the vocabulary."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()
        Kept.everything.append(self)

    def forget(self) -> None:
        self.vocabulary = self.catalogue = None

    def newest(self, *, change: int, vocabulary: int | None, atlas: Atlas) -> Catalogue:
        kept = self.catalogue
        if kept is not None and self.vocabulary == vocabulary and kept.change >= change:
            return kept
        with self.lock:
            if self.catalogue is None or self.vocabulary != vocabulary:
                # Facets name items and terms, so another vocabulary means another catalogue.
                self.catalogue, self.vocabulary = Catalogue(), vocabulary
            if self.catalogue.change < change or not change:
                rows = Entry.objects.filter(change__gt=self.catalogue.change).order_by("pk").values(*COLUMNS)
                self.catalogue = self.catalogue.advanced(list(rows), atlas)
            return self.catalogue


_shelf = _Shelf()


def catalogue_for(hub) -> Catalogue:
    """Everything that can be found, as of this request."""
    return _shelf.newest(
        change=hub.editions.get("search") or 0, vocabulary=hub.editions.get("vocabulary"), atlas=hub.atlas
    )
