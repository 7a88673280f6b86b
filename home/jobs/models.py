"""Whose turn a job is: two workers beside each other never do the same job at the same time."""

from django.db import models


class JobTurn(models.Model):
    """A job of the hub, and until when somebody does it.

    Whoever does it says so anew while it lasts. A worker that died lets go by itself, after a short time in which the
    others of its jobs have their turn: what kills its worker each time stops nothing else.
    """

    name = models.CharField(max_length=100, primary_key=True)
    held_by = models.UUIDField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name
