"""Who was told what: remembered by what happened, and for longer than the letters are kept."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models

from notices.kinds import KINDS


def about_of(thing: models.Model) -> str:
    """events.booking:17. A page is a page, of whatever type: whoever tells of it may hold it as either."""
    kind = [type(thing), *thing._meta.get_parent_list()][-1]
    return f"{kind._meta.label_lower}:{thing.pk}"


class ToldQuerySet(models.QuerySet):
    def of(self, kind, thing, occurrence: str = ""):
        """Whoever was written to of this, when it happened so."""
        return self.filter(kind=kind.name, about=about_of(thing), occurrence=occurrence)

    def note(self, kind, about: str, occurrence: str | None, person, now) -> bool:
        """Remember that somebody is told; False if they have been told of this very occurrence.

        Without a name for the occurrence it is one more than those before it.
        """
        named = {"kind": kind.name, "about": about, "occurrence": occurrence or "", "person": person}
        if occurrence is not None:
            return self.get_or_create(**named, defaults={"at": now})[1]
        last = self.filter(**named).aggregate(last=models.Max("number"))["last"] or 0
        # Two who tell of the same thing at the same moment: each takes a number of its own.
        return any(self.get_or_create(**named, number=last + step, defaults={"at": now})[1] for step in range(1, 9))

    def to_forget(self, now):
        """What no job would write again by now."""
        last_days = [models.Q(kind=kind.name, at__lt=now - kind.kept) for kind in KINDS.values()]
        return self.filter(reduce(or_, last_days) | models.Q(at__lt=now - max(kind.kept for kind in KINDS.values())))


class Told(models.Model):
    """Somebody was told of one thing that happened.

    What happened is a thing of the hub, a kind of letter and which time it was: `occurrence` where a rule names it (the
    reminder of five days before 3 March), `number` where it simply happens again (the second withdrawal of a consent).
    A letter is forgotten 30 days after it was sent; this is what keeps a job from writing it again.
    """

    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    occurrence = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField(default=1)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "told"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "occurrence", "number", "person"], name="told_once_of_an_occurrence"
            )
        ]
        indexes = [models.Index(fields=["kind", "at"], name="told_to_forget")]

    def __str__(self):
        return f"{self.kind}: {self.about}"
