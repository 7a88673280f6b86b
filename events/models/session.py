"""What can be booked: a session, its dates and its breakouts. Data, outside the revisions of the event's page."""

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from events.dates.where_when import Meeting, WhereWhen, venue_in_words
from events.dates.working_days import working_day_before
from events.kinds import Held
from events.states import LIVE
from people.duties import organises_all
from people.models import User


def calendar_uid() -> str:
    """A name for calendars that outlives every change of title, time and place."""
    return f"{uuid.uuid4()}@strengths-hub"


class SessionQuerySet(models.QuerySet):
    def upcoming(self, now: datetime):
        """Not over yet, or without a date yet."""
        return self.filter(Q(ends_at__gt=now) | Q(ends_at=None))

    def still_booked(self, now: datetime):
        """To come, not called off, and with somebody in them or in their queue: what would be missed."""
        live = self.model.objects.filter(bookings__state__in=LIVE).values("pk")
        return self.upcoming(now).filter(cancelled_at=None, pk__in=live)


class Session(ClusterableModel):
    """One thing to book: a day, or a course or group of several dates that is booked as one.

    Its row is what the gate locks, so its places are counted by one sign-up at a time (`events/booking/steps.py`).
    """

    class WaitingRule(models.TextChoices):
        CLOSENESS = "closeness", "Straight in until five days before, then an offer, on the last day by hand"
        STRAIGHT = "straight", "Always straight into a free place"
        OFFER = "offer", "Always an offer"
        BY_HAND = "by-hand", "The organiser decides"
        NONE = "none", "No waiting list"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("events.EventPage", on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(
        max_length=120, blank=True, help_text="What tells it from other sessions of the event, such as: Group A, north."
    )
    held = models.CharField("how it is held", max_length=10, choices=Held, default=Held.IN_PERSON)
    place = models.CharField(max_length=200, blank=True, help_text="Room and address. A date may have its own.")
    join_link = models.URLField(
        max_length=500,
        blank=True,
        help_text="Where online people meet. Opens for those with a place, from an hour before; never sent by mail.",
    )
    capacity = models.PositiveIntegerField(
        "places",
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
        help_text="Fewer than are booked removes nobody: no more are given until there is room again.",
    )
    opens_at = models.DateTimeField("booking opens", null=True, blank=True, help_text="Empty: at once.")
    closes_at = models.DateTimeField("booking closes", null=True, blank=True, help_text="Empty: when it starts.")
    queue_closes_at = models.DateTimeField(
        "waiting list closes", null=True, blank=True, help_text="Empty: one working day before it starts."
    )
    waiting_rule = models.CharField(
        "when a place comes free", max_length=10, choices=WaitingRule, default=WaitingRule.CLOSENESS
    )
    offer_days = models.PositiveSmallIntegerField(
        "working days to answer an offer",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="Counted in office hours: no offer runs out in a night, at a weekend or on a bank holiday.",
    )
    needs_approval = models.BooleanField("a manager approves", default=False)
    approval_days = models.PositiveSmallIntegerField(
        "working days to approve", default=3, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    for_roles = models.JSONField(
        "only for", default=list, blank=True, help_text="Nothing ticked: for everyone who may read of it."
    )
    teams = models.ManyToManyField(
        "people.Team",
        blank=True,
        related_name="sessions",
        verbose_name="held for these teams",
        help_text="Of a briefing or a group of one team or several: once it has taken place they count as reached. "
        "Others may book as well.",
    )
    walk_ins = models.BooleanField(
        "people may just come",
        default=True,
        help_text="Whoever has no place may check in with the room's code while places are free.",
    )
    organiser = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organised_sessions",
        help_text="Who sees the list and answers questions, beside all organisers.",
    )
    # Said when they were named: they had no role of those who organise, so this session alone is theirs. A right that
    # came with a role goes with it, whatever old sessions say.
    organiser_is_guest = models.BooleanField(default=False, editable=False)
    question_set = models.ForeignKey(
        "feedback.QuestionSet",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
        verbose_name="feedback form",
        limit_choices_to={"purpose": "reaction"},
        help_text="Opens when the session ends. Empty: the usual one.",
    )
    # From its first date to the end of its last; `SessionDate.save` keeps them. None while there is no date.
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["ends_at"], name="session_ends")]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_a_place"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="booking_opens_before_it_closes",
            ),
        ]

    def save(self, *args, **kwargs):
        """Whoever is named now is a guest, or not, as their roles are now; who was named before stays as they were."""
        fields = kwargs.get("update_fields")
        if fields is None or "organiser" in fields:
            before = Session.objects.filter(pk=self.pk).values_list("organiser", flat=True).first()
            if self.organiser_id != before:
                self.organiser_is_guest = self.organiser is not None and not organises_all(self.organiser)
                kwargs["update_fields"] = fields and {*fields, "organiser_is_guest"}
        super().save(*args, **kwargs)

    @property
    def current_organiser(self) -> User | None:
        """Who is named and still organises it: nobody is written to of what they may no longer see."""
        named = self.organiser
        holds = named and named.is_active and (self.organiser_is_guest or organises_all(named))
        return named if holds else None

    def __str__(self):
        return f"{self.event.title}: {self.title}" if self.title else self.event.title

    def clean(self):
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": "Booking has to close after it opens."})
        if self.held != Held.IN_PERSON and not self.join_link:
            raise ValidationError({"join_link": "Online people need an address to join at."})

    @property
    def held_dates(self) -> list["SessionDate"]:
        """The dates that take place, in order."""
        return [date for date in self.dates.all() if not date.cancelled_at]

    @property
    def where(self) -> str:
        """Where its dates are that have no place of their own."""
        return venue_in_words(held=self.held, venue=self.place)

    @property
    def way_in(self) -> str:
        """The address online people join at; none where all meet in person, whatever is still written down."""
        return "" if self.held == Held.IN_PERSON else self.join_link

    @property
    def where_when(self) -> WhereWhen:
        """What every screen, mail and file says of where and when it is."""
        dates = tuple(date.of(self) for date in self.dates.all())
        return WhereWhen(title=str(self), held=self.held, where=self.where, dates=dates, off=bool(self.cancelled_at))

    def note_span(self) -> None:
        """Work out from the dates when it starts and ends: those that are held, or all where none is."""
        dates = list(SessionDate.objects.filter(session=self))
        held = [date for date in dates if not date.cancelled_at] or dates
        self.starts_at = min((date.starts_at for date in held), default=None)
        self.ends_at = max((date.ends_at for date in held), default=None)
        Session.objects.filter(pk=self.pk).update(starts_at=self.starts_at, ends_at=self.ends_at)

    @property
    def booking_closes(self) -> datetime | None:
        """From this moment on nobody can book, accept or be added except by an organiser."""
        moments = [moment for moment in (self.closes_at, self.starts_at) if moment]
        return min(moments, default=None)

    @property
    def queue_closes(self) -> datetime | None:
        """From this moment on no place goes to the waiting list by itself; free places are open to everyone."""
        if not self.starts_at:
            return None
        return min(self.queue_closes_at or working_day_before(self.starts_at), self.booking_closes)


