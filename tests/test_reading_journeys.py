"""What practitioners come to the hub for, walked through from sign-in to paper in a real browser."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

import pytest

from notices.models import OutgoingMail
from practice.models import PracticeModel, ShownModelSettings, Vocabulary
from tests.builders import PASSWORD, make_tool
from toolkits.models import ToolPage

pytestmark = pytest.mark.browser

READER = "practitioner@hub.example"
OPENERS = "When a child does not want to talk: low-pressure openers"
OPENERS_URL = "/toolkits/when-a-child-does-not-want-to-talk/"
GENOGRAM = "Draw the family tree together: genogram guide"
GENOGRAM_URL = "/toolkits/draw-the-family-tree-together/"
FACTS = ["with", "age", "minutes", "materials"]
SECTIONS = ["Prepare", "Say", "Do", "If a child tells you something worrying", "Afterwards", "If you cannot print"]
# Beyond any range, 10,000 signs, NUL, markup, emoji, right to left, a seven in Arabic figures.
NONSENSE = ["98765432109", "x" * 10_000, "x%00", "%22%3E%3Cscript%3E", "%F0%9F%A6%8A", "%E2%80%AE7", "%D9%A7"]
FORM_OF_FILTERS = "form[aria-label=Filters]"


@pytest.fixture
def reader(page_at, sign_in):
    """The hub as Leila holds it: a small phone, signed in unless `signed_in=False`."""

    def reader(width=360, height=640, signed_in=True, **more):
        page = page_at(width, height=height, **more)
        if signed_in:
            sign_in(page, READER)
        return page

    return reader


def titles(page) -> list[str]:
    return page.locator("main .card__title").all_inner_texts()


def total(page) -> int:
    return int(page.locator("[data-total]").get_attribute("data-total"))


def query(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def path(page) -> str:
    return urlsplit(page.url).path


class TestAVisitTomorrow:
    """Issue 3, "Done when": found by need and age alone, at 360 pixels, and printed."""

    @pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
    def test_a_practitioner_signs_in_finds_openers_by_need_and_age_and_prints(self, reader, sign_in, javascript):
        page = reader(signed_in=False, javascript=javascript)
        page.goto("/toolkits/")
        assert path(page) == "/accounts/login/"
        page.get_by_label("E-mail address").fill(READER)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/toolkits/")  # where she was going

        page.get_by_text("Filters", exact=True).click()
        page.get_by_label("Age in years").fill("7")
        page.get_by_label("Wishes and feelings").check()
        page.get_by_role("button", name="Show tools").click()
        page.wait_for_url("**need=wishes-and-feelings**")
        assert query(page) == {"age": ["7"], "need": ["wishes-and-feelings"]}
        assert 0 < total(page) < 24
        page.get_by_role("link", name=OPENERS).click()
        page.wait_for_url(f"**{OPENERS_URL}")

        page.locator("main").get_by_role("link", name="Print", exact=True).click()
        page.wait_for_url("**/print/")
        assert_holds_the_whole_tool(words_on_paper(page.pdf(prefer_css_page_size=True)))

    def test_it_can_be_done_by_keyboard_alone_and_the_focus_is_always_in_sight(self, reader):
        page = reader(signed_in=False)
        page.goto("/")
        reach(page, "input[name=login]")
        page.keyboard.type(READER)
        reach(page, "input[name=password]")
        page.keyboard.type(PASSWORD)
        reach(page, "button[type=submit]")
        press(page, "Enter", lambda url: urlsplit(url).path == "/")

        reach(page, ".menu__button")
        page.keyboard.press("Enter")
        reach(page, ".menu__panel a[href='/toolkits/']")
        press(page, "Enter", "**/toolkits/")

        reach(page, ".filters__toggle")
        page.keyboard.press("Space")
        reach(page, "#filter-age")
        page.keyboard.type("7")
        reach(page, "[name=need][value=wishes-and-feelings]")
        page.keyboard.press("Space")
        reach(page, f"{FORM_OF_FILTERS} button[type=submit]")
        press(page, "Enter", "**need=wishes-and-feelings**")

        reach(page, f".results .card a[href='{OPENERS_URL}']")
        press(page, "Enter", f"**{OPENERS_URL}")
        reach(page, "main a[href$='/print/']")
        press(page, "Enter", "**/print/")
        reach(page, "[data-print]")
        page.evaluate("window.print = () => { document.title = 'printing' }")
        page.keyboard.press("Enter")
        page.wait_for_function("document.title === 'printing'")

    def test_every_stop_of_the_keyboard_on_the_tool_is_in_sight(self, reader):
        page = reader()
        page.goto(OPENERS_URL)
        stops = 0
        while stop := next_stop(page):
            assert stop["seen"], stop
            stops += 1
        assert stops > 20

    def test_the_skip_link_leads_past_the_header(self, reader):
        page = reader()
        page.goto("/toolkits/")
        reach(page, ".skip-link")
        page.keyboard.press("Enter")
        reach(page, ".quick a")
        assert page.evaluate("document.activeElement.closest('main') !== null")

    def test_escape_closes_the_menu_and_gives_the_focus_back(self, reader):
        page = reader()
        page.goto("/")
        reach(page, ".menu__button")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert page.locator(".menu__panel").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".menu__panel").is_visible()
        assert page.evaluate("document.activeElement.matches('.menu__button')")

    def test_one_phone_screen_decides(self, reader):
        page = reader()
        page.goto(OPENERS_URL)
        decides = ["h1", ".lede .purpose", *(f".lede [data-fact={fact}]" for fact in FACTS)]
        for part in [*decides, "main .button:has-text('Print')"]:
            box = page.locator(part).first.bounding_box()
            assert box["height"] > 0
            assert box["y"] + box["height"] <= 640, part
        facts = [page.inner_text(f".lede [data-fact={name}]") for name in FACTS]
        assert facts == ["Child alone", "4 to 16 years", "10 minutes", "Nothing"]

    def test_the_sections_stand_in_their_order(self, reader):
        page = reader()
        page.goto(OPENERS_URL)
        assert page.locator(".sections h2").all_inner_texts() == SECTIONS

    def test_the_print_button_needs_a_script_and_is_not_there_without_one(self, reader):
        page = reader(javascript=False)
        page.goto(f"{OPENERS_URL}print/")
        assert not page.locator("[data-print]").is_visible()
        page.get_by_role("link", name="Back").click()
        page.wait_for_url(f"**{OPENERS_URL}")


class TestOnPaper:
    def test_the_print_view_holds_every_section_the_date_and_the_address(self, reader):
        page = reader(1280)
        page.goto(f"{OPENERS_URL}print/")
        text = words_on_paper(page.pdf(prefer_css_page_size=True))
        assert_holds_the_whole_tool(text)
        # What is there to use the page on a screen stays off the paper.
        assert squeezed("Skip to main content") not in text
        assert not re.search(r"Size12|Back", text)

    @pytest.mark.parametrize("address", ["/", "/toolkits/", OPENERS_URL, "/practice/portsmouth/ps3/"])
    def test_any_page_prints_without_header_and_footer(self, reader, address):
        page = reader(1280)
        page.goto(address)
        around = page.locator("body > .header, body > .footer, .button, .breadcrumb").all()
        assert any(part.is_visible() for part in around)
        page.emulate_media(media="print")
        assert not any(part.is_visible() for part in around)
        assert page.locator("h1").is_visible()

    def test_paper_is_white_though_the_screen_is_dark(self, reader):
        page = reader(1280, dark=True)
        for address in (OPENERS_URL, f"{OPENERS_URL}print/"):
            page.goto(address)
            page.emulate_media(media="print")
            colours = page.evaluate(
                "(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))"
            )
            assert colours[0] == "rgb(255, 255, 255)"
            assert max(map(int, re.findall(r"\d+", colours[1]))) < 100


class TestLargePrint:
    def test_every_size_from_16_to_24_points_applies_on_the_screen_and_on_paper(self, reader):
        page = reader(1280)
        page.goto(OPENERS_URL)
        page.get_by_role("link", name="Large print").click()
        page.wait_for_url("**/print/**")
        assert points(page) >= 16
        for size in (16, 18, 20, 22, 24):
            sizes = page.get_by_role("navigation", name="Size of the letters")
            sizes.get_by_role("link", name=f"{size} point").click()
            page.wait_for_url(f"**size={size}")
            assert sizes.locator("[aria-current]").inner_text().startswith(str(size))
            assert points(page) == size
            page.emulate_media(media="print")
            assert points(page) == size
            page.emulate_media(media="screen")

    def test_smaller_letters_are_offered_and_are_what_print_gives(self, reader):
        page = reader()
        page.goto(f"{OPENERS_URL}print/?size=24")
        page.get_by_role("link", name="12 point").click()
        page.wait_for_url("**size=12")
        page.emulate_media(media="print")
        assert points(page) == 12

    def test_the_largest_letters_fit_a_phone_and_the_paper(self, reader):
        page = reader()
        page.goto(f"{OPENERS_URL}print/?size=24")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert_holds_the_whole_tool(words_on_paper(page.pdf(prefer_css_page_size=True)))

    def test_a_size_that_is_none_prints_at_12_and_says_so(self, reader):
        page = reader()
        page.goto(f"{OPENERS_URL}print/?size=huge")
        assert points(page) == 12
        assert "“huge” is not one of the choices" in page.inner_text("main")


def points(page) -> float:
    """The size of the running text."""
    pixels = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.section li, .section p')).fontSize)")
    return round(pixels * 72 / 96, 1)


class TestFilters:
    def test_two_chosen_filters_find_what_their_counts_promise(self, reader):
        page = reader(1280)
        page.goto("/toolkits/")
        everything = total(page)
        promised = count_beside(page, "need", "safety")
        choose(page, need="safety")
        assert total(page) == promised == len(titles(page)) < everything
        promised = count_beside(page, "with", "child")
        choose(page, **{"with": "child"})
        assert total(page) == promised == len(titles(page))
        assert query(page) == {"need": ["safety"], "with": ["child"]}

    def test_two_of_one_kind_widen_the_list(self, reader):
        page = reader(1280)
        page.goto("/toolkits/")
        choose(page, need="safety")
        safety = set(titles(page))
        choose(page, need="disability")
        assert query(page)["need"] == ["safety", "disability"] or query(page)["need"] == ["disability", "safety"]
        assert safety < set(titles(page))
        assert total(page) == len(titles(page))

    def test_each_filter_comes_off_by_itself(self, reader):
        page = reader()
        page.goto("/toolkits/?need=safety&with=child&age=7&minutes=30")
        found = [total(page)]
        for chip in ("Age 7", "Up to 30 minutes", "Safety", "Child alone"):
            page.get_by_role("link", name=f"Remove filter: {chip}").click()
            page.wait_for_function("chip => !document.querySelector('.chosen')?.innerText.includes(chip)", arg=chip)
            found.append(total(page))
        assert found == sorted(found)
        assert query(page) == {}
        assert not page.locator(".chosen").count()

    def test_all_filters_come_off_at_once(self, reader):
        page = reader()
        page.goto("/toolkits/?need=safety&age=7")
        page.get_by_role("link", name="Clear all filters").click()
        page.wait_for_url("**/toolkits/")
        assert query(page) == {}

    def test_the_address_holds_what_was_chosen_for_reload_and_back(self, reader):
        page = reader(1280)
        page.goto("/toolkits/")
        choose(page, need="safety")
        first = (page.url, titles(page))
        choose(page, **{"with": "child"})
        page.get_by_role("link", name="A to Z").click()
        page.wait_for_url("**sort=title**")
        second = (page.url, titles(page))
        assert second[1] == sorted(second[1], key=str.casefold)
        page.reload()
        assert (page.url, titles(page)) == second
        assert page.locator("[name=need][value=safety]").is_checked()
        page.go_back()
        page.go_back()
        page.wait_for_url(first[0])
        assert (page.url, titles(page)) == first
        assert not page.locator("[name=with][value=child]").is_checked()

    def test_a_quick_age_is_put_on_and_taken_off_by_the_same_link(self, reader):
        page = reader()
        page.goto("/toolkits/?need=safety")
        before = total(page)
        page.locator(".quick").get_by_role("link", name="Age 6").click()
        page.wait_for_url("**age=6**")
        assert query(page) == {"need": ["safety"], "age": ["6"]}
        page.locator(".quick").get_by_role("link", name="Age 6").click()
        page.wait_for_url(lambda url: "age" not in url)
        assert total(page) == before

    def test_an_unborn_child_has_tools_too(self, reader):
        page = reader()
        page.goto("/toolkits/")
        page.locator(".quick").get_by_role("link", name="Unborn").click()
        page.wait_for_url("**age=-1**")
        assert total(page) > 0
        assert page.locator(".chosen").get_by_text("Unborn").is_visible()

    @pytest.mark.parametrize("asked", ["age=7&need=leaving-care", "age=7&need=leaving-care&minutes=1"])
    def test_where_nothing_fits_the_nearest_tools_are_shown(self, reader, asked):
        page = reader()
        page.goto(f"/toolkits/?{asked}")
        assert total(page) == 0
        assert "No tool fits all of that" in page.inner_text("main")
        assert titles(page)

    def test_what_cannot_be_used_is_told_and_the_rest_is_kept(self, reader):
        page = reader(1280)
        page.goto("/toolkits/?need=safety&age=7")
        wanted = titles(page)
        page.goto("/toolkits/?need=safety&need=sweets&age=7&minutes=soon&sort=loudest")
        assert titles(page) == wanted
        said = page.locator(".notices").inner_text()
        for typed in ("sweets", "soon", "loudest"):
            assert f"“{typed}”" in said
        assert page.get_by_label("Age in years").input_value() == "7"
        assert page.locator("[name=need][value=safety]").is_checked()

    def test_an_age_typed_in_words_is_told_and_everything_is_shown(self, reader):
        page = reader()
        page.goto("/toolkits/")
        everything = total(page)
        page.get_by_text("Filters", exact=True).click()
        page.get_by_label("Age in years").fill("seven")
        page.get_by_role("button", name="Show tools").click()
        page.wait_for_url("**age=seven**")
        assert total(page) == everything
        assert "Age “seven” is not between -1 and 25" in page.locator(".notices").inner_text()

    @pytest.mark.parametrize("name", ["age", "minutes", "need", "item", "sort", "page"])
    def test_nonsense_in_the_address_still_gives_tools_and_a_line_that_says_so(self, reader, name):
        page = reader()
        page.goto("/toolkits/")
        everything = total(page)
        for value in NONSENSE:
            response = page.goto(f"/toolkits/?{name}={value}")
            assert response.status == 200, value
            assert total(page) == everything, value
            assert titles(page), value
            assert page.locator(".notices").inner_text().strip(), value

    def test_nonsense_in_the_address_does_not_push_the_page_off_the_side(self, reader):
        page = reader()
        page.goto(f"/toolkits/?age={'x' * 10_000}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    def test_a_filter_given_twice_counts_once_and_the_last_age_counts(self, reader):
        page = reader()
        page.goto("/toolkits/?need=safety&need=safety&age=3&age=7")
        chips = [chip.splitlines()[-1] for chip in page.locator(".chosen .pill").all_inner_texts()]
        assert chips == ["Age 7", "Safety"]
        assert "Age was given more than once; we used the last." in page.locator(".notices").inner_text()


def choose(page, **values: str) -> None:
    """Tick the boxes named, show the tools."""
    for name, value in values.items():
        box = page.locator(f"[name={name}][value={value}]")
        if not box.is_visible():
            page.locator(f"details.facet:has([name={name}]) > summary").click()
        box.check()
    page.get_by_role("button", name="Show tools").click()
    page.wait_for_url(re.compile("&?".join(f".*{name}={value}" for name, value in values.items())))


def count_beside(page, name: str, value: str) -> int:
    label = page.locator(f"label:has([name={name}][value={value}])")
    return int(re.search(r"\d+", label.locator(".choice__count").inner_text())[0])


class TestPracticeModel:
    @pytest.mark.parametrize(
        ("model", "families"),
        [("portsmouth", {"PE": 8, "PP": 10, "SS": 10, "PS": 10}), ("nottinghamshire", {"NE": 5, "NR": 5})],
    )
    def test_every_item_stands_in_its_place(self, reader, model, families):
        page = reader()
        page.goto(f"/practice/{model}/")
        rows = [row.locator(".item-row__code").all_inner_texts() for row in page.locator(".item-rows").all()]
        assert rows == [[f"{letters}{number}" for number in range(1, count + 1)] for letters, count in families.items()]

    def test_from_the_model_to_an_item_to_its_tool_and_back_by_the_chip(self, reader):
        page = reader()
        page.goto("/")
        page.get_by_role("link", name="The practice model").click()
        page.wait_for_url("**/practice/")
        page.get_by_role("link", name="Portsmouth model of family practice").first.click()
        page.wait_for_url("**/practice/portsmouth/")
        page.get_by_role("link", name="PS3 Maps and timelines").click()
        page.wait_for_url("**/practice/portsmouth/ps3/")
        page.get_by_role("link", name=GENOGRAM).click()
        page.wait_for_url(f"**{GENOGRAM_URL}")
        page.locator("[data-item=PS3]").first.click()
        page.wait_for_url("**/practice/portsmouth/ps3/")

    def test_equivalent_items_link_to_each_other(self, reader):
        page = reader()
        page.goto("/practice/portsmouth/ps4/")
        page.locator("header [data-item=NE3]").click()
        page.wait_for_url("**/practice/nottinghamshire/ne3/")
        others = page.locator("main header [data-item]").evaluate_all("chips => chips.map(chip => chip.dataset.item)")
        assert sorted(others) == ["PS2", "PS4", "SS2"]
        page.locator("header [data-item=PS4]").click()
        page.wait_for_url("**/practice/portsmouth/ps4/")

    def test_what_is_aligned_to_an_equivalent_item_is_found_from_the_other_model(self, reader):
        page = reader()
        page.goto("/practice/nottinghamshire/ne3/")
        assert OPENERS in titles(page)
        assert page.get_by_role("heading", name="Through SS2 Hear and weigh views").is_visible()

    def test_neighbours_lead_along_the_family_and_stop_at_its_ends(self, reader):
        page = reader()
        page.goto("/practice/portsmouth/ps1/")
        seen = ["ps1"]
        assert page.locator(".neighbours [rel=prev]").count() == 0
        while page.locator(".neighbours [rel=next]").count():
            page.locator(".neighbours [rel=next]").click()
            page.wait_for_url(lambda url: not url.endswith(f"/{seen[-1]}/"))
            seen.append(path(page).split("/")[-2])
        assert seen == [f"ps{number}" for number in range(1, 11)]
        page.locator(".neighbours [rel=prev]").click()
        page.wait_for_url("**/ps9/")

    def test_from_methods_to_a_method_to_its_tools(self, reader):
        page = reader()
        page.goto("/practice/")
        page.get_by_role("link", name="methods").last.click()
        page.wait_for_url("**/practice/methods/")
        page.get_by_role("link", name="Mapping").click()
        page.wait_for_url("**/practice/methods/mapping/")
        drawn = ToolPage.objects.filter(terms__vocabulary=Vocabulary.METHOD, terms__slug="mapping")
        assert sorted(titles(page)) == sorted(drawn.values_list("title", flat=True))
        page.get_by_role("link", name=GENOGRAM).click()
        page.wait_for_url(f"**{GENOGRAM_URL}")

    def test_another_model_in_the_settings_changes_families_chips_and_filters_at_once(self, reader):
        page = reader(1280)
        letters = {"PE": "Elements", "NE": "Strengths-based elements"}

        def shown() -> dict:
            page.goto("/")
            families = page.locator(".family__name").all_inner_texts()
            page.goto("/toolkits/")
            chips = page.locator(".card [data-item]").evaluate_all("chips => chips.map(chip => chip.dataset.item)")
            boxes = page.locator("[name=item]").evaluate_all("boxes => boxes.map(box => box.value)")
            return {"families": families, "chips": set(chips), "filter": set(boxes), "total": total(page)}

        before = shown()
        assert before["families"] == ["Elements", "Principles", "Service standards", "Practice standards"]
        assert all(code[:2] in {"PE", "PP", "SS", "PS"} for code in before["chips"] | before["filter"])
        settings = ShownModelSettings.objects.get()
        settings.model = PracticeModel.objects.get(slug="nottinghamshire")
        settings.save()

        after = shown()
        assert after["families"] == [letters["NE"], "Restorative features"]
        assert after["chips"]
        assert all(code[:2] in {"NE", "NR"} for code in after["chips"] | after["filter"])
        assert after["total"] == before["total"]
        choose(page, item="NE3")
        assert OPENERS in titles(page)
        # An address with an item of the other model was perhaps sent to somebody: it still works.
        page.goto("/toolkits/?item=PS3")
        assert GENOGRAM in titles(page)


class TestMyHub:
    def test_dark_stays_after_a_reload_and_everywhere(self, reader):
        page = reader()
        page.goto("/me/")
        page.get_by_role("radio", name="Dark").check()
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**saved=1")
        assert "Saved" in page.locator("[role=status]").inner_text()
        for address in ("/me/", OPENERS_URL):
            page.goto(address)
            page.reload()
            assert page.locator("html").get_attribute("data-theme") == "dark"
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
            background = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert max(map(int, re.findall(r"\d+", background))) < 60
        page.goto("/me/")
        page.get_by_role("radio", name="The same as my device").check()
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**saved=1")
        assert page.locator("html").get_attribute("data-theme") is None

    def test_a_password_is_changed_and_the_new_one_opens_the_door(self, reader, sign_in):
        page = reader()
        page.goto("/me/")
        page.get_by_role("link", name="Change your password").click()
        page.wait_for_url("**/accounts/password/change/")
        page.locator("[name=oldpassword]").fill(PASSWORD)
        page.locator("[name=password1]").fill("kettle bramble lantern")
        page.locator("[name=password2]").fill("kettle bramble lantern")
        page.get_by_role("button", name="Change password").click()
        page.wait_for_url("**/me/")
        elsewhere = reader(signed_in=False)
        sign_in(elsewhere, READER, "kettle bramble lantern", by_form=True)
        assert path(elsewhere) == "/"

    def test_signing_out_ends_it_and_the_back_button_shows_nothing(self, reader):
        page = reader()
        page.goto(OPENERS_URL)
        page.goto("/me/")
        page.locator("main").get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/accounts/login/")
        page.go_back()
        page.wait_for_url("**/accounts/login/?next=/me/")
        page.go_back()
        page.wait_for_url(f"**/accounts/login/?next={OPENERS_URL}")
        assert OPENERS not in page.inner_text("body")

    def test_the_menu_of_any_page_signs_out(self, reader):
        page = reader()
        page.goto(OPENERS_URL)
        page.locator(".menu__button").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/accounts/login/")
        page.goto("/")
        assert path(page) == "/accounts/login/"


class TestSigningIn:
    def test_a_wrong_password_and_an_unknown_address_are_told_in_the_same_words(self, reader):
        page, said = reader(signed_in=False), []
        for email in (READER, "nobody@hub.example"):
            page.goto("/accounts/login/")
            page.get_by_label("E-mail address").fill(email)
            page.get_by_label("Password", exact=True).fill("wrong-password-1")
            page.get_by_role("button", name="Sign in").click()
            summary = page.locator("[data-error-summary]")
            summary.wait_for()
            said.append(summary.inner_text())
            assert page.get_by_label("E-mail address").input_value() == email
            assert page.get_by_label("Password", exact=True).input_value() == ""
            assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
            assert page.title().startswith("Error: ")
        assert said[0] == said[1]
        assert "password" in said[0]

    def test_the_password_can_be_looked_at_while_it_is_typed(self, reader):
        page = reader(signed_in=False)
        page.goto("/accounts/login/")
        field = page.locator("[name=password]")
        page.get_by_role("button", name="Show password").click()
        assert field.get_attribute("type") == "text"
        page.get_by_role("button", name="Hide password").click()
        assert field.get_attribute("type") == "password"

    def test_a_forgotten_password_is_replaced_by_mail_from_end_to_end(self, reader, sign_in, live_hub, settings):
        settings.EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"
        settings.BASE_URL = live_hub.url
        page = reader(signed_in=False)
        page.goto("/accounts/login/")
        page.get_by_role("link", name="Forgotten your password?").click()
        page.wait_for_url("**/password/reset/")
        said = []
        for email in ("nobody@hub.example", READER):
            page.goto("/accounts/password/reset/")
            page.get_by_label("E-mail address").fill(email)
            page.get_by_role("button", name="Send me a link").click()
            page.wait_for_url("**/password/reset/done/")
            said.append(page.inner_text("main"))
        assert said[0] == said[1]

        mail = OutgoingMail.objects.get()
        assert mail.to == READER
        link = re.search(rf"{live_hub.url}/accounts/password/reset/key/\S+", mail.text)[0]
        page.goto(link)
        page.locator("[name=password1]").fill("short")
        page.locator("[name=password2]").fill("short")
        page.get_by_role("button", name="Save the new password").click()
        beside = page.locator(".field:has([name=password1]), .field:has([name=password2])").locator(".field__error")
        beside.first.wait_for()
        assert "12 characters" in " ".join(beside.all_inner_texts())
        assert page.locator("[aria-invalid=true]").count()

        page.locator("[name=password1]").fill("kettle bramble lantern")
        page.locator("[name=password2]").fill("kettle bramble lantern")
        page.get_by_role("button", name="Save the new password").click()
        page.wait_for_url("**/password/reset/key/done/")
        page.get_by_role("link", name="Sign in").click()
        page.wait_for_url("**/accounts/login/")
        sign_in(page, READER, "kettle bramble lantern", by_form=True)
        assert path(page) == "/"
        # The link worked once.
        again = reader(signed_in=False)
        again.goto(link)
        assert "This link no longer works" in again.inner_text("main")


class TestLost:
    def test_a_reader_at_the_editors_door_is_told_so(self, reader):
        page = reader()
        response = page.goto("/admin/")
        assert response.status == 403
        assert "Editing is not part of your account" in page.inner_text("h1")
        page.get_by_role("link", name="Go to the home page").click()
        page.wait_for_url(re.compile(r"/$"))
        assert path(page) == "/"
        assert not page.locator(".menu__panel a[href^='/admin/']").count()

    def test_a_page_that_is_not_there_leads_home_or_to_a_search(self, reader):
        page = reader()
        response = page.goto("/toolkits/no-such-tool/")
        assert response.status == 404
        assert page.locator("body > .header").is_visible()
        page.get_by_label("Look for it by name").fill("genogram")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=genogram")
        assert GENOGRAM in titles(page)
        page.goto("/toolkits/no-such-tool/")
        page.locator("main").get_by_role("link", name="the home page").click()
        page.wait_for_url(re.compile(r"\d/$"))

    def test_words_of_a_title_find_it_from_the_home_page(self, reader):
        page = reader()
        page.goto("/")
        page.get_by_role("searchbox").fill("want talk")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/search/?q=want+talk")
        found = page.locator("#results > li")
        assert found.count() == total(page) > 0
        assert found.first.locator("h2 a").inner_text() == OPENERS
        assert page.get_by_role("searchbox").input_value() == "want talk"

    def test_a_search_that_finds_nothing_says_what_to_do_next(self, reader):
        page = reader()
        for q in ("zzzzzz", "", *NONSENSE):
            response = page.goto(f"/search/?q={q}")
            assert response.status == 200, q
            assert page.locator("main .empty h2").inner_text(), q
            assert page.locator("main").get_by_role("link", name="Browse all tools").is_visible(), q
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, q

    def test_a_new_tool_is_found_at_once(self, reader):
        page = reader()
        page.goto("/search/?q=paper+boats")
        assert not titles(page)
        make_tool("Paper boats")
        page.reload()
        assert titles(page) == ["Paper boats"]


SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries()))
    .observe({type: "layout-shift", buffered: true});
"""
FONT = re.compile(r"\.woff2$")


