"""Words are found as people write them; editors keep both lists, and two words never explain the same."""

import pytest
from django.urls import reverse

from practice import editions
from practice.models import GlossaryTerm, PhraseToAvoid
from practice.plain_words import plain_words
from practice.seeding import seed_plain_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(hub):
    return plain_words(editions.read().get(editions.VOCABULARY))


def found(look, text: str) -> list[str]:
    return [match.found for match in look.matches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Service users are asked.", ["Service users"]),
        ("The service\n user said", ["service\n user"]),
        ("A LAC review; lac is a resin; LACE, LAC-like", ["LAC"]),
        ("He DNA’d twice, she DNA&#x27;d once", ["DNA’d", "DNA&#x27;d"]),
        ("Utilising robust in order to commence", ["Utilising", "robust", "in order to", "commence"]),
        ("CASCADE is the name of a centre.", []),
        ("A child walks home and says hello.", []),
        ("", []),
    ],
)
def test_a_phrase_is_found_in_the_forms_in_which_it_is_written(look, text, expected):
    assert found(look, text) == expected


def test_each_finding_says_what_is_better_and_why_and_once_only(look):
    (finding,) = look.findings(["A service user.", "Two service users."])
    assert finding.phrase.better.startswith("person, parent")
    assert "Nobody thinks of themselves" in finding.phrase.why


@pytest.mark.parametrize(("text", "slug"), [("ICPC", "child-protection-conference"), ("Genograms", "genogram")])
def test_a_word_is_known_by_all_that_it_is_also_called(look, text, slug):
    assert look.word(text).slug == slug


def test_a_word_that_is_not_to_be_marked_is_left_alone(look):
    assert look.word("advocate") is None


def test_what_editors_change_counts_at_once():
    edition = editions.read().get(editions.VOCABULARY)
    PhraseToAvoid.objects.create(phrase="blue-sky", better="new", why="Plain.", kind="jargon")
    now = editions.read().get(editions.VOCABULARY)
    assert now != edition
    assert found(plain_words(now), "Blue-sky thinking") == ["Blue-sky"]


def test_what_editors_threw_away_does_not_come_back_with_the_next_release(hub):
    PhraseToAvoid.objects.filter(phrase="robust").delete()
    assert seed_plain_words() == 0
    assert not PhraseToAvoid.objects.filter(phrase="robust").exists()


def test_every_meaning_is_short_and_plain(hub, look):
    for term in GlossaryTerm.objects.all():
        assert len(term.meaning) <= 300
        assert look.findings([term.meaning]) == [], term


class TestTheScreensInTheCms:
    def form(self, **changed):
        return {"term": "Doorstep visit", "also_called": "", "meaning": "A short visit.", "source": "", **changed}

    def test_an_editor_adds_a_word_and_a_phrase(self, editor, signed_in):
        desk = signed_in(editor)
        assert desk.post(reverse("glossary:add"), self.form()).status_code == 302
        assert GlossaryTerm.objects.get(term="Doorstep visit").slug == "doorstep-visit"
        phrase = {
            "phrase": "touch base",
            "also": "",
            "better": "talk",
            "why": "Plain.",
            "kind": "jargon",
            "is_on": "on",
        }
        assert desk.post(reverse("phrases:add"), phrase).status_code == 302
        for name in ("glossary:index", "phrases:index"):
            assert desk.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize(
        ("changed", "field", "words"),
        [
            ({"also_called": "ICPC"}, "also_called", "explained already"),
            ({"term": "cp plan"}, "term", "explained already"),
            ({"term": "!!!"}, "term", "Use letters"),
            ({"meaning": "x" * 301}, "meaning", "at most 300"),
            ({"term": "\x00"}, "term", "Null characters"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, editor, signed_in, changed, field, words):
        response = signed_in(editor).post(reverse("glossary:add"), self.form(**changed))
        assert response.status_code == 200
        assert words in str(response.context["form"].errors[field])

    def test_others_do_not_get_there(self, practitioner, signed_in):
        assert signed_in(practitioner).get(reverse("glossary:index")).status_code in {302, 403}
