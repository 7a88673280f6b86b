"""What is remembered of people's calendars: which version of a date they were sent, and their private address."""

import secrets

from django.conf import settings
from django.db import models

from events.models.session import SessionDate


class SentInvite(models.Model):
    """The last calendar message of one date to one person. Its number only ever rises, over re-booking too."""

    date = models.ForeignKey(SessionDate, on_delete=models.CASCADE, related_name="sent_invites")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sequence = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "person"], name="one_invite_of_a_date")]

    def __str__(self):
        return f"Version {self.sequence}"


def feed_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """The secret address at which somebody's own calendar reads their bookings. Deleting the row revokes it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True, default=feed_token)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"Calendar of {self.person}"
