"""Somebody's place in a session or in its queue, and the log of what happened to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models.breakout import Breakout
from events.models.event_page import EventPage
from events.models.session import Session, SessionDate
from events.models.session_change import SessionChange
from events.states import HELD, LIVE, Reason, State, What, Whose


def placed_at(ends) -> Q:
    """Who has a place, or had one when a date ended: what is given up or called off afterwards is the rest."""
    return Q(state=State.BOOKED) | Q(state=State.CANCELLED, came_from=State.BOOKED, cancelled_at__gte=ends)


class BookingQuerySet(models.QuerySet):
    def told(self):
        """With what a list says of each: the session, its event without the long texts, its dates, the breakout."""
        late = [f"session__event__{name}" for name in EventPage.read_late]
        return self.select_related("session__event", "breakout").defer(*late).prefetch_related("session__dates")

    def held(self):
        """That take a place: booked, or offered until the offer lapses."""
        return self.filter(state__in=HELD)

    def booked(self):
        return self.filter(state=State.BOOKED)

    def on_the_list(self):
        """Who is on the list of who came: everybody with a place, and who gave up the rest of a course after a date."""
        return self.filter(Q(state=State.BOOKED) | Q(attendance__isnull=False), person__isnull=False).distinct()

    def expected_at(self, date):
        """The same, of one date: with a place, or with one until that date was over, or written down for it."""
        return self.filter(placed_at(date.ends_at) | Q(attendance__date=date), person__isnull=False).distinct()

    def live(self):
        return self.filter(state__in=LIVE)

    def waiting(self):
        """In the queue, whoever is next first. Those who let an offer go by come last, in order."""
        return self.filter(state=State.WAITING).order_by("passed", "queued_at", "pk")

    def next_in_line(self):
        """Who may be given a free place: one who let an offer go by has to ask again."""
        return self.waiting().filter(passed=False)


class Booking(models.Model):
    """One person in one session. Only the gate (`events/booking/steps.py`) changes its state."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="bookings"
    )
    reserved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reserved_places",
        help_text="The manager who keeps the place for somebody of the team and names them later.",
    )
    state = models.CharField(max_length=10, choices=State)
    # Microseconds, set at every joining: whoever left the queue and comes back is last.
    queued_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField("manager answers by", null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField("let an offer go by", default=False)
    # Places are numbered, so that two sign-ups that think they have the last one cannot both be written.
    place = models.PositiveIntegerField("number of the place", null=True, blank=True)
    of_places = models.PositiveIntegerField("places there were", null=True, blank=True)
    beyond_because = models.CharField("why beyond the places", max_length=300, blank=True)
    walked_in = models.BooleanField("came without booking", default=False)
    breakout = models.ForeignKey(Breakout, null=True, blank=True, on_delete=models.SET_NULL, related_name="bookings")
    # What an organiser chose stays; otherwise whoever has no breakout, or a less dear one, moves up.
    breakout_by_hand = models.BooleanField("breakout chosen by an organiser", default=False, editable=False)
    note = models.CharField("note to the organiser", max_length=300, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    reason_words = models.CharField(max_length=300, blank=True)
    # The last step: from which state, and whose it was. Empty where it was taken before this was kept.
    came_from = models.CharField(max_length=10, choices=State, blank=True, editable=False)
    moved_by = models.CharField(max_length=10, choices=Whose, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["session", "state", "passed", "queued_at"], name="booking_queue"),
            models.Index(fields=["person", "state"], name="booking_of_person"),
            models.Index(fields=["offered_until"], condition=Q(state="offered"), name="booking_offers"),
            models.Index(fields=["answer_by"], condition=Q(state="requested"), name="booking_requests"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(state__in=LIVE), name="one_live_booking_of_a_person"
            ),
            models.UniqueConstraint(fields=["session", "place"], name="one_booking_of_a_place"),
            models.CheckConstraint(
                condition=Q(state__in=HELD, place__isnull=False) | (~Q(state__in=HELD) & Q(place=None)),
                name="a_place_is_held_by_those_booked_or_offered",
            ),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__lte=F("of_places")) | ~Q(beyond_because=""),
                name="no_place_beyond_the_places_without_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | (~Q(state="offered") & Q(offered_until=None)),
                name="an_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at=None)),
                name="what_is_cancelled_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="requested") | Q(answer_by__isnull=False), name="a_request_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("waiting", "requested")) | Q(queued_at__isnull=False),
                name="who_waits_has_a_turn",
            ),
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(booked_at__isnull=False), name="what_is_booked_says_when"
            ),
        ]

    def __str__(self):
        return f"{self.person or 'A place to be named'} ({self.get_state_display()})"

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class BreakoutWish(models.Model):
    """A breakout that somebody would like, ranked."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="wishes")
    breakout = models.ForeignKey(Breakout, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "breakout"], name="one_wish_for_a_breakout"),
            models.UniqueConstraint(fields=["booking", "rank"], name="one_wish_of_a_rank"),
        ]

    def __str__(self):
        return f"{self.rank}: {self.breakout}"


class BookingChange(models.Model):
    """One line of a booking's log, and the outbox of its mail: written with the change itself.

    `told_at` is set in the same transaction that puts the mail into the outbox (`events/mail/telling.py`), so a crash
    between the two loses nothing and sends nothing twice.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField(help_text="Counts up within the booking.")
    what = models.CharField(max_length=15, choices=What)
    # Whom it tells: a place may have another person by now.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    date = models.ForeignKey(SessionDate, null=True, on_delete=models.SET_NULL, related_name="+")
    # What changed of the session, for a line that tells of that.
    of = models.ForeignKey(SessionChange, null=True, on_delete=models.SET_NULL, related_name="lines")
    was = models.CharField("state before", max_length=10, choices=State, blank=True)
    whose = models.CharField("whose step it was", max_length=10, choices=Whose, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], condition=Q(told_at=None), name="booking_change_untold")]
        constraints = [models.UniqueConstraint(fields=["booking", "number"], name="one_change_of_a_number")]

    def __str__(self):
        return self.get_what_display()


class Interest(models.Model):
    """Somebody who would come to an event if there were a date: what tells organisers what to run, and whom first."""

    event = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_interests")
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="one_interest_of_a_person")]

    def __str__(self):
        return f"{self.person} would come"


class Provision(models.Model):
    """What to provide for somebody: a step-free way, captions, food. Apart from the booking, for the organiser only.

    Asked as what to provide, never why. Deleted 28 days after the last date (`events/booking/retention.py`).
    """

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="provision")
    access = models.CharField(max_length=500, blank=True)
    food = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return "What to provide"
