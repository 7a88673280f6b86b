"""Half past midnight in summer: what was done now was done today, not yesterday."""

import pytest

from guidance.models import CareerPage
from pages.models import HubPage
from pages.public.approved import public_state
from pages.public.approving import approve
from pages.wording import day
from tests.builders import make_text
from tests.clock import london_day


def test_a_moment_is_written_as_its_day_in_london(summer_night):
    assert day(summer_night) == day(london_day(summer_night)) == "15 July 2027"


@pytest.mark.django_db
def test_an_approval_is_of_the_day_on_the_wall(summer_night, editor, psw):
    page = make_text(CareerPage, "Ways in", publish=False, steward=editor)
    page.audience = HubPage.Audience.PUBLIC
    page.save_revision(user=editor).publish()
    approve(page=page, by=psw, now=summer_night)
    assert "approved it on 15 July 2027" in public_state(page, london_day(summer_night)).words
