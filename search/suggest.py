"""What the box offers while somebody types: titles, practice items, methods and themes, and phrases that people use."""

from bisect import bisect_left
from dataclasses import dataclass

from django.urls import reverse

from pages.lists.address import query_string
from pages.lists.listed import LISTED
from search import ranking
from search.actions import begun_with
from search.index import catalogue
from search.index.catalogue import Catalogue
from search.index.known import KnownEntry, folded
from search.index.visibility import visible_to
from search.understanding.synonyms import SYNONYMS, synonyms

MOST, MOST_READ = 8, 400
SHORTEST = 2
KINDS = {"item": "Practice item", "document": "Document", "page": "Page"}
KINDS |= {key: listed.one for key, listed in LISTED.items()}
PHRASE, ACTION = "Search for", "Go to"
OF_KIND = {
    "tool": "Tool",
    "research": "Research",
    "champion": "Champion",
    "event": "Event",
    "guidance": "Guidance",
    "story": "Story",
    "model": "Practice model",
}


@dataclass(frozen=True)
class SearchSuggestion:
    """One line below the box: where it leads, and what it is."""

    label: str
    url: str
    kind: str


def suggestions(hub, typed: str) -> list[SearchSuggestion]:
    """The best few for what has been typed so far; none for less than two letters. Only what this reader may find."""
    begun = folded(typed)
    if len(begun) < SHORTEST:
        return []
    known = catalogue.catalogue_for(hub)
    bits = known.bits(visible_to(known, hub))
    found: dict[str, tuple[tuple, SearchSuggestion]] = {}
    for text, place, phrase in _beginning_with(known, begun):
        if not bits[place >> 3] >> (place & 7) & 1:
            continue
        entry = known.known[place]
        if phrase:
            suggestion = SearchSuggestion(phrase, reverse("search") + query_string({"q": [phrase]}), PHRASE)
            standing = (1, 0.0, len(phrase))
        else:
            suggestion = SearchSuggestion(entry.title, entry.address, _kind(entry))
            from_start = text == folded(entry.title)
            standing = (0 if from_start else 2, -ranking.PRIOR.get(entry.kind, ranking.OTHER_KINDS), len(entry.title))
        key = f"{suggestion.kind == PHRASE} {suggestion.label.casefold()} {suggestion.url}"
        if key not in found or standing < found[key][0]:
            found[key] = (standing, suggestion)
    for phrase in synonyms(hub.editions.get(SYNONYMS)).written:
        if folded(phrase).startswith(begun):
            suggestion = SearchSuggestion(phrase, reverse("search") + query_string({"q": [phrase]}), PHRASE)
            found.setdefault(f"True {phrase.casefold()} {suggestion.url}", ((1, 0.0, len(phrase)), suggestion))
    for action in begun_with(hub.user, begun):
        found[f"action {action.url_name}"] = ((0, 0.0, 0), SearchSuggestion(action.label, action.url, ACTION))
    ordered = sorted(found.values(), key=lambda row: (row[0], row[1].label.casefold()))
    return [suggestion for _, suggestion in ordered[:MOST]]


def _beginning_with(known: Catalogue, begun: str):
    start = bisect_left(known.beginnings, (begun,))
    for beginning in known.beginnings[start : start + MOST_READ]:
        if not beginning[0].startswith(begun):
            break
        yield beginning


def _kind(entry: KnownEntry) -> str:
    source = entry.key.split("-")[0]
    return KINDS[source] if source != "page" else OF_KIND.get(entry.kind, KINDS["page"])
