"""What a form notices before a question or a story is sent: better to ask once too often than to print a name."""

import pytest

from language.personal_details import LONGEST, clues, first_names


def kinds(text: str, *, certain: bool | None = None) -> set[str]:
    return {clue.kind for clue in clues(text) if certain is None or clue.certain == certain}


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "I work with a boy called Tobiasz who does not speak",
            "a girl named kayleigh will not come out of her room",
            "Her name is Summer and she is five",
            "How do I talk with his sister Rose about it?",
            "Kai, 7, hides under the table",
            "Jayden (9) draws all day",
        ],
    )
    def test_that_are_said_to_be_names_are_certain(self, text):
        assert "name" in kinds(text, certain=True)

    @pytest.mark.parametrize(
        "text",
        [
            "jayden wont talk to me",
            "What would you do with Aisha's worries?",
            "Then Brixley ran off again",
            "Zoë sat down",
            "Zoe\u0308 sat down",
            "Łukasz sat down",
            "Kai-Lee drew a house",
            "it was 𝐊𝐚𝐢 again",
            "his name: brixley",
            "mrs tolland is cross",
            "J, 7, hid",
        ],
    )
    def test_that_stand_alone_are_asked_about(self, text):
        assert "name" in kinds(text, certain=False)

    @pytest.mark.parametrize(
        "text",
        [
            "Tips for a quiet 5-year-old who hides under the table?",
            "How do you begin with Three Houses on a first visit, in 20 minutes?",
            "Is Motivational Interviewing any use by telephone? I tried it on Monday.",
            "My mum says hope may grow. Will it?",
            "Use Social GRACES, 10 minutes, and ask Gran.",
            "Bring cards, 6 of them. Wait. Then listen.",
            "She said that a frank talk of max 20 minutes was best.",
            "",
        ],
    )
    def test_are_not_seen_where_there_are_none(self, text):
        assert clues(text) == []

    def test_of_places_that_the_council_knows_can_be_left_out(self):
        assert kinds("We met in Westbrook again") == {"name"}
        assert clues("We met in Westbrook again", known=frozenset({"westbrook"})) == []

    def test_list_is_not_full_of_everyday_words(self):
        everyday = {
            "will",
            "hope",
            "grace",
            "may",
            "summer",
            "mark",
            "rose",
            "faith",
            "june",
            "jack",
            "joy",
            "art",
            "drew",
        }
        assert not everyday & first_names()
        assert len(first_names()) > 700


class TestWhatElsePointsToAChild:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("She was born on 3 April 2019 and", "born"),
            ("DOB: 03/04/19", "born"),
            ("d.o.b. 2019-04-03", "born"),
            ("J.K. was at school", "initials"),
            ("J.K was at school", "initials"),
            ("J. K. was at school", "initials"),
            ("a girl (J) ran off", "initials"),
            ("Mrs K was cross", "initials"),
            ("DOB: 3 April", "born"),
            ("dob 3 4 2019", "born"),
            ("her birthday is tomorrow, 3 April", "born"),
            ("aged 7 yrs 3 mths", "born"),
            ("Child A told me", "initials"),
            ("the girl, MB, ran off", "initials"),
            ("case number 104233", "number"),
            ("NHS no 943 476 5919", "number"),
            ("ring 07700 900123", "phone"),
            ("write to kai@example.org", "contact"),
            ("they live in PO1 2AB", "place"),
            ("12 Harbour Lane is where", "place"),
        ],
    )
    def test_is_certain(self, text, kind):
        assert kind in kinds(text, certain=True)

    def test_a_date_alone_is_asked_about(self):
        assert kinds("It was 12/03/2026 when we met", certain=False) == {"born"}

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("JB sat down", "initials"),
            ("JBs mum rang", "initials"),
            ("J&K came, then J/K again", "initials"),
            ("JB/KT and JB-KT were in", "initials"),
            ("Visited K at home", "initials"),
            ("the U.K. law", "initials"),
            ("It took 2 years 3 months", "born"),
            ("at 14 elm close", "place"),
        ],
    )
    def test_is_asked_about_where_it_may_be_something_else(self, text, kind):
        assert kinds(text, certain=False) == {kind}
        assert not kinds(text, certain=True)

    @pytest.mark.parametrize("text", ["Q&A and A&E, N/A or B&B", "PLEASE DO/GO NOW", "an NHS/GP letter, and/or"])
    def test_is_not_seen_in_pairs_that_everybody_knows(self, text):
        assert clues(text) == []

    @pytest.mark.parametrize(
        "text", ["In 2026, 550 of 600 came.", "Age 4 to 16, 30 minutes, KSS7 and PS3.", "a 1:1 talk at 10.30"]
    )
    def test_is_not_seen_in_plain_figures(self, text):
        assert clues(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "Plan B is fine, and so is option C’s",
            "room 4 B is free",
            "Somebody aged 7 said so",
            "children aged 7 and a boy aged 9",
            "the family GP rang",
            "PLEASE RUN",
            "then a Q and A is planned",
            "a flat 12 pack of cards",
        ],
    )
    def test_is_not_seen_where_letters_and_ages_are_nobodys(self, text):
        assert clues(text) == []

    def test_a_date_is_no_long_number(self):
        assert not kinds("It was 2026-03-12 when we met, or 12-03-2026", certain=True)

    def test_what_is_certain_once_is_certain(self):
        assert [clue.certain for clue in clues("AVA cried. Then his sister Ava cried")] == [True]

    def test_a_part_of_what_is_certain_is_not_said_again(self):
        found = [clue.words for clue in clues("Meet at 12 Harbour Lane. DOB: 03/04/19")]
        assert sorted(found) == ["12 Harbour Lane", "DOB: 03/04/19"]

    def test_is_found_once_however_often_it_stands_there(self):
        assert [clue.words for clue in clues("jayden and Jayden and JAYDEN’s")] == ["jayden"]

    @pytest.mark.parametrize(
        "text", ["a." * 30_000, "A" * 60_000, "1 " * 30_000, "a b " * 20_000, "😀\x00\ud800" * 900, "(" * 50_000]
    )
    def test_does_not_stop_the_hub_however_odd_the_text(self, text):
        assert isinstance(clues(text), list)
        assert len(text) <= 80_000
        assert LONGEST
