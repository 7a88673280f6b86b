"""The people of the tests, each with a role that means something, and the hub they meet in."""

import io

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from people.models import User
from people.roles import Role
from practice.editions import Kept
from tests.builders import make_person


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test():
    """Test databases begin at the same edition again and again, so what a process keeps by edition must go."""
    Kept.forget_all()
    for cache in caches.all(initialized_only=True):
        if "LocMem" in type(cache).__name__:
            cache.clear()


@pytest.fixture
def hub(db):
    """A hub as `setup_hub` leaves it: roles, the practice model, the standing pages; no people, no tools."""
    call_command("setup_hub", verbosity=0, stdout=io.StringIO())


def _person(name: str, *roles: Role):
    @pytest.fixture(name=name)
    def person(hub) -> User:
        return make_person(name, *roles)

    return person


practitioner = _person("practitioner", Role.PRACTITIONER)
manager = _person("manager", Role.MANAGER)
editor = _person("editor", Role.EDITOR)
reviewer = _person("reviewer", Role.REVIEWER)
partner = _person("partner", Role.PARTNER)
administrator = _person("administrator", Role.ADMINISTRATOR)


@pytest.fixture
def signed_in():
    """A browser without scripts in which that person is signed in."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in
