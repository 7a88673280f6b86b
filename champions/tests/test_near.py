"""Whom to ask about a page, whatever page it is."""

import pytest

from champions.tests.test_champions import make_champion
from pages.models import HubPage

pytestmark = pytest.mark.django_db


def test_every_page_of_the_hub_can_be_asked_about(practitioner, champion, signed_in):
    make_champion(person=champion)
    client = signed_in(practitioner)
    for pk in HubPage.objects.values_list("pk", flat=True):
        assert client.get(f"/champions/ask/?about={pk}").status_code == 200
