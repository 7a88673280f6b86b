"""What editors, administrators and partners do, in Wagtail's admin as it runs, and what readers see of it at once."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from people.models import User
from practice.models import Item
from tests.builders import make_tool
from tests.harness.desk import edit, message, open_tab, publish, refused_fields, save_draft, section
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.browser

EDITOR, ADMINISTRATOR, READER = "editor@hub.example", "admin@hub.example", "practitioner@hub.example"
TITLE = "Paper lanterns for hopes"
PURPOSE = "Hold a hope up to the light and see who can help it along."
ADDRESS = "/toolkits/paper-lanterns-for-hopes/"
# As a reader meets it: what it is, whether it fits, what to do with it, where it belongs, who answers for it.
IN_READING_ORDER = [
    "title", "summary", "age_min", "age_max", "minutes_min", "minutes_max", "terms_with", "terms_materials",
    "prepare", "say", "do", "if_worried", "afterwards", "items", "evidence_basis",
    "steward", "deputy", "reviewed_on", "next_review", "source_statement", "licence_statement",
]  # fmt: skip


@pytest.fixture
def at_desk(page_at, sign_in):
    """A page 1280 pixels wide, with that person signed in."""

    def at_desk(email=EDITOR):
        page = page_at(1280, height=900)
        sign_in(page, email)
        return page

    return at_desk


@pytest.fixture
def reader(page_at, sign_in):
    """A practitioner's phone."""
    page = page_at(360, height=640)
    sign_in(page, READER)
    return page


def new_tool(page) -> None:
    page.goto(f"/admin/pages/add/toolkits/toolpage/{ToolkitIndexPage.objects.get().pk}/")


def write_title(page, title=TITLE) -> None:
    page.locator("#id_title").press_sequentially(title)
    page.locator("#id_title").blur()
    page.wait_for_function("document.querySelector('#id_slug').value")


def add_block(page, name: str, block: str):
    """Insert a block at the top of a section; what is typed next goes into it."""
    section(page, name).get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option").filter(has_text=block).first.click()
    return section(page, name)


def write_paragraph(page, name: str, text: str) -> None:
    add_block(page, name, "Paragraph").locator("[contenteditable=true]").click()
    page.keyboard.type(text)


def write_the_tool(page) -> None:
    """What stands on the first tab, after the title, as an editor types it."""
    page.fill("#id_summary", PURPOSE)
    for name, value in {"age_min": 5, "age_max": 12, "minutes_min": 15, "minutes_max": 25}.items():
        page.fill(f"#id_{name}", str(value))
    section(page, "who_with_what_to_bring").get_by_label("Child alone").check()
    section(page, "who_with_what_to_bring").get_by_label("Pen and paper").check()
    write_paragraph(page, "prepare", "Fold one lantern beforehand.")
    words = add_block(page, "say", "Words to try")
    words.locator("[name$=-words]").fill("What would you like to see lit up next week?")
    steps = add_block(page, "do", "Steps")
    steps.locator("[name$=-action]").fill("Fold the paper together")
    write_paragraph(page, "if_worried", "Speak to your manager before you leave the area.")


def say_who_keeps_it(page) -> None:
    """What stands on the second tab, after the items."""
    page.select_option("#id_evidence_basis", label="Practice wisdom")
    page.select_option("#id_steward", label="Maya Lindqvist")
    page.select_option("#id_deputy", label="Amina K.")
    page.fill("#id_reviewed_on", date.today().isoformat())
    page.fill("#id_next_review", (date.today() + timedelta(days=300)).isoformat())
    page.keyboard.press("Tab")
    page.fill("#id_source_statement", "Written for this hub.")
    page.fill("#id_licence_statement", "Ours, free to adapt.")


def titles(page) -> list[str]:
    return page.locator("main .card__title").all_inner_texts()


