"""What people fill in when they book, cancel and hand over."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone

from events.booking.discretion import keeps_names
from events.booking.verbs import Wanted
from events.models import Attendance, Booking, Provision, Session
from events.states import Reason
from language.careful import OURS, CarefulForm
from pages.wording import counted
from people.models import User

CHOICES_SHOWN = 3
"""How many breakouts somebody ranks at most."""

LONGEST_AWAY = timedelta(days=366)

DELETED = f"Only the organiser sees this. It is deleted {settings.HUB_PROVISION_DAYS} days after the session."


class WishesForm(forms.Form):
    """Which breakouts somebody would like, the dearest first. None is a must."""

    def offer_breakouts(self, session: Session) -> None:
        breakouts = list(session.breakouts.all())
        for rank in range(1, min(CHOICES_SHOWN, len(breakouts)) + 1):
            self.fields[f"breakout{rank}"] = forms.ChoiceField(
                label=f"Breakout, {['first', 'second', 'third'][rank - 1]} choice",
                choices=[
                    ("", "No wish"),
                    *((one.pk, f"{one.title} ({counted(one.capacity, 'place')})") for one in breakouts),
                ],
                required=False,
                error_messages={"invalid_choice": "Choose one of the breakouts in the list."},
            )
        self.order_fields([name for name in self.fields if name.startswith("breakout")])

    @classmethod
    def of(cls, booking: Booking, **kwargs) -> "WishesForm":
        """Filled in with what was wished for."""
        wishes = {f"breakout{wish.rank}": wish.breakout_id for wish in booking.wishes.all()}
        form = cls(initial=wishes, **kwargs)
        form.offer_breakouts(booking.session)
        return form

    @classmethod
    def sent(cls, typed, booking: Booking, **kwargs) -> "WishesForm":
        form = cls(typed, **kwargs)
        form.offer_breakouts(booking.session)
        return form

    def ranked(self) -> list[int]:
        """The breakouts by number, the dearest first."""
        given = sorted(self.cleaned_data.items())
        return [int(value) for name, value in given if name.startswith("breakout") and value]


class TellingForm(CarefulForm):
    """What the organiser is to know of somebody who comes. All of it may stay empty."""

    ours = OURS

    note = forms.CharField(
        label="A note to the organiser",
        max_length=300,
        required=False,
        help_text="For example: I would like to sit near the door. Please do not name a child or family.",
    )
    access = forms.CharField(
        label="What we can provide so that you can take part",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Such as captions, a step-free way or a quiet place. No need to say why. {DELETED}",
    )
    food = forms.CharField(
        label="Food you need",
        max_length=200,
        required=False,
        help_text=f"Such as vegan, halal or no nuts. {DELETED} The caterer gets numbers, not names.",
    )

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        if not keeps_names(session):
            del self.fields["note"]

    @classmethod
    def of(cls, booking: Booking, **kwargs) -> "TellingForm":
        """Filled in with what was said."""
        provision = Provision.objects.filter(booking=booking).values("access", "food").first() or {}
        return cls(session=booking.session, initial={"note": booking.note, **provision}, **kwargs)

    @property
    def says_something(self) -> bool:
        return any(self.initial.get(name) for name in self.fields)


class BookingForm(TellingForm, WishesForm):
    """All that somebody may add when they book: pressing the button is enough."""

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, session=session, **kwargs)
        self.offer_breakouts(session)

    def written(self) -> list[str]:
        """The words that somebody wrote, without the choices."""
        return [self.cleaned_data[name] for name in ("note", "access", "food") if self.cleaned_data.get(name)]

    def wanted(self) -> Wanted:
        """What was filled in, as the gate takes it."""
        given = self.cleaned_data
        note = given.get("note", "")
        return Wanted(note=note, breakouts=self.ranked(), access=given["access"], food=given["food"])


class LeaveForm(CarefulForm):
    """Why somebody cannot come: never a must."""

    ours = OURS

    reason = forms.ChoiceField(
        label="What came up?",
        choices=[("", "I would rather not say"), *Reason.choices],
        required=False,
        error_messages={"invalid_choice": "Choose one of the reasons in the list, or none."},
    )
    words = forms.CharField(
        label="Anything to add",
        max_length=300,
        required=False,
        help_text="The organiser can read it. Please do not name a child or family.",
    )

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        if not keeps_names(session):
            del self.fields["words"]


class MissedForm(CarefulForm):
    """What happened, when somebody had a place and did not come."""

    ours = OURS

    why = forms.ChoiceField(
        label="What happened?",
        choices=Attendance.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “Something else” is an answer too."},
    )
    words = forms.CharField(
        label="Anything to add",
        max_length=300,
        required=False,
        help_text="The organiser can read it. Please do not name a child or family.",
    )

    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("why", "words")}


class HandOverForm(forms.Form):
    """Who comes instead."""

    colleague = forms.EmailField(
        label="Your colleague’s e-mail address",
        help_text="They are told at once, and can give the place up if it does not suit them.",
        error_messages={"invalid": "Write the whole address, such as amina@hub.example."},
    )

    def clean_colleague(self) -> User:
        person = User.objects.filter(email__iexact=self.cleaned_data["colleague"], is_active=True).first()
        if not person:
            raise forms.ValidationError("Nobody on the hub has this address. Check how it is spelt.")
        return person


class SessionField(forms.ModelChoiceField):
    """One of several sessions, each with its date: those of one event are often called the same."""

    def label_from_instance(self, session: Session) -> str:
        return f"{session}, {session.where_when.in_short}"


class KeepPlacesForm(forms.Form):
    """Places for the team, named later."""

    session = SessionField(Session.objects.none(), label="Session", empty_label="Choose a session", to_field_name="key")
    number = forms.IntegerField(label="How many places", min_value=1, max_value=20)

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions


class ReportForm(forms.Form):
    """Somebody of the team."""

    person = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose a person")

    def __init__(self, *args, manager: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = manager.reports.filter(is_active=True).order_by("first_name", "last_name")


class BookForForm(ReportForm, KeepPlacesForm):
    """A session for somebody of the team."""

    number = None
    field_order = ["person", "session"]

    def __init__(self, *args, manager: User, sessions, **kwargs):
        super().__init__(*args, manager=manager, sessions=sessions, **kwargs)


class AwayForm(forms.Form):
    """Who answers requests while a manager is away."""

    deputy = forms.EmailField(
        label="E-mail address of who answers",
        help_text="A colleague who may say yes or no for you.",
        error_messages={"required": "Say who answers.", "invalid": "Write the whole address of a colleague."},
    )
    from_day = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=timezone.localdate
    )
    until_day = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, manager: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.manager = manager

    def clean_deputy(self) -> User:
        deputy = User.objects.filter(email__iexact=self.cleaned_data["deputy"], is_active=True).first()
        if not deputy or deputy.is_partner:
            raise forms.ValidationError("No colleague on the hub has this address. Check how it is spelt.")
        if deputy.pk == self.manager.pk:
            raise forms.ValidationError("This is you. Choose somebody else.")
        return deputy

    def clean(self):
        given = super().clean()
        starts, ends = given.get("from_day"), given.get("until_day")
        if starts and ends and ends < starts:
            self.add_error("until_day", "The last day cannot be before the first.")
        elif ends and ends < timezone.localdate():
            self.add_error("until_day", "This day has passed already.")
        elif ends and ends > timezone.localdate() + LONGEST_AWAY:
            self.add_error("until_day", "At most a year from now. Check the year.")
        return given
