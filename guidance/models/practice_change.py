"""A change of daily practice that comes to one area after another, and how it stands in each."""

from django.conf import settings
from django.db import models

from guidance.models.text import GuidanceText, editor


class PracticeChangePage(GuidanceText):
    """One change: what will be different, and its materials. How it stands in each area is data beside the page."""

    kind = "Practice change"
    template = "guidance/practice_change_page.html"
    reading_class = "guidance.practice_change_reading.PracticeChangeReading"
    edit_handler = editor("The change")

    class Meta:
        verbose_name = "practice change"


class AreaStatus(models.Model):
    """How a change stands in one district or team since some day. Rows are only added: they are its history."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        TESTING = "testing", "Testing"
        IN_USE = "in-use", "In use"
        STOPPED = "stopped", "Stopped"

    page = models.ForeignKey(PracticeChangePage, on_delete=models.CASCADE, related_name="area_statuses")
    area = models.CharField("district or team", max_length=120)
    status = models.CharField("how it stands", max_length=8, choices=Status)
    since = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-pk"]
        indexes = [models.Index(fields=["page", "-said_at"], name="how_a_change_stands")]

    def __str__(self):
        return f"{self.area}: {self.get_status_display()}"
