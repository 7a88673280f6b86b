"""The practice model as data: what a council believes good practice is, in rows that its editors keep."""

from practice.models.base import Dated, InUse, PracticeRecord
from practice.models.edition import Edition
from practice.models.framework import Framework, Standard
from practice.models.model import Crosswalk, Family, Hue, Item, PracticeModel
from practice.models.plain_words import GlossaryTerm, KnownWord, PhraseToAvoid
from practice.models.shown import ShownModelSettings
from practice.models.vocabulary import (
    AccessNeed,
    Material,
    Method,
    Need,
    PractitionerRole,
    QualityTheme,
    Setting,
    Stage,
    Term,
    Vocabulary,
    WithWhom,
)

__all__ = [
    "AccessNeed",
    "Crosswalk",
    "Dated",
    "Edition",
    "Family",
    "Framework",
    "GlossaryTerm",
    "Hue",
    "InUse",
    "Item",
    "KnownWord",
    "Material",
    "Method",
    "Need",
    "PhraseToAvoid",
    "PracticeModel",
    "PracticeRecord",
    "PractitionerRole",
    "QualityTheme",
    "Setting",
    "ShownModelSettings",
    "Stage",
    "Standard",
    "Term",
    "Vocabulary",
    "WithWhom",
]
