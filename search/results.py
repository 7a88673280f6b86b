"""The page of results: from one address to what it shows."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from pages.lists import cards
from pages.lists.address import query_string
from pages.lists.browsing import Browsing, Chosen, labels_of_the_vocabulary
from pages.lists.cards import Card
from pages.lists.listed import LISTED
from pages.models import HubPage
from pages.wording import counted
from practice.models import Vocabulary
from search.actions import Action, actions_for
from search.finder import Finder
from search.index.known import TYPE, KnownEntry
from search.models import EntryKind
from search.understanding.words import all_stems
from toolkits.models.choices import Format, Language

SORTS = [("best", "Best match"), ("newest", "Newest first"), ("title", "A to Z")]
NOT_PAGES = {"item": "Practice model", "document": "Document"} | {key: listed.one for key, listed in LISTED.items()}
"""How the card of an entry that is no page says what it is, by the beginning of its key."""
NEEDS_OFFERED = 6


@dataclass(frozen=True)
class ShownHit:
    """One result: its card, and the part of its text that holds the words, in pieces with whether each is marked."""

    card: Card
    excerpt: list[tuple[str, bool]]


@dataclass(frozen=True)
class Way:
    """A way on from a page that shows nothing, or not what was wanted."""

    label: str
    url: str
    count: int | None = None


class SearchResults(Browsing):
    """One search as its page shows it."""

    on_a_page = 20
    sorts = SORTS
    open_at_first = frozenset({TYPE, Vocabulary.NEED})

    def __init__(self, request):
        super().__init__(base=reverse("search"), request=request)
        self.finder = Finder(self.hub, self.q, self.asked)

    @cached_property
    def labels(self):
        """The kind of page first, then what all lists have, then what only tools have."""
        return {
            TYPE: ("Kind", dict(EntryKind.choices)),
            **labels_of_the_vocabulary(self.hub),
            "language": ("Language", dict(Language.choices)),
            "format": ("Format", dict(Format.choices)),
        }

    @property
    def table(self):
        return self.finder.catalogue.facets

    @property
    def visible(self) -> int:
        return self.finder.within

    @property
    def choice(self):
        return self.finder.choice

    @property
    def total(self) -> int:
        return self.finder.total if self.is_asked else 0

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for at all: words or a filter."""
        return bool(self.q or super().chosen)

    @property
    def clear_url(self) -> str:
        return self.base + query_string({"q": [self.finder.intent.text]})

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Filters read out of the words, each with what is left of the words without it, and those of the address."""
        finder = self.finder
        read_out = [
            Chosen(each.label, self.url(q=[finder.intent.without(each)]), each.name, each.value, understood=True)
            for each in finder.understood
        ]
        return read_out + super().chosen

    @cached_property
    def actions(self) -> list[Action]:
        """Places of the hub that the words mean, for this reader."""
        return actions_for(self.hub.user, self.q) if self.q else []

    @property
    def shown_text(self) -> str:
        return counted(self.total, "result")

    @cached_property
    def rows(self) -> list[ShownHit]:
        start = (self.pages.number - 1) * self.on_a_page
        hits = self.finder.hits(self.finder.places(start, start + self.on_a_page, self.sort))
        pages = HubPage.objects.in_bulk([hit.entry.page for hit in hits if hit.entry.page])
        there = [page for hit in hits if (page := pages.get(hit.entry.page))]
        made = dict(zip([page.pk for page in there], cards.cards(self.hub, there), strict=True))
        rows = []
        for hit in hits:
            card = made.get(hit.entry.page) if hit.entry.page else _card(hit.entry, hit.summary)
            if card:
                rows.append(ShownHit(card, hit.excerpt))
        return rows

    # What is said about how the words were read.

    @property
    def suggestion(self) -> str:
        return self.finder.suggestion

    @property
    def did_you_mean(self) -> Way | None:
        words = self.finder.did_you_mean
        return Way(words, self.url(q=[words])) if words else None

    @property
    def meanings(self) -> list[dict]:
        """Short forms with two meanings, each with both ways on."""
        return [
            {
                "typed": meaning.typed,
                "ways": [Way(words, self.url(q=[words])) for words in (meaning.meant, meaning.other)],
            }
            for meaning in self.finder.ambiguous
        ]

    @property
    def relaxed(self) -> str:
        """Filters that were left out, in words; empty when none was."""
        return " and ".join(f"“{each.label}”" for each in self.finder.relaxed)

    # Ways on where nothing was found.

    @cached_property
    def fewer(self) -> list[Way]:
        """The same search with one filter less, as far as that finds something."""
        totals = [(each, self.finder.total_less(each.name, each.value)) for each in self.chosen]
        return [Way(f"Without “{each.label}”", each.url, total) for each, total in totals if total]

    @cached_property
    def needs(self) -> list[Way]:
        """Needs with most pages for this reader, those whose words were typed first."""
        carrying, visible, asked = self.table.carrying[Vocabulary.NEED.value], self.finder.visible, self.asked_stems
        ways = []
        for term in self.hub.atlas.terms_of(Vocabulary.NEED):
            if count := (carrying.get(term.slug, 0) & visible).bit_count():
                near = bool(asked.intersection(all_stems(f"{term.label} {term.gloss}")))
                ways.append((not near, -count, Way(term.label, self.base + query_string({"need": [term.slug]}), count)))
        return [way for *_, way in sorted(ways, key=lambda row: row[:2])][:NEEDS_OFFERED]

    @property
    def asked_stems(self) -> frozenset[str]:
        return frozenset(word for phrase in self.finder.asks.question.phrases for word in phrase)

    @cached_property
    def champions(self) -> int:
        """How many champions this reader may ask."""
        return (self.table.carrying[TYPE].get(EntryKind.CHAMPION, 0) & self.finder.visible).bit_count()


def _card(entry: KnownEntry, summary: str) -> Card:
    """The card of what is no page: a practice item, a method or theme, a document."""
    kind = NOT_PAGES[entry.key.split("-")[0]]
    return Card(title=entry.title, url=entry.address, summary=summary, kind=kind, facts=[], chips=[], state=None)
