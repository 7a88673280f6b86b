"""The CMS's screens of sessions, where they differ from Wagtail's own: what the gate refuses is said in words."""

from uuid import UUID

import django_filters
from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.utils.forms import FormValidationError

from events.booking.lock import locked
from events.booking.refusals import Busy
from events.briefings.briefing import accept_briefing
from events.models import BriefingRequest, EventPage, Session
from pages.wording import counted
from people.refusals import NotPossible

KEPT = "People have booked this session, so it cannot be deleted. Cancel it on its desk: everybody is told."
WHEN = [("upcoming", "Still to come"), ("over", "Over"), ("none", "No date yet")]


class SessionFilters(WagtailFilterSet):
    """What organisers narrow the list by."""

    when = django_filters.ChoiceFilter(label="When", choices=WHEN, method="by_time", empty_label="At any time")
    event = django_filters.ModelChoiceFilter(
        label="Event", queryset=EventPage.objects.filter(sessions__isnull=False).distinct().order_by("title")
    )

    class Meta:
        model = Session
        fields = ["when", "event", "held"]

    def by_time(self, sessions, name, value):
        now = timezone.now()
        return {
            "upcoming": sessions.filter(ends_at__gt=now),
            "over": sessions.filter(ends_at__lte=now),
            "none": sessions.filter(ends_at=None),
        }.get(value, sessions)


class SessionIndexView(generic.IndexView):
    def get_base_queryset(self):
        late = [f"event__{name}" for name in EventPage.read_late]
        sessions = super().get_base_queryset().select_related("event").defer(*late)
        return sessions.prefetch_related("dates").order_by("-pk")


class Gated:
    """A form whose saving the gate may refuse: nothing is written, and everything typed stays."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                response = super().form_valid(form)
        except NotPossible as error:
            return self._refused(form, error)
        except OperationalError:
            return self._refused(form, Busy())
        except FormValidationError:
            # Wagtail looks through the form once more when it saves, and by then it says what is wrong.
            return self._refused(form)
        self._say_when_overbooked()
        return response

    def _refused(self, form, error: NotPossible | None = None):
        if error:
            form.add_error(None, error.words)
        self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
        return self.form_invalid(form)

    def _say_when_overbooked(self) -> None:
        held, places = self.object.bookings.held().count(), self.object.capacity
        if held > places:
            words = f"Nobody is removed: {held} of {places} places are taken. None is given until there is room again."
            messages.warning(self.request, words)


class SessionCreateView(Gated, generic.CreateView):
    """A new session; `?briefing=` fills in what a team asked for, `?event=` the event that people want a date of."""

    @cached_property
    def briefing(self) -> BriefingRequest | None:
        """The wish that this session answers."""
        key = self.request.GET.get("briefing")
        if not key:
            return None
        try:
            return get_object_or_404(BriefingRequest.objects.select_related("event", "team"), key=UUID(key))
        except ValueError as error:
            raise Http404 from error

    def get_initial_form_instance(self):
        """Whoever makes a session organises it, unless they say otherwise."""
        session = Session(organiser=self.request.user)
        if self.briefing:
            session.event, session.title = self.briefing.event, str(self.briefing.team)[:120]
            session.capacity = self.briefing.people
        elif self.request.GET.get("event", "").isdecimal():
            session.event = EventPage.objects.filter(pk=int(self.request.GET["event"][:15])).first()
        return session

    def get_initial(self):
        teams = [self.briefing.team] if self.briefing else []
        return {**super().get_initial(), "teams": teams}

    def get_add_url(self):
        asked = f"?briefing={self.briefing.key}" if self.briefing else ""
        return super().get_add_url() + asked

    def get_context_data(self, **kwargs):
        if self.briefing and self.request.method == "GET":
            wish = self.briefing
            words = f"{wish.team} asked for {counted(wish.people, 'person', 'people')}, at: {wish.wanted}"
            messages.info(self.request, f"{words}. Saving answers them.")
        return super().get_context_data(**kwargs)

    def save_instance(self):
        session = super().save_instance()
        if self.briefing:
            accept_briefing(request=self.briefing, session=session, by=self.request.user, now=timezone.now())
        return session


class SessionEditView(Gated, generic.EditView):
    """One session, with the way to its desk."""

    @property
    def header_more_buttons(self):
        desk = Button("Who has booked", url=reverse("desk", args=[self.object.key]), icon_name="group", priority=5)
        return [desk, *super().header_more_buttons]


class SessionDeleteView(generic.DeleteView):
    """A session that nobody has booked may go; any other is cancelled on its desk."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.object.bookings.exists():
            context |= {"is_protected": True, "usage_url": None}
            messages.warning(self.request, KEPT)
        return context

    def form_valid(self, form):
        # Nobody can book between the question and the deleting.
        with locked(self.object.pk) as session:
            if not session.bookings.exists():
                return super().form_valid(form)
        messages.error(self.request, KEPT)
        return self.render_to_response(self.get_context_data())
