"""The synonym groups as they are delivered: put into an empty table, and from then on in the hands of the editors."""

import tomllib
from pathlib import Path

from django.db import transaction

from search.models import Synonym, SynonymGroup

SEED = Path(__file__).parent / "seed" / "synonyms.toml"


@transaction.atomic
def seed_synonyms() -> int:
    """Create the groups with their phrases; returns how many. Does nothing where there is any group already."""
    if SynonymGroup.objects.exists():
        return 0
    rows = tomllib.loads(SEED.read_text())["groups"]
    for row in rows:
        other = row.get("ambiguous", {})
        group = SynonymGroup.objects.create(canonical=row["canonical"])
        Synonym.objects.bulk_create(
            Synonym(
                group=group,
                phrase=phrase,
                ambiguous=phrase in other,
                other_meaning=other.get(phrase, ""),
                sort_order=place,
            )
            for place, phrase in enumerate(row["typed"])
        )
    return len(rows)
