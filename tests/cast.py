"""The people of the tests, each with a role that means something, and the hub they meet in."""

import io

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from people.models import User
from people.roles import Role
from practice.editions import Kept
from tests.builders import make_person
from tests.harness.database import a_copy_of_the_database, connected_to


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test begins with a hub that is set up: it takes a second, so it is done once and each test rolls back."""
    with django_db_blocker.unblock():
        call_command("setup_hub", verbosity=0, stdout=io.StringIO())
        if hasattr(connection, "_test_serialized_contents"):
            # What comes back after a test that commits (see tests/harness/database.py).
            connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test():
    """Test databases begin at the same edition again and again, so what a process keeps by edition must go."""
    Kept.forget_all()
    for cache in caches.all(initialized_only=True):
        if "LocMem" in type(cache).__name__:
            cache.clear()


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker):
    """The name of a database of its own with the demo content in it: loading takes a while, so it is done once."""
    with django_db_blocker.unblock(), a_copy_of_the_database() as name:
        with connected_to(name):
            call_command("load_demo", stdout=io.StringIO())
        yield name


@pytest.fixture(scope="class")
def demo(demo_database, django_db_blocker):
    """A test, or all of its class, meets the hub with its demo content. What they change is undone."""
    with django_db_blocker.unblock(), connected_to(demo_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def hub(db):
    """A hub as `setup_hub` leaves it: roles, the practice model, the standing pages; no people, no tools."""


def _person(name: str, *roles: Role):
    @pytest.fixture(name=name)
    def person(hub) -> User:
        return make_person(name, *roles)

    return person


practitioner = _person("practitioner", Role.PRACTITIONER)
manager = _person("manager", Role.MANAGER)
editor = _person("editor", Role.EDITOR)
reviewer = _person("reviewer", Role.REVIEWER)
organiser = _person("organiser", Role.ORGANISER)
champion = _person("champion", Role.CHAMPION, Role.PRACTITIONER)
psw = _person("psw", Role.PSW)
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
