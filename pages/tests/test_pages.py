import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction, Site

from guidance.models import PolicyPage
from home.models import HomePage
from pages.models import BrandSettings, HubPage, PlainPage
from people.roles import Role
from practice import editions
from practice.models import PracticeModel, ShownModelSettings, Term
from tests.builders import day_from_now, make_text, make_tool
from toolkits.models import ToolkitIndexPage

pytestmark = pytest.mark.django_db


def content_edition() -> int:
    return editions.read().get(editions.CONTENT, 1)


def close_to(page, *roles):
    """Close a section to everybody but the members of some groups."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name__in=roles))


class TestWhoSeesWhat:
    def test_a_partner_sees_what_is_for_partners_and_not_what_is_for_staff(self, partner, practitioner):
        shared = make_tool("Shared")
        internal = make_tool("Internal", audience=HubPage.Audience.STAFF)
        assert set(HubPage.objects.filter(pk__in=[shared.pk, internal.pk]).visible_to(partner)) == {shared.hubpage_ptr}
        assert internal.hubpage_ptr in HubPage.objects.visible_to(practitioner)

    def test_a_page_for_staff_does_not_exist_for_a_partner_print_view_included(self, partner, practitioner, signed_in):
        tool = make_tool("Internal", audience=HubPage.Audience.STAFF)
        for address in (tool.address, f"{tool.address}print/"):
            assert signed_in(partner).get(address).status_code == 404
            assert signed_in(practitioner).get(address).status_code == 200

    def test_somebody_in_two_roles_is_no_mere_partner(self, partner):
        partner.groups.add(Group.objects.get(name=Role.PRACTITIONER))
        assert not partner.is_partner

    def test_a_closed_section_is_seen_by_its_group_and_leaves_no_trace_for_others(
        self, hub, editor, practitioner, signed_in
    ):
        tool = make_tool("Behind a door", items=("PS2",))
        close_to(tool, Role.EDITOR)
        assert signed_in(editor).get(tool.address).status_code == 200
        assert signed_in(practitioner).get(tool.address).status_code == 404
        for address in ("/toolkits/", "/practice/portsmouth/ps2/", "/search/?q=behind", "/"):
            assert "Behind a door" not in signed_in(practitioner).get(address).content.decode()
            assert "Behind a door" in signed_in(editor).get(address).content.decode()

    def test_opening_the_section_again_counts_at_once(self, practitioner, signed_in):
        tool = make_tool("Behind a door")
        close_to(tool, Role.EDITOR)
        assert "Behind a door" not in signed_in(practitioner).get("/toolkits/").content.decode()
        PageViewRestriction.objects.get().groups.add(Group.objects.get(name=Role.PRACTITIONER))
        assert "Behind a door" in signed_in(practitioner).get("/toolkits/").content.decode()


class TestFinding:
    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/", 200),
            ("/toolkits/", 200),
            ("/practice/portsmouth/ps3/", 200),
            ("/practice/portsmouth/zz9/", 404),
            ("/practice/methods/genogram/", 200),
            ("/practice/methods/knitting/", 404),
            ("/toolkits/nothing/", 404),
            ("/home/", 404),
            ("/" + "a/" * 5000, 404),
            ("/" + "x" * 5000 + "/", 404),
        ],
    )
    def test_an_address_leads_to_its_page_or_to_a_page_that_says_there_is_none(
        self, practitioner, signed_in, address, status
    ):
        assert signed_in(practitioner).get(address).status_code == status

    @pytest.mark.parametrize("address", ["/practice/portsmouth/PS3/", "/practice/nottinghamshire/ps3/"])
    def test_a_code_in_capitals_or_of_the_other_model_leads_to_its_item(self, practitioner, signed_in, address):
        assert signed_in(practitioner).get(address).url == "/practice/portsmouth/ps3/"

    def test_a_draft_is_nobodys_page_yet(self, practitioner, signed_in):
        assert signed_in(practitioner).get(make_tool("Draft", publish=False).address).status_code == 404

    def test_a_page_knows_what_is_above_it(self, practitioner, signed_in):
        context = signed_in(practitioner).get(make_tool().address).context
        assert context["crumbs"] == [{"title": "Toolkits", "url": "/toolkits/"}]


class TestEditions:
    def test_whatever_changes_what_pages_show_bumps_the_content(self, hub):
        tool = make_tool()
        site = Site.objects.get()
        plain = PlainPage.objects.get(slug="privacy")

        def unpublish():
            tool.unpublish()

        def move():
            plain.move(ToolkitIndexPage.objects.get(), pos="right")

        def brand():
            BrandSettings.objects.create(site=site, name="Ours")

        def groups():
            Group.objects.get(name=Role.EDITOR).permissions.clear()

        def delete():
            HubPage.objects.get(pk=plain.pk).delete()

        for change in (unpublish, move, brand, groups, delete):
            before = content_edition()
            change()
            assert content_edition() > before, change.__name__

    def test_saving_a_draft_of_a_live_page_changes_nothing_for_readers(self, hub):
        tool = make_tool()
        before = content_edition()
        tool.title = "Another title"
        tool.save_revision()
        assert content_edition() == before


class TestRules:
    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"age_min": 9, "age_max": 4}, "age_max"),
            ({"age_min": -2}, "age_min"),
            ({"minutes_min": 30, "minutes_max": 10}, "minutes_max"),
            ({"next_review": day_from_now(-40)}, "next_review"),
            ({"next_review": day_from_now(900)}, "next_review"),
            ({"summary": "x" * 161}, "summary"),
            ({"intensity": "strong", "aftercare": ""}, "aftercare"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, hub, fields, field):
        tool = make_tool()
        for name, value in fields.items():
            setattr(tool, name, value)
        with pytest.raises(ValidationError) as refused:
            tool.full_clean()
        assert field in refused.value.message_dict

    def test_the_deputy_is_somebody_else(self, editor):
        tool = make_tool(steward=editor)
        tool.deputy = editor
        with pytest.raises(ValidationError, match="other than the owner"):
            tool.full_clean()

    def test_a_pale_colour_is_refused_with_its_ratio(self, hub):
        settings = BrandSettings(site=Site.objects.get(), name="Ours", brand="#ffcc66")
        with pytest.raises(ValidationError, match=r"1\.\d to 1 against the page"):
            settings.full_clean()
        settings.brand = "red;}body{display:none"
        with pytest.raises(ValidationError, match="figures"):
            settings.full_clean()

    def test_a_good_colour_and_name_show_on_the_next_page(self, practitioner, signed_in):
        client = signed_in(practitioner)
        assert "/brand.css" not in client.get("/").content.decode()
        BrandSettings.objects.create(site=Site.objects.get(), name="Northshire practice", brand="#0b4f6c")
        page = client.get("/").content.decode()
        assert "Northshire practice" in page
        assert "/brand.css?v=0b4f6c" in page
        assert client.get("/brand.css").content.decode() == ":root{--brand:#0b4f6c;}"


class TestPracticePages:
    def test_switching_the_model_changes_families_chips_and_filters(self, practitioner, signed_in):
        make_tool("Paper boats", items=("PE1",))
        client = signed_in(practitioner)
        assert "Service standards" in client.get("/").content.decode()
        assert 'data-item="PE1"' in client.get("/toolkits/").content.decode()
        ShownModelSettings.objects.update(model=PracticeModel.objects.get(slug="nottinghamshire"))
        editions.bump(editions.VOCABULARY)
        home, index = client.get("/").content.decode(), client.get("/toolkits/").content.decode()
        assert "Restorative features" in home
        assert "Service standards" not in home
        assert 'data-item="NE4"' in index
        assert 'value="NE4"' in index
        assert 'value="PE1"' not in index
        assert client.get("/toolkits/?item=PE1").context["browse"].total == 1

    def test_an_item_lists_what_is_aligned_and_what_comes_through_an_equivalent(self, practitioner, signed_in):
        make_tool("Direct", items=("NE4",))
        make_tool("Through", items=("PE1",))
        context = signed_in(practitioner).get("/practice/nottinghamshire/ne4/").context
        assert [card.title for shelf in context["shelves"] for card in shelf["cards"]] == ["Direct"]
        assert [card.title for row in context["through"] for card in row["cards"]] == ["Through"]
        assert [row["chip"].code for row in context["equivalents"]] == ["PE1"]

    def test_a_quality_theme_gathers_what_helps_and_each_of_these_leads_back_to_it(self, practitioner, signed_in):
        tool = make_tool("Listening stones", terms={"theme": ("childs-voice",)})
        policy = make_text(PolicyPage, "How we audit", body=[("paragraph", "We look.")])
        policy.terms = Term.objects.filter(slug__in=["childs-voice", "weighing-risk"])
        policy.save_revision().publish()
        reader = signed_in(practitioner)
        context = reader.get("/practice/quality/childs-voice/").context
        assert [card.title for shelf in context["shelves"] for card in shelf["cards"]] == [
            "How we audit",
            "Listening stones",
        ]
        assert b'href="/practice/quality/childs-voice/"' in reader.get(tool.address).content
        links = {row["label"]: row["count_text"] for row in reader.get("/practice/quality/").context["links"]}
        assert links["The child's voice in the plan"] == "2 pages"
        assert links["Weighing what we know"] == "1 page"
        assert links["Fathers and the wider family"] == "No pages yet"

    def test_a_method_gathers_what_uses_it(self, practitioner, signed_in):
        make_tool("Tree", terms={"method": ("genogram",)})
        context = signed_in(practitioner).get("/practice/methods/genogram/").context
        assert [card.title for shelf in context["shelves"] for card in shelf["cards"]] == ["Tree"]


def test_the_home_page_is_the_only_one_at_the_top(hub):
    assert HubPage.objects.filter(depth=2).count() == 1
    assert HomePage.objects.get().address == "/"
