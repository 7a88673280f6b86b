"""What an engine is asked: groups of phrases. Pure: no Django.

A page answers a group when it holds any of the group's phrases, word beside word; it answers the whole question when it
answers every group.
"""

from dataclasses import dataclass, field

Phrase = tuple[str, ...]
"""Stems that stand side by side."""


@dataclass(frozen=True)
class Group:
    """One thing that is wanted: as it was typed, and every phrase that means the same, the typed one first."""

    typed: str
    phrases: tuple[Phrase, ...]
    # What editors call it, where the phrase belongs to a synonym group; keys of those groups.
    canonical: str = ""
    synonym_groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Query:
    """Every group that is wanted. Without groups there are no words to look for."""

    groups: tuple[Group, ...] = field(default_factory=tuple)

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def phrases(self) -> frozenset[Phrase]:
        """Every phrase that answers a part of the question: what is marked in an excerpt."""
        return frozenset(phrase for group in self.groups for phrase in group.phrases)
