"""A consent holds to the end of its last day in London and not a minute longer; nothing of it stays open afterwards."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from assets.models import HubImage
from stories import consent
from stories.models import FilmPage, StoryPage
from tests.builders import clear, make_text

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
LAST = date(2027, 7, 14)
# The second is a quarter to midnight in London and the 14th on either clock, the third the 15th in London alone.
HOLDS = [
    (datetime(2027, 7, 14, 0, 5, tzinfo=LONDON), True),
    (datetime(2027, 7, 14, 23, 45, tzinfo=LONDON), True),
    (datetime(2027, 7, 15, 0, 15, tzinfo=LONDON), False),
]


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def told(hub, editor):
    """A care leaver's own story, agreed until LAST."""
    with time_machine.travel(datetime(2027, 7, 1, 12, tzinfo=LONDON)):
        page = make_text(StoryPage, "Moving in", publish=False, voice="care-leaver", told_by="A care leaver")
        page.situation = [{"type": "paragraph", "value": "<p>A blue kettle was the first thing I bought.</p>"}]
        clear(page)
        given = {"given_by": "care-leaver", "agreed_on": date(2027, 6, 1), "kept_at": "Form 31"}
        consent.record(page=page, by=editor, ends_on=LAST, now=timezone.now(), **given)
        page.save_revision().publish()
    return StoryPage.objects.get()


@pytest.mark.parametrize(("moment", "holds"), HOLDS, ids=str)
def test_a_story_is_read_to_the_end_of_the_last_day_and_no_longer(told, practitioner, signed_in, moment, holds):
    with time_machine.travel(moment, tick=False):
        reader = signed_in(practitioner)
        assert ("blue kettle" in reader.get(told.address).content.decode()) is holds
        assert (told.address in reader.get("/search/?q=kettle").content.decode()) is holds
        consent.follow_up(now=moment)
        assert StoryPage.objects.get().live is holds


@pytest.mark.parametrize(("moment", "holds"), HOLDS, ids=str)
def test_a_photograph_is_shown_to_the_end_of_the_last_day_and_no_longer(hub, moment, holds):
    picture = HubImage(people_shown="people", consent_until=LAST)
    with time_machine.travel(moment, tick=False):
        assert picture.shown is holds


def picture(title: str, shows: str) -> HubImage:
    file = get_test_image_file(f"{title}.jpg")
    return HubImage.objects.create(title=title, file=file, people_shown=shows, consent_until=date(2030, 1, 1))


def test_a_withdrawal_takes_the_pictures_of_the_draft_too(told, editor):
    """Somebody was about to put a better photograph in: it is of the same person."""
    published, drafted, drawing = picture("bench", "people"), picture("window", "people"), picture("tree", "nobody")
    value = {"alt": "Somebody", "decorative": False, "caption": ""}
    told.situation = [{"type": "picture", "value": {**value, "image": published.pk}}]
    clear(told)
    with time_machine.travel(datetime(2027, 7, 2, 12, tzinfo=LONDON)):
        told.save_revision().publish()
        told.situation = [{"type": "picture", "value": {**value, "image": one.pk}} for one in (drafted, drawing)]
        told.save_revision()
        consent.withdraw(page=StoryPage.objects.get(), by=editor, now=timezone.now())
        assert {one.title: one.shown for one in HubImage.objects.all()} == {
            "bench": False,
            "window": False,
            "tree": True,
        }


def test_what_is_published_with_all_below_it_is_refused_in_words_and_by_name(hub, editor, signed_in):
    """The editor chose the section; the draft that may not go live lies two levels below, among some that may."""
    film = make_text(FilmPage, "Doors that open", publish=False)
    story = make_text(StoryPage, "The kitchen table", publish=False)
    ready = make_text(StoryPage, "Nothing in the way", below=story.get_parent(), publish=False)
    clear(ready)
    desk, ask = signed_in(editor), reverse("wagtail_bulk_action", args=["pages", "hubpage", "publish"])
    address = f"{ask}?id={story.get_parent().pk}&next=/admin/"
    answer = desk.post(address, {"include_descendants": "on"}, follow=True).content.decode()
    assert "Nothing was published" in answer
    for page in (film, story):
        assert page.title in answer
    assert "Write down all that is said" in answer
    assert not StoryPage.objects.live().exists()
    assert not FilmPage.objects.live().exists()
    # Without what lies below, there is nothing to refuse.
    assert "Nothing was published" not in desk.post(address, follow=True).content.decode()


def test_a_consent_is_asked_for_until_the_day_on_which_a_story_is_to_go_live(told):
    assert consent.holds(told.pk, LAST)
    assert not consent.holds(told.pk, LAST + timedelta(days=1))
    assert not consent.holds(None, LAST)
