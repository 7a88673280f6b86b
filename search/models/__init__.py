from search.models.entry import Entry, EntryKind, EntryVector
from search.models.synonyms import Pin, Synonym, SynonymGroup
from search.models.unmet import FollowedBy, Glimpse, UnmetSearch, Wish

__all__ = [
    "Entry",
    "EntryKind",
    "EntryVector",
    "FollowedBy",
    "Glimpse",
    "Pin",
    "Synonym",
    "SynonymGroup",
    "UnmetSearch",
    "Wish",
]
