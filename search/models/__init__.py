from search.models.entry import Entry, Kind
from search.models.synonyms import Pin, Synonym, SynonymGroup
from search.models.unmet import FollowedBy, Glimpse, UnmetSearch, Wish

__all__ = ["Entry", "FollowedBy", "Glimpse", "Kind", "Pin", "Synonym", "SynonymGroup", "UnmetSearch", "Wish"]
