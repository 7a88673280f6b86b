"""What every record of the practice vocabulary has in common: an order, dates, and that it stays while it is used."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

MOST_NAMED = 3
"""How many of the places where a record is used are named in a message; the rest are counted."""


class InUse(Exception):
    """A record was to be deleted that something still points at. `places` says how many of what, in words."""

    def __init__(self, record, places: list[str]):
        self.record, self.places = record, places
        super().__init__(
            f"“{record}” is still used: {', '.join(places)}. "
            "Take it off those first, or give it an end date so that nobody chooses it again."
        )


class PracticeRecordQuerySet(models.QuerySet):
    def delete(self):
        """Delete the records, or none of them: raises `InUse` for the first that is still used."""
        for record in self:
            record.refuse_if_used()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def current(self, on: date):
        """Those whose dates include the day."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=on),
            models.Q(valid_to=None) | models.Q(valid_to__gte=on),
        )


class PracticeRecord(models.Model):
    """A row that editors order by dragging and that cannot go while anything is aligned to it."""

    sort_order = models.PositiveIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    objects = PracticeRecordQuerySet.as_manager()

    # Rows that are part of this record and go with it, such as the pairs of the crosswalk.
    owned_relations: tuple[str, ...] = ()

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def save(self, *args, **kwargs):
        if self._state.adding and not self.sort_order:
            last = type(self)._base_manager.aggregate(last=models.Max("sort_order"))["last"]
            self.sort_order = (last or 0) + 1
        super().save(*args, **kwargs)

    def places_used(self) -> list[str]:
        """Where this record is used, each as words: "2 pages (A day in my life; Walk and talk)"."""
        places = []
        for relation in self._meta.related_objects:
            if relation.get_accessor_name() in self.owned_relations:
                continue
            users = relation.related_model._base_manager.filter(**{relation.field.name: self})
            if used := users.count():
                names = relation.related_model._meta
                some = "; ".join(str(user) for user in users[:MOST_NAMED]) + ("; …" if used > MOST_NAMED else "")
                places.append(f"{used} {names.verbose_name if used == 1 else names.verbose_name_plural} ({some})")
        return places

    def refuse_if_used(self) -> None:
        """Raise `InUse` when something still points here."""
        if places := self.places_used():
            raise InUse(self, places)

    def delete(self, *args, **kwargs):
        self.refuse_if_used()
        return super().delete(*args, **kwargs)


class Dated(models.Model):
    """A record that holds between two days; either may be open."""

    valid_from = models.DateField("in use from", null=True, blank=True, help_text="Leave empty if it always was.")
    valid_to = models.DateField("in use until", null=True, blank=True, help_text="The last day. Leave empty if open.")

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "The last day cannot come before the first."})

    def is_current(self, on: date) -> bool:
        """Whether the day lies within the record's dates."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
