"""Who came. For kinds that count heads there is only the number on the date, never a row here."""

from django.conf import settings
from django.db import models

from events.models.booking import Booking
from events.models.session import SessionDate


class Came(models.TextChoices):
    """Whether somebody came to one date. No row: nobody has said."""

    YES = "yes", "Came"
    PART = "part", "Came for part of it"
    NO = "no", "Did not come"


class Attendance(models.Model):
    """One booking at one date."""

    class How(models.TextChoices):
        SELF = "self", "Checked in with the room code"
        LIST = "list", "Ticked by an organiser"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attendance")
    date = models.ForeignKey(SessionDate, on_delete=models.CASCADE, related_name="attendance")
    came = models.CharField(max_length=4, choices=Came)
    minutes = models.PositiveSmallIntegerField(help_text="How long they were there.")
    how = models.CharField(max_length=4, choices=How)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "date"], name="one_attendance_of_a_date")]

    def __str__(self):
        return self.get_came_display()


class AttendanceCorrection(models.Model):
    """A changed mind about who came: what was said before, by whom it was changed, and why."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attendance_corrections")
    date = models.ForeignKey(SessionDate, on_delete=models.CASCADE, related_name="+")
    was = models.CharField(max_length=4, blank=True)
    now = models.CharField(max_length=4, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.was or 'nothing'} became {self.now or 'nothing'}"
