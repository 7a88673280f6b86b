"""National frameworks that a worker's learning is measured by, each with the dates between which it holds."""

from django.db import models
from django.db.models.functions import Upper

from practice.models.base import Dated, PracticeRecord


class Framework(Dated, PracticeRecord):
    """PCF, KSS, or what replaces them. A new one can stand beside the old until the day it takes over."""

    name = models.CharField(max_length=160, unique=True)
    short_name = models.CharField(max_length=20, unique=True)
    slug = models.SlugField("address", max_length=60, unique=True)
    source = models.CharField(max_length=250, blank=True)

    class Meta(PracticeRecord.Meta):
        pass

    def __str__(self):
        return self.short_name


class Standard(PracticeRecord):
    """One heading of a framework, such as KSS6 "Child and family assessment"."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="standards")
    code = models.CharField(max_length=12, unique=True)
    label = models.CharField(max_length=160)
    grouping = models.CharField("group", max_length=60, blank=True, help_text="For the PCF: purpose, practice, impact.")

    class Meta(PracticeRecord.Meta):
        constraints = [models.UniqueConstraint(Upper("code"), name="one_standard_for_a_code")]

    def __str__(self):
        return f"{self.code} {self.label}"

    def clean(self):
        super().clean()
        self.code = self.code.upper()