def complete_tool(title=TITLE, **fields) -> ToolPage:
    """A tool with everything that publishing asks for."""
    people = {
        "steward": User.objects.get(email=EDITOR),
        "deputy": User.objects.get(email="champion@hub.example"),
    }
    # With the marks that the CMS's own form leaves, so that a comparison shows what was edited and nothing else.
    say = {"when": "", "words": "What would you like to see lit up?"}
    do = {"action": "Fold the paper together", "detail": ""}
    sections = {
        "say": [{"type": "words", "id": "say", "value": {"lines": [{"type": "item", "id": "line", "value": say}]}}],
        "do": [{"type": "steps", "id": "do", "value": {"steps": [{"type": "item", "id": "step", "value": do}]}}],
        "if_worried": [{"type": "paragraph", "id": "worry", "value": '<p data-block-key="key">Tell your manager.</p>'}],
    }
    kept = {
        "evidence_basis": "practice-wisdom",
        "source_statement": "Written for this hub.",
        "licence_statement": "Ours, free to adapt.",
    }
    return make_tool(title, **{"summary": PURPOSE, **people, **sections, **kept, **fields})


class TestANewTool:
    def test_an_editor_writes_a_tool_and_a_practitioner_reads_it_a_moment_later(self, at_desk, reader):
        page = at_desk()
        reader.goto("/practice/portsmouth/ps2/")
        assert TITLE not in titles(reader)

        new_tool(page)
        write_title(page)
        write_the_tool(page)
        open_tab(page, "Where it fits")
        page.get_by_label("PS2 Seen alone").check()
        page.get_by_label("Wishes and feelings").check()
        say_who_keeps_it(page)
        page.select_option("#id_audience", label="Staff and partner agencies")
        # Saving by itself may have made the page a moment before.
        assert f"'{TITLE}'" in save_draft(page)
        assert reader.goto(ADDRESS).status == 404
        assert "has been published" in publish(page)

        reader.goto("/toolkits/?need=wishes-and-feelings&age=7&sort=newest")
        assert titles(reader)[0] == TITLE
        reader.goto("/practice/portsmouth/ps2/")
        reader.get_by_role("link", name=TITLE).click()
        reader.wait_for_url(f"**{ADDRESS}")
        assert reader.locator(".purpose").inner_text() == PURPOSE
        assert reader.inner_text("[data-fact=age]") == "5 to 12 years"
        assert reader.inner_text("[data-fact=minutes]") == "15 to 25 minutes"
        assert reader.locator(".sections h2").all_inner_texts() == [
            "Prepare", "Say", "Do", "If a child tells you something worrying",
        ]  # fmt: skip
        assert "“What would you like to see lit up next week?”" in quoted(reader)
        assert reader.locator("[data-review]").get_attribute("data-review") == "current"
        assert "Maya Lindqvist" in reader.locator("[data-review]").inner_text()
        reader.goto("/search/?q=lanterns")
        assert titles(reader) == [TITLE]

    def test_the_form_asks_in_the_order_in_which_a_tool_is_read(self, at_desk):
        page = at_desk()
        new_tool(page)
        fields = page.locator("#page-edit-form [data-contentpath]").evaluate_all(
            "fields => fields.map(field => field.dataset.contentpath)"
        )
        assert [name for name in fields if name in IN_READING_ORDER] == IN_READING_ORDER

    def test_a_draft_may_be_saved_with_nothing_but_a_title(self, at_desk, reader):
        page = at_desk()
        new_tool(page)
        write_title(page)
        # Saving by itself may have made the page a moment before.
        assert f"'{TITLE}'" in save_draft(page)
        tool = ToolPage.objects.get(title=TITLE)
        assert not tool.live
        reader.goto("/toolkits/?sort=newest")
        assert TITLE not in titles(reader)

    def test_an_incomplete_tool_is_not_published_and_nothing_typed_is_lost(self, at_desk):
        page = at_desk()
        new_tool(page)
        write_title(page)
        page.fill("#id_summary", PURPOSE)
        add_block(page, "say", "Words to try").locator("[name$=-words]").fill("What would you like to see lit up?")
        section(page, "who_with_what_to_bring").get_by_label("Child alone").check()
        assert "errors" in publish(page)

        asked = refused_fields(page)
        assert asked == set(ToolPage.required_to_publish) - {"summary", "say", "terms_with"}
        assert "errors" in page.get_by_role("tab", name="Where it fits").inner_text()
        assert page.locator("#id_title").input_value() == TITLE
        assert page.locator("#id_summary").input_value() == PURPOSE
        assert page.locator("[name$=-words]").input_value() == "What would you like to see lit up?"
        assert section(page, "who_with_what_to_bring").get_by_label("Child alone").is_checked()
        assert not ToolPage.objects.filter(title=TITLE, live=True).exists()

    def test_dates_and_ages_that_cannot_be_are_refused_beside_the_field(self, at_desk):
        page = at_desk()
        edit(page, complete_tool())
        page.fill("#id_age_min", "12")
        page.fill("#id_age_max", "5")
        open_tab(page, "Where it fits")
        page.select_option("#id_deputy", label="Maya Lindqvist")
        page.fill("#id_next_review", (date.today() + timedelta(days=1200)).isoformat())
        page.keyboard.press("Tab")
        assert "errors" in publish(page)
        assert refused_fields(page) == {"age_max", "deputy", "next_review"}
        assert "within 24 months" in section(page, "kept_up_to_date_by").inner_text()

    def test_the_preview_shows_the_draft_at_the_width_of_a_phone(self, at_desk, reader):
        page = at_desk()
        tool = complete_tool()
        edit(page, tool)
        page.fill("#id_summary", "Light up one hope.")
        page.get_by_role("button", name="Toggle preview").click()
        phone = page.frame_locator("iframe#w-preview-iframe")
        phone.get_by_text("Light up one hope.").wait_for()
        assert phone.get_by_role("heading", name=TITLE).is_visible()
        assert phone.locator("html").evaluate("() => innerWidth") == 360
        # The draft is the editor's alone.
        reader.goto(ADDRESS)
        assert reader.locator(".purpose").inner_text() == PURPOSE

    def test_the_print_view_can_be_previewed_too(self, at_desk):
        page = at_desk()
        edit(page, complete_tool())
        page.get_by_role("button", name="Toggle preview").click()
        paper = page.frame_locator("iframe#w-preview-iframe")
        paper.get_by_role("heading", name=TITLE).wait_for()
        page.locator("#id_preview_mode").select_option("print")
        paper.get_by_text("Check before use").wait_for()

    def test_an_address_that_is_taken_is_told_and_nothing_typed_is_lost(self, at_desk):
        complete_tool()
        page = at_desk()
        new_tool(page)
        write_title(page)
        page.fill("#id_summary", PURPOSE)
        # By hand: a draft that was saved by itself while the title was typed keeps the address of half a title.
        open_tab(page, "Publishing")
        page.fill("#id_slug", "paper-lanterns-for-hopes")
        assert "errors" in save_draft(page)
        assert "already in use" in section(page, "address_and_menu").text_content()
        assert page.locator("#id_title").input_value() == TITLE
        assert page.locator("#id_summary").input_value() == PURPOSE


