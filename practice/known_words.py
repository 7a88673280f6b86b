"""Words that name nobody: what the hub, its field and its editors call things. Kept by each process by edition."""

import re

from practice import editions
from practice.models import GlossaryTerm, Item, KnownWord, PracticeModel, Standard, Term

WORD = re.compile(r"[^\W\d_][\w’'&-]*")


def words_in(texts) -> frozenset[str]:
    """Every word of these texts, in lower case.

    >>> sorted(words_in(["Three Houses", "CP plan"]))
    ['cp', 'houses', 'plan', 'three']
    """
    return frozenset(word.lower() for text in texts for word in WORD.findall(text))


def of_the_vocabulary(table: dict[str, int]) -> frozenset[str]:
    """The practice model, the standards, all terms, the words explained and what editors added to them."""
    return _kept.get(table.get(editions.VOCABULARY))


def _load() -> frozenset[str]:
    texts = [
        *PracticeModel.objects.values_list("name", flat=True),
        *Item.objects.values_list("label", flat=True),
        *Item.objects.values_list("code", flat=True),
        *Standard.objects.values_list("framework__short_name", flat=True).distinct(),
        *Term.objects.values_list("label", flat=True),
        *(form for term in GlossaryTerm.objects.all() for form in term.forms),
        *KnownWord.objects.values_list("word", flat=True),
    ]
    return words_in(texts)


_kept = editions.Kept(_load)
