"""A learning event as its editor tells it. Its dates and who comes are data apart, outside the page's revisions."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.search import index

from events.kinds import CONFIDENTIAL, EventKind, Held, LearningMode
from events.models.rules import KindRules, rules_of
from events.states import LIVE
from pages.blocks import PROSE, RELATED, StepsBlock, WordsBlock
from pages.editing import panels
from pages.editing.forms import HubPageForm
from pages.models import HubPage
from pages.publishing.refusals import NotPublished
from people.models import User
from people.roles import Role
from practice.models import Vocabulary

TEXT = [*PROSE, ("steps", StepsBlock()), ("words", WordsBlock())]
STILL_BOOKED = (
    "People have booked sessions on or after that day. Cancel these on their desks first, so that everybody is told, "
    "or choose a later day."
)
PARTNERS_BOOKED = (
    "People of partner agencies have booked, and could not open the page any more. Cancel their bookings on the desk "
    "first, so that they are told why; or leave the page open to them until it is over."
)
STILL_HERE = "People have booked it. Cancel its sessions on their desks first, so that everybody is told."
STREAMS = ("outcomes", "body", "before", "privacy", "access")


class StillBooked(NotPublished):
    """Somebody tried to shut out, by whatever way, people who are booked."""


class EventForm(HubPageForm):
    """Where people speak of what weighs on them, the page says what is kept private before it is published."""

    def clean(self):
        cleaned = super().clean()
        confidential = cleaned.get("event_kind") in CONFIDENTIAL
        if confidential and not cleaned.get("privacy") and not self.is_deferred_validation:
            words = "Say what stays in the room and what does not: people decide by it whether to come."
            self.add_error("privacy", StreamBlockValidationError(non_block_errors=ErrorList([words])))
        wanted = {"audience": cleaned.get("audience"), "withdrawn_on": cleaned.get("withdrawn_on"), "live": True}
        for name, words in self.instance.shuts_out(**wanted).items():
            self.add_error(name, words)
        return cleaned


class EventPage(HubPage):
    """One event: what it is, for whom, what you take away, what happens, and how everyone can take part."""

    event_kind = models.CharField("kind of event", max_length=20, choices=EventKind, blank=True)
    learning_mode = models.CharField("how people learn", max_length=15, choices=LearningMode, blank=True)
    held = models.CharField("how it is held", max_length=10, choices=Held, blank=True)
    who_for = models.CharField(
        "who it is for", max_length=160, blank=True, help_text="Such as: Every colleague who visits families."
    )
    length = models.CharField("how long", max_length=80, blank=True, help_text="Such as: Two days, a week apart.")
    cpd_hours = models.DecimalField(
        "hours of CPD",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(200)],
        help_text="What somebody who comes to all of it may count: continuing professional development.",
    )
    outcomes = StreamField(
        TEXT, blank=True, verbose_name="what you take away", help_text="What people can do afterwards. Verbs first."
    )
    body = StreamField(TEXT, blank=True, verbose_name="what happens", help_text="How the time is spent, and who leads.")
    before = StreamField(TEXT, blank=True, verbose_name="before you come", help_text="What to think about or bring.")
    privacy = StreamField(
        TEXT,
        blank=True,
        verbose_name="what stays in the room",
        help_text="What is kept private and what cannot be. Needed for Rounds, reflective groups and learning sets.",
    )
    access = StreamField(
        TEXT,
        blank=True,
        verbose_name="access and support",
        help_text="Steps, seating, captions, breaks, quiet room, food: what is there, and whom to ask for more.",
    )
    related = StreamField(RELATED, blank=True, max_num=6, verbose_name="goes well with this")
    needs = ParentalManyToManyField(
        "feedback.LearningNeed",
        blank=True,
        related_name="events",
        verbose_name="learning needs that it meets",
        help_text="People who asked to learn one of these are told first when there is a date.",
    )

    kind, kind_slug = "Event", "event"
    reading_class = "events.reading.event.EventReading"
    read_late = (*STREAMS, "related")
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    required_to_publish = (
        "summary",
        "event_kind",
        "learning_mode",
        "held",
        "who_for",
        "length",
        "outcomes",
        "body",
        "access",
        "items",
        "steward",
        "deputy",
        "reviewed_on",
        "next_review",
    )
    search_fields = [*HubPage.search_fields, *(index.SearchField(name) for name in ("who_for", *STREAMS))]

    content_panels = [
        TitleFieldPanel("title", help_text="What the event is called, in the words people use. Sentence case."),
        FieldPanel(
            "summary",
            heading="Purpose",
            help_text="One sentence of at most 160 characters that begins with a verb: Try two tools in a lunch break.",
        ),
        FieldRowPanel([FieldPanel("event_kind"), FieldPanel("learning_mode"), FieldPanel("held")]),
        FieldPanel("who_for"),
        FieldRowPanel([FieldPanel("length"), FieldPanel("cpd_hours")]),
        *(FieldPanel(name) for name in STREAMS),
        FieldPanel("needs", widget=CheckboxSelectMultiple),
        FieldPanel("related"),
    ]
    edit_handler = panels.tabs(
        "The event",
        content_panels,
        fitting=panels.fits(Vocabulary.METHOD, Vocabulary.NEED, Vocabulary.ACCESS, Vocabulary.THEME),
        form=EventForm,
    )

    class Meta:
        verbose_name = "learning event"

    @cached_property
    def rules(self) -> KindRules:
        """What goes for its kind: asked once for all its sessions."""
        return rules_of(self.event_kind)

    def save(self, *args, **kwargs):
        # Every way ends here: a draft that goes live, a program that takes the page off. Saving a draft comes too, for
        # a few fields.
        if kwargs.get("update_fields") is None and (words := self.why_not_live()):
            raise StillBooked(words)
        super().save(*args, **kwargs)

    def why_not_live(self):
        # Pages whose time has come were asked about by the job, which knows the moment (`events.booking.booked_pages`).
        now = {"audience": self.audience, "withdrawn_on": self.withdrawn_on, "live": self.live or self.expired}
        return " ".join(self.shuts_out(**now).values())

    def shuts_out(self, *, audience: str, withdrawn_on: date | None, live: bool) -> dict[str, str]:
        """What of this would shut people out who are booked and can read the page now: field to words."""
        was = HubPage.objects.filter(pk=self.pk, live=True).values("audience", "withdrawn_on").first()
        if was is None:
            return {}
        found = {}
        if not live and self._booked().exists():
            found["live"] = STILL_HERE
        if audience == self.Audience.STAFF != was["audience"] and self._has_partners():
            found["audience"] = PARTNERS_BOOKED
        if withdrawn_on and withdrawn_on != was["withdrawn_on"]:
            there = models.Q(ends_at__date__gte=withdrawn_on) | models.Q(ends_at=None)
            if self._booked().filter(there).exists():
                found["withdrawn_on"] = STILL_BOOKED
        return found

    def _booked(self):
        return self.sessions.still_booked(timezone.now())

    def _has_partners(self) -> bool:
        partners = User.objects.filter(is_active=True, groups__name=Role.PARTNER)
        booked = partners.filter(bookings__session__in=self._booked(), bookings__state__in=LIVE)
        return any(person.is_partner for person in booked.distinct())