def quoted(page) -> str:
    """Words to try with the marks that the style sheet puts round them."""
    return " ".join(f"“{line}”" for line in page.locator(".words q").all_inner_texts())


class TestAToolThatIsLive:
    def test_two_versions_can_be_compared(self, at_desk):
        tool = complete_tool(terms={"need": ("wishes-and-feelings",)})
        page = at_desk()
        edit(page, tool)
        page.fill("#id_summary", "Light up one hope.")
        open_tab(page, "Where it fits")
        needs = section(page, "when_and_how_it_is_used")
        needs.get_by_label("Wishes and feelings").uncheck()
        needs.get_by_label("Loss and moves").check()
        page.get_by_label("PS7 Shared plan").check()
        assert "has been published" in publish(page)

        page.goto(f"/admin/pages/{tool.pk}/history/")
        page.locator("main tbody .w-dropdown__toggle").first.click()
        page.get_by_role("link", name="Compare with previous version").click()
        page.wait_for_url("**/revisions/compare/**")
        rows = page.locator("main tbody tr").all()
        changes = {row.locator(".title").inner_text().strip(" :\n"): row for row in rows}
        assert set(changes) == {"Summary", "Need", "Practice model"}
        assert words_of(changes["Summary"], "deletion") == [PURPOSE]
        assert words_of(changes["Summary"], "addition") == ["Light up one hope."]
        assert words_of(changes["Need"], "deletion") == ["Wishes and feelings"]
        assert words_of(changes["Need"], "addition") == ["Loss and moves"]
        assert words_of(changes["Practice model"], "addition") == ["PS7 Shared plan"]

    def test_a_tool_is_scheduled_and_goes_live_by_itself(self, at_desk, reader):
        tool = complete_tool(publish=False)
        page = at_desk()
        edit(page, tool)
        soon = timezone.localtime() + timedelta(days=2)
        page.get_by_role("button", name="Toggle status").click()
        page.get_by_role("button", name="Set schedule").click()
        page.fill("#id_go_live_at", soon.strftime("%Y-%m-%d %H:%M"))
        page.get_by_role("button", name="Save schedule").press("Enter")  # the calendar covers it
        assert "updated" in message(page)
        assert "scheduled" in publish(page, "Schedule to publish")

        call_command("run_jobs")
        assert reader.goto(ADDRESS).status == 404
        with time_machine.travel(soon + timedelta(minutes=5)):
            call_command("run_jobs")
        assert reader.goto(ADDRESS).status == 200
        reader.goto("/toolkits/?sort=newest")
        assert TITLE in titles(reader)
        reader.goto("/practice/portsmouth/ps2/")
        assert TITLE in titles(reader)

    def test_a_change_that_is_not_published_is_seen_by_nobody(self, at_desk, reader):
        tool = complete_tool()
        page = at_desk()
        edit(page, tool)
        page.fill("#id_summary", "Light up one hope.")
        save_draft(page)
        reader.goto(ADDRESS)
        assert reader.locator(".purpose").inner_text() == PURPOSE

    def test_what_is_unpublished_is_gone_from_everywhere_at_once(self, at_desk, reader):
        tool = complete_tool()
        shown_on = ["/toolkits/?sort=newest", "/practice/portsmouth/ps2/", "/search/?q=lanterns"]
        for address in shown_on:
            reader.goto(address)
            assert TITLE in titles(reader), address
        page = at_desk()
        page.goto(f"/admin/pages/{tool.pk}/unpublish/")
        page.get_by_role("button", name="Yes, unpublish it").click()
        assert "unpublished" in message(page)
        for address in shown_on:
            reader.goto(address)
            assert TITLE not in titles(reader), address
        for address in (ADDRESS, f"{ADDRESS}print/"):
            assert reader.goto(address).status == 404


