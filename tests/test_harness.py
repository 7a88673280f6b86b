"""The tests' own ground: what one test commits is not there for the next, and what migrations made always is."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Site


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_that_commits_begins_with_what_the_migrations_made(turn):
    assert not get_user_model().objects.exists()
    assert Locale.objects.exists()
    assert Site.objects.exists()
    get_user_model().objects.create_user(f"{turn}@hub.example", "a long enough password")
