"""The page and the sign-up that others are compared with."""

from django.conf import settings
from django.db import models
from wagtail.fields import RichTextField

from pages.models import HubPage


class PageWithoutExtras(HubPage):
    """A page of Wagtail's as a beginner makes it: a title and a text, in a template of a few lines."""

    body = RichTextField()

    template = "bench/page_without_extras.html"
    is_creatable = False


class PlainSession(models.Model):
    """What the least sign-up locks: a row with a number of places."""

    capacity = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.capacity} places"


class PlainPlace(models.Model):
    """What the least sign-up writes."""

    session = models.ForeignKey(PlainSession, on_delete=models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    has_place = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="bench_one_place")]

    def __str__(self):
        return "A place" if self.has_place else "No place"