def words_of(row, kind: str) -> list[str]:
    """What a comparison marks as taken away or added."""
    return [words.strip(" ,\n") for words in row.locator(f".{kind}").all_inner_texts()]


class TestPracticeModelInTheCms:
    CODES = "main tbody .title a"

    def public_order(self, reader) -> list[str]:
        reader.goto("/practice/portsmouth/")
        return reader.locator(".item-rows").nth(3).locator(".item-row__code").all_inner_texts()

    def sort_items(self, page) -> None:
        page.goto("/admin/practice_items/")
        page.locator("header").get_by_role("button", name="Actions").click()
        page.get_by_role("link", name="Sort item order").click()
        page.wait_for_url("**ordering=sort_order")

    def handle(self, page, code):
        return page.locator(f"#item_{Item.objects.get(code=code).pk} .w-orderable__item__handle")

    def test_items_are_put_in_another_order_by_keyboard(self, at_desk, reader):
        assert self.public_order(reader)[:4] == ["PS1", "PS2", "PS3", "PS4"]
        page = at_desk()
        self.sort_items(page)
        handle = self.handle(page, "PS3")
        handle.focus()
        handle.press("ArrowUp")
        handle.press("Enter")
        assert "moved" in message(page)
        assert self.public_order(reader)[:4] == ["PS1", "PS3", "PS2", "PS4"]
        reader.goto("/practice/portsmouth/ps3/")
        assert reader.locator(".neighbours").inner_text().split("\n")[-1] == "PS2 Seen alone"

    def test_items_are_put_in_another_order_by_dragging(self, at_desk, reader):
        page = at_desk()
        self.sort_items(page)
        handle, target = self.handle(page, "PS4"), self.handle(page, "PS2")
        handle.scroll_into_view_if_needed()
        start, end = handle.bounding_box(), target.bounding_box()
        page.mouse.move(start["x"] + 8, start["y"] + 8)
        page.mouse.down()
        page.mouse.move(end["x"] + 8, end["y"] + 30, steps=8)
        page.mouse.move(end["x"] + 8, end["y"] + 4, steps=4)
        page.mouse.up()
        assert "moved" in message(page)
        # The rows make way while the mouse moves, so how far up it lands hangs on how quick the machine is.
        order = self.public_order(reader)
        assert order.index("PS4") < order.index("PS3")

    def test_an_item_in_use_cannot_be_deleted_and_the_page_says_where(self, at_desk):
        item = Item.objects.get(code="PS3")
        page = at_desk()
        page.goto(f"/admin/practice_items/delete/{item.pk}/")
        said = page.inner_text("body")
        assert "“PS3 Maps and timelines” is still used" in said
        assert "genogram guide" in said
        assert "referenced 0 times" not in said
        assert not page.get_by_role("button", name=re.compile("Yes, delete|^Delete")).count()

    def test_an_item_that_nothing_uses_can_be_deleted(self, at_desk):
        ps3 = Item.objects.get(code="PS3")
        item = Item.objects.create(family=ps3.family, code="PS99", label="To go")
        page = at_desk()
        page.goto(f"/admin/practice_items/delete/{item.pk}/")
        page.get_by_role("button", name="Yes, delete").click()
        assert "deleted" in message(page)
        assert not Item.objects.filter(code="PS99").exists()

    def test_another_label_is_on_the_cards_at_the_next_load(self, at_desk, reader):
        make_tool("Paper boats", items=("PS3",))
        page = at_desk()
        page.goto(f"/admin/practice_items/edit/{Item.objects.get(code='PS3').pk}/")
        page.fill("#id_label", "Trees and timelines")
        page.get_by_role("button", name="Save").click()
        assert "updated" in message(page)
        reader.goto("/search/?q=paper+boats")
        assert reader.locator("#results [data-item=PS3]").inner_text() == "PS3 Trees and timelines"
        reader.goto("/toolkits/?item=PS3")
        assert "PS3 Trees and timelines" in reader.locator(".chosen").inner_text()

    def test_the_model_that_shows_is_chosen_in_the_settings(self, at_desk, reader):
        page = at_desk(ADMINISTRATOR)
        page.goto("/admin/settings/practice/shownmodelsettings/")
        page.select_option("#id_model", label="Nottinghamshire strengths-based practice")
        page.get_by_role("button", name="Save").click()
        assert "updated" in message(page)
        reader.goto("/")
        assert reader.locator(".family__name").all_inner_texts() == ["Strengths-based elements", "Restorative features"]


