"""The practice vocabulary as it is delivered: readable files, put into the database once.

Adds what is missing and leaves everything that is there as it is, so that it never undoes an editor's work.
"""

import tomllib
from pathlib import Path

from practice import editions
from practice.models import (
    Crosswalk,
    Family,
    Framework,
    GlossaryTerm,
    Item,
    KnownWord,
    PhraseToAvoid,
    PracticeModel,
    Standard,
    Term,
    Vocabulary,
)

SEED = Path(__file__).parent / "seed"
MODELS = ("portsmouth", "nottinghamshire")


def _read(name: str) -> dict:
    return tomllib.loads((SEED / f"{name}.toml").read_text())


def seed_practice() -> int:
    """Create the models, crosswalk, frameworks and vocabularies that are missing; returns how many rows were made."""
    made = 0
    for name in MODELS:
        made += _seed_model(_read(name))
    for code, others in _read("crosswalk")["equivalents"].items():
        for other in others:
            pair = {"item": Item.objects.get(code=code), "equivalent": Item.objects.get(code=other)}
            made += Crosswalk.objects.get_or_create(**pair)[1]
    for row in _read("frameworks")["frameworks"]:
        made += _seed_framework(row)
    for vocabulary, rows in _read("vocabularies").items():
        for row in rows:
            made += Term.objects.get_or_create(vocabulary=Vocabulary(vocabulary), slug=row["slug"], defaults=row)[1]
    return made + seed_plain_words()


def seed_plain_words() -> int:
    """The first words of each list of plain words; only where there is none, since editors throw some away."""
    rows, made = _read("plain_words") | _read("known_words"), 0
    for model, name in ((GlossaryTerm, "terms"), (PhraseToAvoid, "phrases"), (KnownWord, "known")):
        if model.objects.exists():
            continue
        for row in rows[name]:
            several = {key: "\n".join(value) for key, value in row.items() if isinstance(value, list)}
            record = model(**row | several)
            record.full_clean(validate_constraints=False, exclude=["slug"])
            record.save()
            made += 1
    if made:
        editions.bump(editions.VOCABULARY)
    return made


def _seed_model(row: dict) -> int:
    families = row.pop("families")
    model, made = PracticeModel.objects.get_or_create(slug=row["slug"], defaults=row)
    total = int(made)
    for family_row in families:
        items = family_row.pop("items")
        family, made = Family.objects.get_or_create(model=model, slug=family_row["slug"], defaults=family_row)
        total += made
        for item in items:
            total += Item.objects.get_or_create(code=item["code"], defaults={**item, "family": family})[1]
    return total


def _seed_framework(row: dict) -> int:
    standards, prefix, groups = row.pop("standards"), row.pop("prefix"), row.pop("groups", {})
    framework, made = Framework.objects.get_or_create(slug=row["slug"], defaults=row)
    total = int(made)
    for number, label in enumerate(standards, start=1):
        grouping = next((name for name, numbers in groups.items() if number in numbers), "")
        defaults = {"framework": framework, "label": label, "grouping": grouping}
        total += Standard.objects.get_or_create(code=f"{prefix}{number}", defaults=defaults)[1]
    return total
