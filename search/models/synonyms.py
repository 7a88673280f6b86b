"""Words that mean the same to the people who type them, and pages that editors put first for them."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from pages.models import HubPage
from search.understanding.words import all_stems


class SynonymGroup(ClusterableModel):
    """One meaning: what the hub calls it, and everything else that people type when they mean it."""

    canonical = models.CharField(
        "what we call it", max_length=80, unique=True, help_text="For example: motivational interviewing."
    )

    class Meta:
        ordering = ["canonical"]

    def __str__(self):
        return self.canonical

    def clean(self):
        super().clean()
        if not all_stems(self.canonical):
            raise ValidationError({"canonical": "Give at least one word or number."})


class Synonym(Orderable):
    """A word, short form or phrase that people type for the group's meaning."""

    group = ParentalKey(SynonymGroup, on_delete=models.CASCADE, related_name="synonyms")
    phrase = models.CharField("also typed", max_length=80)
    ambiguous = models.BooleanField(
        "may mean something else", default=False, help_text="Readers are then offered both meanings."
    )
    other_meaning = models.CharField(
        max_length=80, blank=True, help_text="What else it may mean, for example: cerebral palsy."
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["group", "phrase"], name="one_row_for_a_synonym")]

    def __str__(self):
        return self.phrase

    def clean(self):
        super().clean()
        errors = {}
        if self.phrase and not all_stems(self.phrase):
            errors["phrase"] = "Give at least one word or number."
        if self.ambiguous and not self.other_meaning:
            errors["other_meaning"] = "Say what else it may mean, so that readers can choose."
        if errors:
            raise ValidationError(errors)


class Pin(Orderable):
    """A page that stands first when somebody searches for this meaning, in whichever words."""

    group = ParentalKey(SynonymGroup, on_delete=models.CASCADE, related_name="pins")
    page = models.ForeignKey(HubPage, on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["group", "page"], name="one_pin_for_a_page")]

    def __str__(self):
        return str(self.page)
