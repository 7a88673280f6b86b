from search.models.entry import Entry, EntryVector, Kind
from search.models.synonyms import Pin, Synonym, SynonymGroup
from search.models.unmet import FollowedBy, Glimpse, UnmetSearch, Wish

__all__ = [
    "Entry",
    "EntryVector",
    "FollowedBy",
    "Glimpse",
    "Kind",
    "Pin",
    "Synonym",
    "SynonymGroup",
    "UnmetSearch",
    "Wish",
]