class SessionDate(models.Model):
    """One meeting of a session: moved or cancelled alone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    place = models.CharField(max_length=200, blank=True, help_text="If it is not the session's own.")
    uid = models.CharField(max_length=80, unique=True, default=calendar_uid, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)
    heads = models.PositiveIntegerField(
        "people who came", null=True, blank=True, editable=False, help_text="Counted, where no names are kept."
    )
    # Until then nobody is counted as missing (`events/attendance/closing.py`).
    list_closed_at = models.DateTimeField("list closed", null=True, blank=True, editable=False)
    others = models.PositiveIntegerField(
        "people who came without a place",
        null=True,
        blank=True,
        editable=False,
        help_text="Counted beside those on the list.",
    )

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="session_date_starts")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_date_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def clean(self):
        if self.starts_at and self.ends_at:
            if self.ends_at <= self.starts_at:
                raise ValidationError({"ends_at": "It has to end after it starts."})
            if self.ends_at - self.starts_at > timedelta(days=1):
                raise ValidationError({"ends_at": "One date is at most a day long. Add another date."})

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.session.note_span()

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        self.session.note_span()
        return gone

    @property
    def where(self) -> str:
        return self.meeting.where

    @property
    def meeting(self) -> Meeting:
        """When and where it is, as every screen, mail and file says it."""
        return self.of(self.session)

    def of(self, session: Session) -> Meeting:
        """The same, for whoever holds the session already."""
        return Meeting(
            key=str(self.key),
            starts=self.starts_at,
            ends=self.ends_at,
            where=venue_in_words(held=session.held, venue=session.place, own=self.place),
            cancelled=self.cancelled_at is not None,
            because=self.cancelled_because,
        )

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
