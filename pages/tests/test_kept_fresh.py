"""What is kept in memory is never older than what an editor has done: each change is seen at the next look."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import PageViewRestriction, Site

from assets.models import HubDocument
from pages.lists.carried import carried_by, carried_in_memory
from pages.models import BrandSettings, HubPage
from people.roles import Role
from practice import editions
from practice.models import Item, Standard, Term
from tests.builders import make_person, make_tool
from toolkits.models import ToolDownload, ToolPage

pytestmark = pytest.mark.django_db


def content_edition() -> int:
    return editions.read().get(editions.CONTENT, 1)


@pytest.fixture
def reader(practitioner, signed_in):
    return signed_in(practitioner)


def page(client, address: str) -> str:
    return client.get(address).content.decode()


class TestWhatBumps:
    @pytest.fixture
    def tool(self, hub):
        return make_tool()

    def changed_by(self, change) -> bool:
        before = content_edition()
        change()
        return content_edition() > before

    def test_opening_and_closing_a_section(self, tool):
        made = []
        assert self.changed_by(
            lambda: made.append(PageViewRestriction.objects.create(page=tool, restriction_type="groups"))
        )
        assert self.changed_by(lambda: made[0].groups.add(Group.objects.get(name=Role.EDITOR)))
        assert self.changed_by(made[0].delete)

    def test_the_brand_and_the_site(self, hub):
        made = []
        assert self.changed_by(lambda: made.append(BrandSettings.objects.create(site=Site.objects.get(), name="Ours")))
        assert self.changed_by(made[0].save)
        assert self.changed_by(Site.objects.get().save)

    def test_what_a_group_may_do(self, hub):
        group = Group.objects.get(name=Role.CHAMPION)
        permission = Group.objects.get(name=Role.EDITOR).permissions.first()
        assert self.changed_by(lambda: group.permissions.add(permission))

    def test_a_new_address(self, tool):
        tool.slug = "paper-ships"
        assert self.changed_by(lambda: tool.save_revision().publish())

    def test_a_copy_that_is_live_at_once(self, tool):
        assert self.changed_by(lambda: tool.copy(update_attrs={"slug": "copied"}, keep_live=True))

    def test_an_alias_which_is_live_at_once(self, tool):
        assert self.changed_by(lambda: tool.create_alias(update_slug="alias"))

    def test_nothing_that_only_its_writer_sees(self, tool, practitioner):
        def what_only_its_writer_sees():
            tool.title = "Draft"
            tool.save_revision()
            make_tool("New draft", publish=False)
            practitioner.appearance = "dark"
            practitioner.save()

        assert not self.changed_by(what_only_its_writer_sees)


class TestWhatReadersSee:
    def test_an_owner_who_marries_or_leaves(self, reader, hub):
        owner = make_person("maya")
        tool = make_tool(steward=owner)
        assert "Maya Test" in page(reader, tool.address)
        owner.last_name = "Lindqvist"
        owner.save()
        assert "Maya Lindqvist" in page(reader, tool.address)
        owner.delete()
        assert "Maya" not in page(reader, tool.address)

    def test_a_file_that_was_taken_away_is_offered_no_more(self, reader, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        document = HubDocument.objects.create(title="Sheet", file=ContentFile(b"%PDF", "sheet.pdf"))
        tool = make_tool()
        tool.downloads = [ToolDownload(document=document, label="Six feelings cards")]
        tool.save_revision().publish()
        assert "Six feelings cards" in page(reader, tool.address)
        assert reader.get("/toolkits/?format=pdf").context["browse"].total == 1
        document.delete()
        assert "Six feelings cards" not in page(reader, tool.address)
        assert reader.get("/toolkits/?format=pdf").context["browse"].total == 0

    def test_a_word_of_the_vocabulary_that_was_changed(self, reader):
        tool = make_tool(terms={"setting": ("home",)})
        assert "Home visit" not in page(reader, tool.address)
        term = Term.objects.get(vocabulary="setting", slug="home")
        term.label = "Home visit"
        term.save()
        assert "Home visit" in page(reader, tool.address)
        assert "Home visit" in page(reader, "/toolkits/")

    def test_a_page_that_was_moved_to_another_place(self, reader):
        make_tool("Alpha")
        tool = HubPage.objects.get(pk=make_tool("Beta").pk)
        page(reader, "/toolkits/")
        tool.move(HubPage.objects.get(slug="accessibility"), pos="right")
        assert reader.get("/beta/").status_code == 200
        assert reader.get("/toolkits/beta/").url == "/beta/"
        assert 'href="/beta/"' in page(reader, "/search/?q=beta")

    def test_a_page_that_was_deleted(self, reader):
        tool = make_tool("Paper boats", items=("PS2",))
        looked_at = ("/", "/toolkits/", "/practice/portsmouth/ps2/", "/search/?q=boats")
        for address in looked_at:
            assert 'href="/toolkits/paper-boats/"' in page(reader, address)
        ToolPage.objects.get(pk=tool.pk).delete()
        for address in looked_at:
            assert 'href="/toolkits/paper-boats/"' not in page(reader, address)

    def test_a_role_that_was_given_or_taken(self, practitioner, signed_in):
        make_tool("For staff", audience=HubPage.Audience.STAFF)
        client = signed_in(practitioner)
        assert "For staff" in page(client, "/toolkits/")
        practitioner.groups.set(Group.objects.filter(name=Role.PARTNER))
        assert "For staff" not in page(client, "/toolkits/")


class TestCarried:
    def test_each_page_carries_its_own_items_words_and_standards(self, hub):
        one = make_tool("One", items=("PS2", "PE1"), standards=("KSS6",), terms={"need": ("safety",)})
        other = make_tool("Other", items=("PS3",))
        bare = HubPage.objects.get(slug="privacy")
        found = carried_by([one.pk, other.pk, bare.pk])
        assert found[one.pk].items == set(Item.objects.filter(code__in=["PS2", "PE1"]).values_list("pk", flat=True))
        assert found[one.pk].standards == {Standard.objects.get(code="KSS6").pk}
        assert Term.objects.get(vocabulary="need", slug="safety").pk in found[one.pk].terms
        assert found[other.pk].items == {Item.objects.get(code="PS3").pk}
        assert found[other.pk].standards == set()
        assert not found[bare.pk].items | found[bare.pk].terms | found[bare.pk].standards

    def test_a_query_set_of_pages_gives_the_same_in_one_query(self, hub, django_assert_num_queries):
        tool = make_tool(items=("PS2",))
        by_key = carried_by([tool.pk])
        with django_assert_num_queries(1):
            by_query = carried_by(ToolPage.objects.values("pk"))
        assert by_query == by_key

    def test_a_draft_in_memory_is_read_as_it_stands_there(self, hub):
        tool = make_tool(items=("PS2",))
        tool.items = Item.objects.filter(code="PS3")
        assert carried_in_memory(tool).items == {Item.objects.get(code="PS3").pk}
        assert carried_by([tool.pk])[tool.pk].items == {Item.objects.get(code="PS2").pk}
