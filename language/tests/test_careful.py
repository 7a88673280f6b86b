"""Whatever is typed anywhere stops before it names a child: every form of the hub is looked at."""

from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.forms.forms import BaseForm
from wagtail.admin.forms import WagtailAdminModelForm

from language.careful import CarefulForm, found_in, is_written_freely, known_words
from practice.models import KnownWord

NOT_ASKED = {
    "events.reading.desk_forms.CodeForm": "Six letters from a screen.",
    "guidance.programmes.forms.TickForm": "The key of a step, from a button.",
    "insight.forms.FigureForm": "Where a figure comes from: a citation, with names of authors.",
    "stories.consent_forms.ConsentForm": "Where a signed form lies; refuses names by itself.",
    "stories.newsletters.forms.IssueForm": "A page in the making, which goes through the gate of all pages.",
    "people.choosers.PersonFilterForm": "Looks for a colleague by name.",
}
"""Forms in which words are typed that need no question, each with its reason."""


def own_forms() -> dict[str, type[BaseForm]]:
    """Every form class of the hub outside the CMS's own editing forms, by where it stands."""
    rooms = {room.name for room in apps.get_app_configs() if (settings.BASE_DIR / room.name).is_dir()}
    for room in sorted(rooms):
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            if not {"tests", "migrations", "management"} & set(path.parts) and "forms" in path.read_text():
                import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    found, waiting = {}, [BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        room = form.__module__.split(".")[0]
        if room in rooms and not issubclass(form, WagtailAdminModelForm):
            found[f"{form.__module__}.{form.__qualname__}"] = form
    return found


def typed_in(form: type[BaseForm]) -> list[str]:
    return [name for name, field in form.base_fields.items() if is_written_freely(field)]


def test_every_form_in_which_people_write_freely_is_careful_or_says_why_not():
    free = {name: form for name, form in own_forms().items() if typed_in(form) and form is not CarefulForm}
    careless = {name for name, form in free.items() if not issubclass(form, CarefulForm)}
    # Sign-in and the CMS's own forms of people, pictures and files hold addresses, passwords and titles.
    outside = {name for name in careless if name.startswith(("people.forms.", "people.signing_in.", "assets."))}
    assert careless - outside == set(NOT_ASKED)
    for name, form in free.items():
        if issubclass(form, CarefulForm):
            assert set(form.plain) <= set(form.base_fields), name
            assert all(reason for reason in form.plain.values()), name


class Note(CarefulForm):
    plain = {"source": "Names of authors."}
    note = forms.CharField(required=False)
    source = forms.CharField(required=False)


@pytest.mark.usefixtures("hub")
@pytest.mark.django_db
class TestAForm:
    def test_asks_once_and_keeps_what_was_typed(self):
        form = Note({"note": "JB sat under the table"})
        assert not form.is_valid()
        assert form["note"].value() == "JB sat under the table"
        assert list(form)[-1].name == "nobody"
        assert not form["nobody"].is_hidden
        assert Note({"note": "JB sat under the table", "nobody": "on"}).is_valid()

    def test_does_not_show_the_box_to_those_who_need_it_not(self):
        form = Note({"note": "I could come"})
        assert form.is_valid()
        assert form["nobody"].is_hidden

    def test_is_not_sent_with_a_date_of_birth_whatever_is_ticked(self):
        assert not Note({"note": "DOB 3/4/2019", "nobody": "on"}).is_valid()

    def test_leaves_alone_what_it_says_that_it_leaves_alone(self):
        assert Note({"source": "Kim Berg and Steve Smith, 2008"}).is_valid()

    def test_lets_a_colleague_give_a_number_to_ring_where_that_is_theirs_to_give(self):
        class Booking(Note):
            ours = frozenset({"phone"})

        assert not Booking({"note": "ring me on 07700 900123"}).is_valid()
        assert Booking({"note": "ring me on 07700 900123", "nobody": "on"}).is_valid()
        assert not Note({"note": "ring me on 07700 900123", "nobody": "on"}).is_valid()


@pytest.mark.usefixtures("hub")
@pytest.mark.django_db
class TestWhatTheHubKnows:
    @pytest.mark.parametrize("words", ["CIN", "EHCP", "TAF", "PSW", "A&E", "GP", "ICO", "KSS"])
    def test_names_nobody(self, words):
        assert found_in(f"a meeting about {words} yesterday") == []

    def test_never_makes_a_first_name_unknown(self, hub):
        KnownWord.objects.create(word="Jayden")
        KnownWord.objects.create(word="XQ", meaning="A new form")
        assert "jayden" not in known_words()
        assert found_in("The XQ is new") == []
        assert found_in("jayden wont talk")
