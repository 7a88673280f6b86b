"""The form of a session in the CMS. Saving goes through the gate, so that people are told and the queue moves up."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from events.booking.lock import locked
from events.booking.noting import noting
from events.booking.organising import settle_dates
from events.booking.wishing import telling_of_breakouts
from events.booking.written_down import is_written_down, refuse_another_day
from events.dates.series import Every, repeated, walls
from events.models import Breakout, Session, SessionDate, rules_of
from pages.editing.moments import local_moment
from pages.editing.seen import SEEN, mark_of, refuse_unseen, seen_field
from people.refusals import NotPossible
from people.roles import Role

REPEATS = [
    ("", "Just these dates"),
    (Every.WEEK, "Every week"),
    (Every.TWO_WEEKS, "Every two weeks"),
    (Every.FOUR_WEEKS, "Every four weeks"),
    (Every.MONTH, "Every month on the same weekday"),
]
PAST = "This has passed already. Choose a time that is still to come."
IN_THE_WAY = "People have booked this date. Cancel it on the session’s desk instead, so that they are told."
CANCELLED = "This date was cancelled. It stays on the list, so that everybody’s calendar can be put right."
MOVED_ALL_THE_SAME = "This date was cancelled, so it cannot be moved. Add a new date instead."
CALLED_OFF = "This session was cancelled and everybody was told, so nobody would come. Make another session instead."
CHANGED_MEANWHILE = (
    "Somebody else has changed this session since you opened it. It is now: {}. "
    "What you typed stands below and is not saved yet. Look it through, and save again."
)
WHERE_AND_WHEN = ("starts_at", "ends_at", "place")
HELD_ALREADY = "It is written down who came on this date, so it is kept."
NO_MANAGER = "At events of this kind managers do not learn who comes, so none can approve. Untick this."
NO_NAMES = "At events of this kind organisers see no names, so they cannot choose who comes. Choose another rule."
ELSEWHERE = "People have booked this session, so it stays with its event. Make another session instead."


class SessionForm(WagtailAdminModelForm):
    """What can be booked, with its dates and breakouts."""

    for_roles = forms.MultipleChoiceField(
        label="Only for",
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing ticked: for everyone who may read of it.",
    )
    repeat = forms.ChoiceField(
        label="Repeat the first date",
        choices=REPEATS,
        required=False,
        help_text="Adds dates to the first one, when the session is made.",
    )
    times = forms.IntegerField(
        label="How many dates in all",
        required=False,
        validators=[MinValueValidator(2), MaxValueValidator(52)],
        help_text="From 2 to 52.",
    )
    singly = forms.BooleanField(
        label="Each date is booked by itself",
        required=False,
        help_text="Makes a session of each date, such as a monthly group. Otherwise all dates are booked as one.",
    )

    seen = seen_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.mark, self.plan = _mark_of(self.instance), self.instance.where_when
            self.initial[SEEN] = self.mark
            # A series is made once; later its dates are changed one by one.
            for name in ("repeat", "times", "singly"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("repeat") and not cleaned.get("times"):
            self.add_error("times", "Say how many dates there are in all.")
        self._refuse_what_needs_names(cleaned)
        if self.instance.pk and "event" in self.changed_data and self._is_booked:
            self.add_error("event", ELSEWHERE)
        if self.instance.pk:
            refuse_unseen(self, self.mark, CHANGED_MEANWHILE.format("; ".join(self.plan.lines)))
        return cleaned

    def _refuse_what_needs_names(self, cleaned: dict) -> None:
        """At kinds where nobody else may know who comes, no manager is asked and nobody is let in by name."""
        if not cleaned.get("event"):
            return
        rules = rules_of(cleaned["event"].event_kind)
        if cleaned.get("needs_approval") and not rules.managers_see:
            self.add_error("needs_approval", NO_MANAGER)
        if cleaned.get("waiting_rule") == Session.WaitingRule.BY_HAND and rules.counts_heads:
            self.add_error("waiting_rule", NO_NAMES)

    @property
    def _is_booked(self) -> bool:
        return self.instance.bookings.live().exists()

    def is_valid(self) -> bool:
        return super().is_valid() and self._dates_are_possible()

    def _dates_are_possible(self) -> bool:
        now, possible = timezone.now(), True
        booked = bool(self.instance.pk) and self._is_booked
        dates = self.formsets["dates"]
        for form in dates.forms:
            if form in dates.deleted_forms:
                words = form.instance.pk and why_kept(form.instance, booked=booked)
                if words:
                    form.add_error(None, words)
                    possible = False
            elif words := self._why_off(form, form.instance):
                form.add_error(None, words)
                possible = False
            elif {"starts_at", "ends_at"} & set(form.changed_data) and form.cleaned_data.get("starts_at", now) < now:
                form.add_error("starts_at", PAST)
                possible = False
            elif form.instance.pk and (words := _why_on_its_day(form)):
                form.add_error("starts_at", words)
                possible = False
        if self.cleaned_data.get("repeat") and not self._first_date():
            self.add_error("repeat", "Add the first date, so that it can be repeated.")
            possible = False
        return possible and self._series_is_possible()

    def _series_is_possible(self) -> bool:
        """Each date of a series is one that could be typed: none at an hour that is not there, or comes twice."""
        every, times, first = self.cleaned_data.get("repeat"), self.cleaned_data.get("times"), self._first_date()
        if not (every and times and first):
            return True
        for wall in walls(first.starts_at, Every(every), times)[1:]:
            try:
                local_moment(wall)
            except forms.ValidationError as error:
                self.add_error("repeat", f"{error.messages[0]} Or add the dates one by one.")
                return False
        return True

    def _why_off(self, form, date: SessionDate) -> str:
        """Why a date cannot be changed or added where it, or all of it, was called off; nothing where it can."""
        if not set(WHERE_AND_WHEN) & set(form.changed_data):
            return ""
        if date.cancelled_at:
            return MOVED_ALL_THE_SAME
        return CALLED_OFF if self.instance.cancelled_at and not date.pk else ""

    def _first_date(self) -> SessionDate | None:
        dates = self.formsets["dates"]
        kept = [form.instance for form in dates.forms if form not in dates.deleted_forms and form.instance.starts_at]
        return min(kept, key=lambda date: date.starts_at, default=None)

    def save(self, commit=True) -> Session:
        if not self.instance.pk:
            session = super().save(commit=commit)
            self._repeat(session)
            return session
        with locked(self.instance.pk) as now_:
            return self._save_changed(now_)

    def _save_changed(self, fresh: Session) -> Session:
        """Under the lock: what was done on the desk meanwhile stays, everyone is told of moves, the queue moves up."""
        now, began = timezone.now(), fresh.starts_at
        known = {date.pk: date for date in fresh.dates.all()}
        _keep_others_work(self.instance, fresh, ("cancelled_at", "cancelled_because"))
        self._refuse_what_was_booked_meanwhile(known)
        for form in self.formsets["dates"].forms:
            if form.instance.pk in known:
                theirs = ("cancelled_at", "cancelled_because", "heads", "others", "list_closed_at")
                _keep_others_work(form.instance, known[form.instance.pk], theirs)
        with noting(fresh, by=self.for_user, now=now), telling_of_breakouts(fresh, by=self.for_user, now=now):
            self._let_names_be_exchanged()
            super().save()
        settle_dates(fresh, began=began, now=now)
        return self.instance

    def _let_names_be_exchanged(self) -> None:
        """Rows are written one by one: a name that another breakout gets is free only once its own has let it go."""
        renamed = [form.instance.pk for form in self.formsets["breakouts"].forms if "title" in form.changed_data]
        nameless = Concat(Value("\t"), Cast("pk", CharField()))
        Breakout.objects.filter(session=self.instance.pk, pk__in=renamed).update(title=nameless)

    def _refuse_what_was_booked_meanwhile(self, known: dict[int, SessionDate]) -> None:
        """Asked again behind the lock: somebody may have pressed "Book" since the form was looked through."""
        booked = self._is_booked
        for form in self.formsets["dates"].deleted_forms:
            words = form.instance.pk in known and why_kept(known[form.instance.pk], booked=booked)
            if words:
                raise NotPossible(words, code="booked")
        for form in self.formsets["dates"].forms:
            if form in self.formsets["dates"].deleted_forms:
                continue
            if words := self._why_off(form, known.get(form.instance.pk, form.instance)):
                raise NotPossible(words, code="cancelled")
            if form.instance.pk in known:
                refuse_another_day(known[form.instance.pk], form.instance.starts_at)
        if "event" in self.changed_data and booked:
            raise NotPossible(ELSEWHERE, code="booked")

    def _repeat(self, session: Session) -> None:
        every, times = self.cleaned_data.get("repeat"), self.cleaned_data.get("times")
        first = session.dates.order_by("starts_at").first()
        if not (every and times and first):
            return
        length = first.ends_at - first.starts_at
        for starts in repeated(first.starts_at, Every(every), times)[1:]:
            where = _copy_of(self.instance) if self.cleaned_data.get("singly") else session
            SessionDate.objects.create(session=where, starts_at=starts, ends_at=starts + length, place=first.place)


def _mark_of(session: Session) -> str:
    """All that this form and the desk can both change."""
    dates = [(one.pk, one.starts_at, one.ends_at, one.place, one.cancelled_at) for one in session.dates.all()]
    return mark_of(session.title, session.held, session.place, session.capacity, session.cancelled_at, dates)


def why_kept(date: SessionDate, *, booked: bool) -> str:
    """Why a date cannot simply be taken away, in words; nothing where it can."""
    if is_written_down(date):
        return HELD_ALREADY
    return (CANCELLED if date.cancelled_at else IN_THE_WAY) if booked else ""


def _why_on_its_day(form) -> str:
    """Why a date cannot go to another day, in words; nothing where it can."""
    try:
        refuse_another_day(SessionDate.objects.get(pk=form.instance.pk), form.instance.starts_at)
    except NotPossible as refused:
        return refused.words
    return ""


def _keep_others_work(stale, fresh, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(stale, name, getattr(fresh, name))


def _copy_of(filled_in: Session) -> Session:
    """Another session like it, without dates: the next of a series that is booked date by date."""
    names = [field.name for field in Session._meta.concrete_fields if field.name not in ("id", "key", "created_at")]
    # A time to open or close belongs to one date; the others open at once.
    own = {"opens_at": None, "closes_at": None, "queue_closes_at": None}
    copy = Session.objects.create(**{**{name: getattr(filled_in, name) for name in names}, **own})
    copy.teams.set(filled_in.teams.all())
    return copy
