"""A council's practice model: families of items, and which items of two models mean the same."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper

from practice.models.base import Dated, PracticeRecord


class Hue(models.TextChoices):
    """The colour of a family. Never the only sign: the code or the word is always beside it."""

    GREEN = "green", "Green"
    PLUM = "plum", "Plum"
    AMBER = "amber", "Amber"
    BLUE = "blue", "Blue"


class PracticeModel(Dated, PracticeRecord):
    """One council's statement of how it works with families, for example the Portsmouth model."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField("address", max_length=60, unique=True, help_text="The last part of its web address.")
    gloss = models.CharField("in a sentence", max_length=200, blank=True)
    source = models.CharField(max_length=250, blank=True, help_text="Where the model is set out, with the year.")

    class Meta(PracticeRecord.Meta):
        verbose_name = "practice model"

    def __str__(self):
        return self.name


class Family(PracticeRecord):
    """A group of items within a model, such as "Principles"."""

    model = models.ForeignKey(PracticeModel, on_delete=models.PROTECT, related_name="families")
    name = models.CharField(max_length=80)
    slug = models.SlugField("address", max_length=60)
    gloss = models.CharField("in a few words", max_length=160, blank=True)
    hue = models.CharField("colour", max_length=10, choices=Hue, default=Hue.PLUM)

    class Meta(PracticeRecord.Meta):
        verbose_name_plural = "families"
        constraints = [models.UniqueConstraint(fields=["model", "slug"], name="one_family_address_in_a_model")]

    def __str__(self):
        return f"{self.name} ({self.model.name})"


class Item(Dated, PracticeRecord):
    """One thing that the model asks for, known by its code: PS3, "Maps and timelines"."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(
        max_length=10,
        unique=True,
        help_text="Short, for example PS3.",
        validators=[RegexValidator(r"^[A-Za-z]{1,4}\d{1,3}$", "A code is one to four letters and a number, like PS3.")],
    )
    label = models.CharField(max_length=80)
    gloss = models.CharField("in a few words", max_length=200, blank=True)
    description = models.TextField(
        blank=True, help_text="What it looks like in practice, in two or three sentences. Shown on the item's page."
    )

    owned_relations = ("equivalents_from", "equivalents_to")

    class Meta(PracticeRecord.Meta):
        constraints = [models.UniqueConstraint(Upper("code"), name="one_item_for_a_code")]

    def __str__(self):
        return f"{self.code} {self.label}"

    def clean(self):
        super().clean()
        self.code = self.code.upper()


class Crosswalk(models.Model):
    """Two items of different models that ask for the same thing, so that work done under one counts for the other."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="equivalents_from")
    equivalent = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="equivalents_to")

    class Meta:
        verbose_name = "equivalent pair"
        verbose_name_plural = "equivalent pairs"
        ordering = ["item__sort_order", "equivalent__sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "equivalent"], name="one_row_for_a_pair"),
            models.CheckConstraint(condition=~models.Q(item=models.F("equivalent")), name="pair_of_two_items"),
        ]

    def __str__(self):
        return f"{self.item.code} = {self.equivalent.code}"

    def clean(self):
        super().clean()
        if self.item_id and self.equivalent_id:
            if self.item.family.model_id == self.equivalent.family.model_id:
                raise ValidationError({"equivalent": "Choose an item of the other model."})
            if type(self).objects.filter(item=self.equivalent, equivalent=self.item).exclude(pk=self.pk).exists():
                raise ValidationError({"equivalent": "This pair is already there, the other way round."})