class TestLightAndSteady:
    @pytest.mark.parametrize("width", [360, 1280])
    @pytest.mark.parametrize("address", ["/", "/toolkits/", OPENERS_URL], ids=["home", "tools", "tool"])
    def test_nothing_moves_while_a_page_loads(self, reader, address, width):
        page = reader(width)
        page.add_init_script(SHIFTS)
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)
        shifts = page.evaluate(
            "shifts.map(s => [s.value, s.sources.map(({node}) => node?.outerHTML?.slice(0, 90)).join(' | ')])"
        )
        assert round(sum(value for value, _ in shifts), 2) == 0, shifts

    @pytest.mark.parametrize("address", ["/", "/toolkits/", OPENERS_URL], ids=["home", "tools", "tool"])
    def test_a_first_visit_weighs_little(self, reader, address):
        """As it came over the wire, headers included. The page itself leaves this server uncompressed, and is
        counted as gzip, which any proxy in front of it would do.
        """
        page = reader()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        urls, sizes = {}, {}
        network.on("Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]["url"]}))
        network.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
        response = page.goto(address, wait_until="networkidle")
        html = response.body()
        wire = {urlsplit(urls[key]).path: size for key, size in sizes.items() if urls[key].startswith("http")}
        if "content-encoding" not in response.headers:
            wire[address] += len(gzip.compress(html)) - len(html)
        fonts = sum(size for name, size in wire.items() if FONT.search(name))
        print(wire)
        assert fonts
        assert len(wire) <= 8, wire
        assert sum(wire.values()) <= 150_000, wire
        assert sum(wire.values()) - fonts <= 40_000, wire


# What follows is not about the hub: the keyboard's focus, and reading a PDF.

STOP = """() => {
    const stop = document.activeElement;
    if (!stop || stop === document.body) return null;
    const style = getComputedStyle(stop), [box] = stop.getClientRects();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        html: stop.outerHTML.slice(0, 120),
        seen: stop.matches(":focus-visible") && box.width > 0 && box.height > 0
            && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
            && box.x >= 0 && box.y >= 0 && box.right <= innerWidth && Math.min(box.bottom, box.y + 48) <= innerHeight
            && (at === stop || stop.contains(at) || !!at?.closest("label")?.contains(stop)),
    };
}"""


def next_stop(page) -> dict | None:
    """Where one press of Tab leads: its HTML, and whether it can be seen to have the focus. `None` past the last."""
    page.keyboard.press("Tab")
    return page.evaluate(STOP)


def reach(page, selector: str) -> None:
    """Tab to that element, as somebody without a mouse does; every stop on the way must be in sight."""
    for _ in range(150):
        stop = next_stop(page)
        assert stop, f"Tab left the page before {selector}"
        assert stop["seen"], stop
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"150 presses of Tab did not reach {selector}")


