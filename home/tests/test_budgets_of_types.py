"""How often a page of each type asks the database, cold and warm, with the demo content, for two roles that read."""

import pytest
from wagtail.models import get_page_models

from bench import ground
from people.models import User

pytestmark = pytest.mark.django_db

TYPES = [model for model in get_page_models() if model.is_creatable and not model._meta.abstract]
COUNTS_A_TEAM = "what-managers-answer-for"
LISTS = [
    "/guidance/consultations/",
    "/guidance/changes/",
    "/guidance/training-plan/",
    "/guidance/words/",
    "/suggest/",
    "/suggest/tool/",
    "/me/suggestions/",
    "/me/questions/",
    "/me/remarks/",
    "/me/record/",
    "/me/programmes/",
    "/champions/ask/",
]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("who", ["practitioner", "psw"])
def test_a_page_of_every_type(demo, signed_in, model, who):
    client = signed_in(User.objects.get(email=f"{who}@hub.example"))
    pages = model.objects.live().exclude(slug=COUNTS_A_TEAM)
    for page in [page for page in pages if client.get(page.address).status_code == 200][:3]:
        cold, warm = ground.cold_and_warm(client, page.address)
        assert len(cold) <= 16, cold
        assert len(warm) <= 12, warm


def test_what_a_manager_answers_for_counts_a_team_and_costs_a_little_more(demo, signed_in):
    client = signed_in(User.objects.get(email="psw@hub.example"))
    cold, warm = ground.cold_and_warm(client, f"/guidance/{COUNTS_A_TEAM}/")
    assert len(cold) <= 19, cold
    assert len(warm) <= 14, warm


@pytest.mark.parametrize("path", LISTS)
def test_a_screen_of_each_kind(demo, signed_in, path):
    client = signed_in(User.objects.get(email="psw@hub.example"))
    cold, warm = ground.cold_and_warm(client, path)
    assert len(cold) <= 10, cold
    assert len(warm) <= 10, warm
