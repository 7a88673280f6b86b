"""Of the demo, exactly two pages are public, and one waits for an approver."""

import pytest
from django.test import Client
from django.utils import timezone

from home.demo import guidance, loading, planting, public
from notices.models import OutgoingMail
from pages.models import HubPage
from pages.public import waiting_for_approval

pytestmark = pytest.mark.django_db


def test_career_routes_and_the_vacancy_are_public_and_the_thresholds_wait(hub):
    today = timezone.localdate()
    loading.load_people()
    guidance.load(today=today)
    planting.link_related()
    assert public.load(today=today) == 2
    assert public.load(today=today) == 0
    shown = [
        page for page in HubPage.objects.live().filter(depth__gt=1) if Client().get(page.address).status_code == 200
    ]
    assert {page.title for page in shown} == set(public.APPROVED)
    assert [page.title for page in waiting_for_approval()] == ["Lead professional and thresholds"]
    assert not OutgoingMail.objects.exclude(kind="public-page").exists()
