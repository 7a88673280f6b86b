"""Who came. For kinds that count heads there is only the number on the date, never a row here."""

from django.conf import settings
from django.db import models

from events.models.booking import Booking
from events.models.session import SessionDate
from pages.wording import counted


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
        CLOSING = "shut", "Not ticked when the list was closed"

    class Why(models.TextChoices):
        """What somebody who is down as missing says. The first of a booking's reasons, and that the list is wrong."""

        THERE = "there", "I was there: please look again"
        CRISIS = "crisis", "A child or family needed me"
        COURT = "court", "Court"
        DUTY = "duty", "Duty or cover for a colleague"
        UNWELL = "unwell", "I was unwell"
        LEAVE = "leave", "Leave"
        FORGOT = "forgot", "It slipped my mind"
        OTHER = "other", "Something else"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attendance")
    date = models.ForeignKey(SessionDate, on_delete=models.CASCADE, related_name="attendance")
    came = models.CharField(max_length=4, choices=Came)
    minutes = models.PositiveSmallIntegerField(help_text="How long they were there.")
    how = models.CharField(max_length=4, choices=How)
    late = models.PositiveSmallIntegerField(
        "minutes late",
        default=0,
        help_text="Of somebody who checked in well after the start.",
    )
    at = models.DateTimeField()
    why = models.CharField("what happened", max_length=10, choices=Why, blank=True)
    why_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "date"], name="one_attendance_of_a_date")]

    def __str__(self):
        return self.get_came_display()

    @property
    def words(self) -> str:
        """Came · Came, 35 minutes late · Came for part of it."""
        late = f", {counted(self.late, 'minute')} late" if self.late else ""
        return f"{self.get_came_display()}{late}"


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


class ListClosing(models.Model):
    """That a date's list was closed, or opened again, by whom, and how many were called missing by it."""

    date = models.ForeignKey(SessionDate, on_delete=models.CASCADE, related_name="closings")
    closed = models.BooleanField()
    others = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{'Closed' if self.closed else 'Opened again'}: {self.others} others"
