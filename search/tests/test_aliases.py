"""A page that an editor put in a second place is one page: found once, listed once, looked after once."""

import pytest
from bs4 import BeautifulSoup

from guidance.models import GuidanceIndexPage
from home.duties.waiting import looked_after
from pages.models import HubPage
from pages.reading.request_hub import RequestHub
from pages.tests.test_files import close_to
from people.models import User
from people.roles import Role
from search.index import indexing
from search.models import Entry
from stories.newsletters.editions import candidates
from tests.builders import day_from_now, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool(editor):
    """A tool that stands among guidance, too."""
    tool = make_tool("Paper boats", steward=editor)
    tool.create_alias(parent=HubPage.objects.type(*SECTIONS).first(), update_slug="paper-boats-too")
    return tool


SECTIONS = (GuidanceIndexPage,)


def found(client) -> list[str]:
    page = BeautifulSoup(client.get("/search/?q=paper+boats").content, "html.parser")
    return [link["href"] for link in page.select("ol#results > li a") if link.get_text(strip=True) == "Paper boats"]


def test_search_shows_it_once_and_goes_on_doing_so(tool, practitioner, signed_in):
    client = signed_in(practitioner)
    assert found(client) == [tool.address]
    assert indexing.mend() == 0
    indexing.rebuild()
    assert Entry.objects.filter(title="Paper boats", gone=False).count() == 2
    assert found(client) == [tool.address]


def test_both_addresses_open_it(tool, practitioner, signed_in):
    client = signed_in(practitioner)
    for page in HubPage.objects.filter(title="Paper boats"):
        assert client.get(page.address).status_code == 200


def test_lists_shelves_and_duties_count_it_once(tool, editor, practitioner, signed_in):
    assert looked_after(editor, day_from_now(0)).count() == 1
    client = signed_in(practitioner)
    for address in LISTS:
        assert listed(client, address) == [tool.address], address


def test_what_became_a_page_of_its_own_is_found(tool, practitioner, signed_in):
    copy = HubPage.objects.get(alias_of=tool)
    HubPage.objects.filter(pk=copy.pk).update(alias_of=None)
    indexing.mend()
    assert len(found(signed_in(practitioner))) == 2


def test_where_the_first_place_is_closed_the_open_one_is_found(tool, practitioner, manager, signed_in):
    """Each place has its own privacy: who may open both finds one, who may open one finds that."""
    copies = [HubPage.objects.get(alias_of=tool)]
    copies.append(tool.create_alias(parent=copies[0].get_parent(), update_slug="paper-boats-again"))
    close_to(tool.get_parent(), Role.MANAGER)
    for person, place in ((practitioner, copies[0].address), (manager, tool.address)):
        client = signed_in(person)
        assert found(client) == [place]
        for address in (one for one in LISTS if client.get(one).status_code == 200):
            assert listed(client, address) == [place], (person, address)
    close_to(copies[0].get_parent(), Role.MANAGER)
    client = signed_in(practitioner)
    assert found(client) == []
    assert [listed(client, address) for address in LISTS] == [[]] * len(LISTS)


def test_a_newsletter_offers_the_place_that_its_editor_may_open(tool, editor, rf):
    copy = HubPage.objects.get(alias_of=tool)

    def offered() -> list[str]:
        request = rf.get("/")
        request.user = User.objects.get(pk=editor.pk)
        found = candidates(RequestHub(request), since=day_from_now(-9), words="Paper boats", leave_out=[])
        return [page.address for page in found]

    assert offered() == [tool.address]
    close_to(tool.get_parent(), Role.MANAGER)
    assert offered() == [copy.address]


LISTS = ("/", "/toolkits/", "/practice/portsmouth/ps2/")


def listed(client, address) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser").main
    return [link["href"] for link in page.find_all("a", string="Paper boats")]