class TestBrand:
    def settings(self, page) -> None:
        page.goto("/admin/settings/pages/brandsettings/")
        page.wait_for_url(re.compile(r"brandsettings/\d+/"))

    def test_a_pale_colour_is_refused_with_its_ratio_and_what_was_typed_stays(self, at_desk, reader):
        page = at_desk(ADMINISTRATOR)
        self.settings(page)
        page.fill("#id_name", "Family Practice Hub")
        page.fill("#id_brand", "#f7c8d0")
        page.fill("#id_accent", "pink")
        page.get_by_role("button", name="Save").click()
        assert "could not be saved" in message(page)
        assert "#f7c8d0 measures 1.4 to 1" in page.locator("[data-contentpath=brand]").inner_text()
        assert refused_fields(page) == {"brand", "accent"}
        assert page.locator("#id_brand").input_value() == "#f7c8d0"
        assert page.locator("#id_accent").input_value() == "pink"
        assert page.locator("#id_name").input_value() == "Family Practice Hub"
        reader.goto("/")
        assert reader.locator(".brand__name").inner_text() == "Strengths Hub"

    def test_a_good_colour_and_a_new_name_show_at_the_next_load(self, at_desk, reader):
        reader.goto("/toolkits/")
        assert not reader.locator("link[href*='/brand.css']").count()
        page = at_desk(ADMINISTRATOR)
        self.settings(page)
        page.fill("#id_name", "Family Practice Hub")
        page.fill("#id_brand", "#0b5345")
        page.get_by_role("button", name="Save").click()
        assert "updated" in message(page)
        reader.goto("/toolkits/")
        assert reader.locator(".brand__name").inner_text() == "Family Practice Hub"
        assert reader.title().endswith("| Family Practice Hub")
        assert reader.locator("link[href*='/brand.css']").count() == 1
        reader.locator(".filters__toggle").click()
        button = reader.get_by_role("button", name="Show tools")
        assert button.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(11, 83, 69)"
        reader.goto(f"{ToolPage.objects.live().first().url}print/")
        assert "Family Practice Hub" in reader.locator(".sheet__head").inner_text()


