import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from demo import loading, writing
from home.models import ChosenPage, HomePage
from people.models import User
from tests.builders import make_tool
from toolkits.models import ToolPage

TITLES = [
    "Worries, good things and hopes: a three-part drawing",
    "My safe place map",
    "Feelings faces and weather cards",
    "When a child does not want to talk: low-pressure openers",
    "People in my life: circles map",
    "Draw the family tree together: genogram guide",
    "Sociogram: who is close, who is tricky",
    "Impact chronology builder",
    "A day in my life",
    "Watching and wondering: babies and children before words",
    "Picture choices board for children who use few words",
    "Why I am here: plain-words explainer",
    "Motivational conversations with parents",
    "Restorative conversation prompts",
    "Social GRACES reflection cards",
    "One-page shared plan",
    "Talking safely about domestic abuse with a child",
    "When a grown-up drinks or uses drugs",
    "Life story starter pages",
    "Walk and talk: prompts for teenagers",
    "Safe people and places: exploitation map",
    "Getting ready for a conference",
    "Strengths-based education plan prompts",
    "One family, one plan: joining up agencies",
]


def load_demo() -> str:
    told = io.StringIO()
    call_command("load_demo", stdout=told)
    return told.getvalue()


class TestDemo:
    @pytest.mark.django_db
    def test_the_demo_has_every_tool_and_account_and_a_second_load_adds_nothing(self, demo):
        assert sorted(ToolPage.objects.live().values_list("title", flat=True)) == sorted(TITLES)
        accounts = "practitioner practitioner2 manager editor reviewer organiser champion psw partner admin".split()
        assert set(User.objects.values_list("email", flat=True)) >= {f"{name}@hub.example" for name in accounts}
        assert "0 new tools" in load_demo()
        assert ToolPage.objects.count() == 24

    @pytest.mark.django_db
    def test_every_tool_is_fit_to_be_published_and_every_state_of_review_is_seen(self, demo):
        today = timezone.localdate()
        states = set()
        for tool in ToolPage.objects.all():
            tool.full_clean()
            states.add(tool.state(today).slug)
            assert tool.items.exists()
            assert tool.tags.exists()
            assert tool.languages.exists()
            assert tool.related_tools.count() >= 2
        assert states == {"current", "due", "overdue"}

    @pytest.mark.django_db
    def test_whoever_came_to_the_meeting_of_an_hour_and_a_half_has_it_counted_once(self, demo, signed_in):
        load_demo()
        person = User.objects.get(email="practitioner@hub.example")
        meeting = person.time_entries.get(minutes=90)
        address = f"/me/time/{meeting.on.year}/{meeting.on.month}/"
        assert "<strong>1.5 of 2 hours</strong>" in signed_in(person).get(address).content.decode()

    @pytest.mark.django_db
    def test_the_demo_is_not_loaded_where_its_passwords_would_be_a_door(self, settings):
        settings.PRODUCTION = True
        with pytest.raises(CommandError, match="production"):
            load_demo()

    @pytest.mark.parametrize("path", loading.tool_files(), ids=lambda path: path.stem)
    def test_a_text_is_whole_and_of_a_length_to_be_read_at_six_in_the_evening(self, path):
        facts, sections = writing.read(path)
        assert list(sections) == list(writing.SECTIONS.values())
        words = re.findall(r"[\w’'-]+", path.read_text().split("+++\n", 2)[2])
        assert 300 <= len(words) <= 700
        assert len(facts["purpose"]) <= 160
        assert facts["owner"] != facts["deputy"]

    def test_a_file_that_breaks_the_form_is_named(self, tmp_path):
        path = Path(tmp_path) / "t99.md"
        path.write_text('+++\nid = "T99"\n+++\n\n## Sing\nla la\n')
        with pytest.raises(writing.BadText, match=r"t99\.md: unknown section 'Sing'"):
            writing.read(path)


@pytest.mark.django_db
class TestHome:
    def test_it_greets_by_name_and_has_a_place_for_bookings_and_time(self, practitioner, signed_in):
        page = signed_in(practitioner).get("/").content.decode()
        assert "Your week, Practitioner" in page
        assert "Protected time" in page

    def test_a_hub_without_tools_says_so(self, practitioner, signed_in):
        assert "No tools yet" in signed_in(practitioner).get("/").content.decode()

    def test_editors_choose_what_stands_first(self, practitioner, signed_in):
        make_tool("Newest")
        chosen = make_tool("Chosen")
        home = HomePage.objects.get()
        home.chosen_pages = [ChosenPage(page=chosen.hubpage_ptr)]
        home.save_revision().publish()
        response = signed_in(practitioner).get("/")
        assert [card.title for card in response.context["home"].tools] == ["Chosen"]

    def test_a_scheduled_tool_goes_live_when_its_time_comes(self, practitioner, signed_in, time_machine_at):
        tool = make_tool("Tomorrow", publish=False)
        tool.go_live_at = timezone.now() + timedelta(days=1)
        tool.save_revision().publish()
        client = signed_in(practitioner)
        assert "Tomorrow" not in client.get("/toolkits/").content.decode()
        with time_machine_at(timezone.now() + timedelta(days=1, minutes=1)):
            call_command("run_jobs")
            assert "Tomorrow" in signed_in(practitioner).get("/toolkits/").content.decode()


@pytest.fixture
def time_machine_at():
    import time_machine

    return lambda moment: time_machine.travel(moment, tick=True)


def test_what_is_scheduled_goes_live_and_comes_off_at_the_moment_that_the_jobs_are_told(hub):
    tool = make_tool("Paper boats", publish=False)
    moment = timezone.now() + timedelta(days=3)
    tool.go_live_at, tool.expire_at = moment, moment + timedelta(days=2)
    tool.save_revision().publish()
    for days, live in ((0, False), (1, True), (3, False)):
        call_command("run_jobs", at=(moment + timedelta(days=days, minutes=-1)).isoformat())
        tool.refresh_from_db()
        assert tool.live is live


@pytest.mark.django_db
def test_career_pages_of_the_demo_are_read_without_signing_in_and_nothing_else_is(demo, client):
    assert client.get("/guidance/career-routes/").status_code == 200
    assert client.get("/guidance/social-worker-assessment-team/").status_code == 200
    for address in ("/", "/guidance/", "/toolkits/walk-and-talk-teenagers/", "/guidance/supervision-policy/"):
        assert client.get(address).status_code == 302
