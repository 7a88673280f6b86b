"""Of the demo, exactly two pages are public, and one waits for an approver."""

import pytest
from django.test import Client
from django.utils import timezone

from demo import guidance, loading, planting
from notices.models import OutgoingMail
from pages.models import HubPage, PublicApproval
from pages.public.approved import waiting_for_approval

pytestmark = pytest.mark.django_db


def test_career_routes_and_the_vacancy_are_public_and_the_thresholds_wait(hub):
    loading.load_people()
    guidance.load(today=timezone.localdate())
    planting.link_related()
    guidance.open_to_everybody()
    guidance.open_to_everybody()
    pages = HubPage.objects.live().filter(depth__gt=1)
    shown = {page.slug for page in pages if Client().get(page.address).status_code == 200}
    assert shown == set(guidance.PUBLIC)
    assert PublicApproval.objects.count() == 2
    assert [page.slug for page in waiting_for_approval(timezone.localdate())] == ["lead-professional-and-thresholds"]
    assert not OutgoingMail.objects.exclude(kind="public-page").exists()