class TestStyleGuide:
    def test_every_component_with_samples_is_shown(self, at_desk):
        samples = json.loads(Path("templates/components/samples.json").read_text())
        assert len(samples) > 15
        page = at_desk()
        page.goto("/style-guide/")
        shown = page.locator(".sample > h3").all_inner_texts()
        assert shown == list(samples)
        for name, examples in samples.items():
            drawn = page.locator(f".sample[aria-labelledby=sample-{name}] .sample__example")
            assert drawn.count() == len(examples), name
            for example in drawn.all():
                assert example.bounding_box()["height"] > 8, name

    def test_a_practitioner_is_told_that_it_is_not_open_to_them(self, reader):
        response = reader.goto("/style-guide/")
        assert response.status == 403
        assert reader.inner_text("h1") == "This page is not open to you"


class TestRoles:
    @pytest.mark.parametrize("name", ["practitioner", "manager", "champion", "partner"])
    def test_who_reads_does_not_come_into_the_cms(self, at_desk, name):
        page = at_desk(f"{name}@hub.example")
        assert page.goto("/admin/").status == 403
        assert page.inner_text("h1") == "Editing is not part of your account"
        page.goto("/")
        assert not page.locator(".menu__panel a[href^='/admin/']").count()

    @pytest.mark.parametrize("name", ["editor", "reviewer", "organiser", "psw", "admin"])
    def test_who_writes_comes_into_the_cms_from_the_menu(self, at_desk, name):
        page = at_desk(f"{name}@hub.example")
        page.goto("/")
        page.locator(".menu__button").click()
        page.locator(".menu__panel a[href='/admin/']").click()
        page.wait_for_url("**/admin/")
        assert page.get_by_role("button", name="Toggle sidebar").first.is_visible()

    def test_an_editor_finds_no_people_and_no_brand_in_the_cms(self, at_desk):
        page = at_desk()
        for address in ("/admin/users/", "/admin/groups/", "/admin/settings/pages/brandsettings/"):
            page.goto(address)
            assert page.url.endswith("/admin/"), address

    def test_a_partner_sees_what_partners_may_and_nothing_of_the_staffs(self, page_at, sign_in):
        make_tool("Paper boats", items=("PS3",))
        make_tool("Rota of the duty team", items=("PS3",), audience=ToolPage.Audience.STAFF)
        phone = page_at(360, height=640)
        sign_in(phone, READER)
        for_staff, for_all = "/toolkits/rota-of-the-duty-team/", "/toolkits/paper-boats/"
        assert phone.goto(for_staff).status == 200  # and its fragments are kept now
        phone.goto("/toolkits/?sort=newest")
        assert {"Paper boats", "Rota of the duty team"} <= set(titles(phone))

        sign_in(phone, "partner@hub.example")
        assert phone.goto(for_all).status == 200
        for address in (for_staff, f"{for_staff}print/"):
            assert phone.goto(address).status == 404
        for address in ("/toolkits/?sort=newest", "/practice/portsmouth/ps3/", "/search/?q=r"):
            phone.goto(address)
            assert "Rota of the duty team" not in phone.content(), address
        phone.goto("/toolkits/?sort=newest")
        assert "Paper boats" in titles(phone)