def press(page, key: str, url: str | Callable[[str], bool]) -> None:
    """Press a key that leads to another page."""
    page.keyboard.press(key)
    page.wait_for_url(url)


def assert_holds_the_whole_tool(text: str) -> None:
    for words in (OPENERS, "Keep company without pushing", "Child alone", "4 to 16 years", "10 minutes", *SECTIONS):
        assert squeezed(words) in text, words
    assert re.search(r"Printedon\d{1,2}[A-Z][a-z]+20\d\d\.Checkbeforeuse:", text)
    assert squeezed(OPENERS_URL) in text


def squeezed(words: str) -> str:
    return "".join(words.split())


def words_on_paper(pdf: bytes) -> str:
    """The text of a PDF as Chromium writes it, without blanks. Letters are numbers there; each font says which."""
    objects = dict(re.findall(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj", pdf, re.S))
    text = []
    for page in objects.values():
        if not re.search(rb"/Type\s*/Page\b", page):
            continue
        fonts = {
            name: letters_of(unpacked(objects[re.search(rb"/ToUnicode (\d+) 0 R", objects[key])[1]]))
            for name, key in re.findall(rb"/(F\d+) (\d+) 0 R", page)
        }
        drawn = unpacked(objects[re.search(rb"/Contents (\d+) 0 R", page)[1]])
        font, long = {}, 4
        for name, shown in re.findall(rb"/(F\d+) [\d.]+ Tf|(<[0-9A-Fa-f]+>|\[[^\]]*\]) T[jJ]", drawn):
            if name:
                # A variable font is written as drawings with short numbers, any other with long ones.
                font = fonts[name]
                long = len(next(iter(font), b"0000"))
                continue
            codes = b"".join(re.findall(rb"<([0-9A-Fa-f]+)>", shown)).upper()
            text += [font.get(codes[at : at + long], "") for at in range(0, len(codes), long)]
    return squeezed("".join(text))


def unpacked(stream: bytes) -> bytes:
    return zlib.decompress(re.search(rb"stream\r?\n(.*)\r?\nendstream", stream, re.S)[1])


def letters_of(table: bytes) -> dict[bytes, str]:
    """A glyph's number, in hexadecimal, to the letters it stands for."""

    def said(code: bytes, beyond: int = 0) -> str:
        letters = bytes.fromhex(code.decode()).decode("utf-16-be")
        return letters[:-1] + chr(ord(letters[-1]) + beyond)

    letters = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.S):
        letters |= {key.upper(): said(value) for key, value in pairs(part)}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, value in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            for beyond in range(int(last, 16) - int(first, 16) + 1):
                letters[b"%0*X" % (len(first), int(first, 16) + beyond)] = said(value, beyond)
    return letters


def pairs(part: bytes) -> Iterable[tuple[bytes, bytes]]:
    return re.findall(rb"<(\w+)>\s*<(\w+)>", part)
