"""Figures that the hub does not know by itself: somebody types or uploads them, with where they come from and when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.honest_numbers import Share

OLD_AFTER_DAYS = 183
"""A figure older than half a year says so."""


class FigureKind(models.Model):
    """What is counted, such as "Social work posts that are vacant": a council keeps its own list."""

    class Unit(models.TextChoices):
        SHARE = "share", "So many of so many"
        NUMBER = "number", "A number"

    label = models.CharField(max_length=120, unique=True)
    unit = models.CharField("how it is given", max_length=10, choices=Unit, default=Unit.SHARE)
    meaning = models.CharField(
        "what is counted", max_length=250, blank=True, help_text="So that everybody counts the same."
    )
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField("shown on the dashboard", default=True)

    class Meta:
        ordering = ["order", "label"]
        verbose_name = "kind of figure"
        verbose_name_plural = "kinds of figures"

    def __str__(self):
        return self.label


class SuppliedFigure(models.Model):
    """One figure on one day. Nothing is overwritten: a correction is a new one of the same day, and the latest counts.

    A share is held as its two numbers, so that it can never be quoted without its base.
    """

    kind = models.ForeignKey(FigureKind, on_delete=models.PROTECT, related_name="figures", verbose_name="what")
    n = models.DecimalField("number", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    base = models.PositiveIntegerField(
        "of how many", null=True, blank=True, help_text="For a share: of how many posts, people, plans."
    )
    as_of = models.DateField("as it was on")
    source = models.CharField(
        max_length=200, help_text="Where it comes from, such as: HR system, report of 2 November."
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-as_of", "-pk"]
        get_latest_by = ["as_of", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(base=None) | Q(n__lte=models.F("base")), name="no_more_than_the_base"),
            models.CheckConstraint(condition=Q(base=None) | Q(base__gte=1), name="a_base_is_somebody"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.words}"

    def clean(self):
        errors = {}
        if self.kind_id and self.n is not None:
            is_share = self.kind.unit == FigureKind.Unit.SHARE
            if is_share and not self.base:
                errors["base"] = "Say of how many: a share without its base cannot be read."
            elif is_share and self.n > self.base:
                errors["n"] = f"This cannot be more than the {self.base} it is part of."
            elif is_share and self.n != int(self.n):
                errors["n"] = "Count whole ones, and the hub works out the share."
            elif not is_share and self.base is not None:
                errors["base"] = "Leave this empty: it is a number, not a share."
        if self.as_of and self.as_of > timezone.localdate():
            errors["as_of"] = "This day is still to come. Give the day that the figure is of."
        if errors:
            raise ValidationError(errors)

    @property
    def share(self) -> Share | None:
        return Share(int(self.n), self.base) if self.base else None

    @property
    def words(self) -> str:
        """12 of 80, 15% (9 to 24%) · 17.5"""
        return self.share.words if self.share else f"{self.n.normalize():,f}"

    def is_old(self, today) -> bool:
        return (today - self.as_of).days > OLD_AFTER_DAYS
