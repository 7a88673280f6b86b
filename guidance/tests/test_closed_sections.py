"""A section for one group, such as the toolkit for interviewers: nowhere to be seen by anybody else, and no dearer."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from bench import ground
from guidance.models import GuidePage, HandbookPage
from pages.models import HubPage
from people.models import User
from people.roles import INTERVIEWERS, Role
from tests.builders import PARAGRAPH, make_person, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def toolkit(hub):
    page = make_text(HandbookPage, "Toolkit for interviewers", body=PARAGRAPH)
    make_text(GuidePage, "Questions about values", below=page, body=PARAGRAPH)
    # With one kind alone, no kinds are counted on the list.
    make_text(GuidePage, "For all who read", body=PARAGRAPH)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name=INTERVIEWERS))
    return page


def interviewer(*roles) -> User:
    person = make_person("interviewer", *roles)
    person.groups.add(Group.objects.get(name=INTERVIEWERS))
    return User.objects.get(pk=person.pk)


def seen_by(client, toolkit) -> dict:
    chapter = f"{toolkit.address}questions-about-values/"
    return {
        "addresses": [client.get(address).status_code for address in (toolkit.address, chapter)],
        "on the list": "Toolkit for interviewers" in client.get("/guidance/").content.decode(),
        "counted": "Handbooks" in client.get("/guidance/").content.decode(),
        "totalled": 'data-total="2"' in client.get("/guidance/").content.decode(),
        "found": "Questions about values" in client.get("/search/?q=questions+about+values").content.decode(),
        "suggested": "Questions about values" in client.get("/search/suggest/?q=values").content.decode(),
    }


def test_an_interviewer_finds_it(toolkit, signed_in):
    seen = seen_by(signed_in(interviewer(Role.PRACTITIONER)), toolkit)
    assert seen.pop("addresses") == [200, 200]
    assert all(seen.values()), seen


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGER, Role.EDITOR, Role.PSW, Role.PARTNER])
def test_others_find_nothing_of_it(toolkit, signed_in, role):
    seen = seen_by(signed_in(make_person("somebody", role)), toolkit)
    assert seen.pop("addresses") == [404, 404]
    assert not any(seen.values()), seen


def test_a_partner_who_interviews_stays_a_partner(toolkit, signed_in):
    make_text(GuidePage, "For staff", body=PARAGRAPH, audience=HubPage.Audience.STAFF)
    person = interviewer(Role.PARTNER)
    assert person.is_partner
    listed = signed_in(person).get("/guidance/").content.decode()
    assert "Toolkit for interviewers" in listed
    assert "For staff" not in listed


def test_leaving_the_group_closes_it_at_once(toolkit, signed_in):
    person = interviewer(Role.PRACTITIONER)
    client = signed_in(person)
    assert client.get(toolkit.address).status_code == 200
    person.groups.remove(Group.objects.get(name=INTERVIEWERS))
    assert client.get(toolkit.address).status_code == 404


def test_a_closed_section_makes_no_other_page_dearer(hub, practitioner, signed_in):
    page, client = make_text(GuidePage, "For all", body=PARAGRAPH), signed_in(practitioner)

    def cost() -> list[int]:
        return [
            len(asked) for path in ("/", "/guidance/", page.address) for asked in ground.cold_and_warm(client, path)
        ]

    before = cost()
    closed = make_text(HandbookPage, "Toolkit", body=PARAGRAPH)
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name=INTERVIEWERS))
    assert cost() == before
