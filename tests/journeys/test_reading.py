"""What a practitioner does the evening before a visit: find a tool, read it, print it. In a real browser."""

import gzip
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from notices.models import OutgoingMail
from people.signing_in import way_back_in
from practice.models import PracticeModel, ShownModelSettings

pytestmark = pytest.mark.browser

OPENERS = "When a child does not want to talk: low-pressure openers"
PRACTITIONER = "practitioner@hub.example"


def heading(page) -> str:
    return page.inner_text("h1")


def in_view(page, selector: str) -> bool:
    """Whether all of an element lies in the part of the page that shows without scrolling."""
    box = page.locator(selector).first.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_tool_is_found_by_need_and_age_on_a_phone_and_printed(page_at, sign_in, javascript):
    page = page_at(360, height=640, javascript=javascript)
    sign_in(page, PRACTITIONER, by_form=True)
    assert heading(page) == "What do you need today?"
    page.get_by_role("link", name=re.compile("All 24 tools")).click()
    page.get_by_role("link", name="Age 9").click()
    page.locator("details.filters > summary").click()
    page.get_by_role("checkbox", name=re.compile("Wishes and feelings")).check()
    page.get_by_role("button", name="Show tools").click()
    assert "age=9" in page.url
    assert "need=wishes-and-feelings" in page.url
    page.get_by_role("link", name=OPENERS).click()
    assert heading(page) == OPENERS
    for seen in (
        "h1",
        ".purpose",
        "[data-fact=with]",
        "[data-fact=age]",
        "[data-fact=minutes]",
        "[data-fact=materials]",
    ):
        assert in_view(page, seen), seen
    assert in_view(page, ".tool__actions a")
    page.get_by_role("link", name="Print", exact=True).click()
    for section in (
        "Prepare",
        "Say",
        "Do",
        "If a child tells you something worrying",
        "Afterwards",
        "If you cannot print",
    ):
        assert page.get_by_role("heading", name=section, exact=True).count() == 1
    assert "Check before use" in page.inner_text("main")
    assert "/toolkits/when-a-child-does-not-want-to-talk/" in page.inner_text("main")


def test_the_same_by_keyboard_alone_with_the_focus_always_in_sight(page_at, sign_in):
    page = page_at(360, height=640)
    page.goto("/accounts/login/")

    def go_to(wanted: str, key="Tab", most=120):
        """Press a key until what has the focus says what is wanted; its place must be in sight and uncovered."""
        for _ in range(most):
            page.keyboard.press(key)
            focus = page.evaluate(
                """() => {
                    const element = document.activeElement, box = element.getBoundingClientRect();
                    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2);
                    const label = element.labels && element.labels.length ? element.labels[0].innerText : '';
                    return {words: (label || element.innerText || element.name || '').trim(),
                            seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                            covered: !!top && top !== element && !element.contains(top) && !top.contains(element)
                                     && !(element.labels && [...element.labels].some(label => label.contains(top)))};
                }"""
            )
            assert focus["seen"], focus
            assert not focus["covered"], focus
            if wanted in focus["words"]:
                return
        raise AssertionError(f"{wanted!r} is not reached by {key}")

    go_to("mail")
    page.keyboard.type(PRACTITIONER)
    go_to("Password")
    page.keyboard.type("strength-to-strength")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    go_to("All 24 tools")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolkits/")
    go_to("Age 9")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolkits/?age=9")
    go_to("Filters")
    page.keyboard.press("Enter")
    go_to("Wishes and feelings")
    page.keyboard.press("Space")
    go_to("Show tools")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("need=wishes-and-feelings"))
    go_to(OPENERS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/when-a-child-does-not-want-to-talk/")
    go_to("Print")
    page.keyboard.press("Enter")
    page.wait_for_url("**/print/")
    assert heading(page) == OPENERS


def test_the_paper_holds_the_tool_and_nothing_around_it(page_at, sign_in):
    page = page_at(1280)
    sign_in(page, PRACTITIONER)
    page.goto("/toolkits/when-a-child-does-not-want-to-talk/")
    page.emulate_media(media="print")
    for gone in ("header.header", "footer.footer", ".tool__actions"):
        assert not page.locator(gone).first.is_visible(), gone
    page.goto("/toolkits/when-a-child-does-not-want-to-talk/print/")
    page.emulate_media(media="print")
    assert not page.locator(".print-bar").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") != "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("points", [12, 16, 18, 20, 22, 24])
def test_large_print_is_as_large_as_it_says(page_at, sign_in, points):
    page = page_at(1280)
    sign_in(page, PRACTITIONER)
    page.goto(f"/toolkits/a-day-in-my-life/print/?size={points}")
    page.emulate_media(media="print")
    pixels = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)")
    assert pixels == pytest.approx(points * 96 / 72, abs=0.5)


def test_filters_come_off_one_by_one_and_the_address_remembers(page_at, sign_in):
    page = page_at(1280)
    sign_in(page, PRACTITIONER)
    page.goto("/toolkits/?age=7&need=safety&need=school")
    found = page.locator("[data-total]").inner_text()
    page.reload()
    assert page.locator("[data-total]").inner_text() == found
    page.get_by_role("link", name=re.compile("Safety")).first.click()
    assert page.url.endswith("/toolkits/?need=school&age=7")
    page.go_back()
    assert page.locator("[data-total]").inner_text() == found


def test_nonsense_in_the_address_gives_the_list_and_a_line_that_says_so(page_at, sign_in):
    page = page_at(360)
    sign_in(page, PRACTITIONER)
    page.goto("/toolkits/?age=seven&need=lunch")
    assert "24 tools" in page.inner_text("main")
    assert "“seven”" in page.inner_text("main")
    assert "“lunch”" in page.inner_text("main")


def test_the_model_leads_to_items_tools_neighbours_and_equivalents(page_at, sign_in):
    page = page_at(768)
    sign_in(page, PRACTITIONER)
    page.goto("/practice/portsmouth/")
    families = ("elements", "principles", "service-standards", "practice-standards")
    assert [page.locator(f"#{family} li").count() for family in families] == [8, 10, 10, 10]
    page.get_by_role("link", name=re.compile("Maps and timelines")).click()
    assert page.url.endswith("/practice/portsmouth/ps3/")
    assert page.get_by_role("link", name="Draw the family tree together: genogram guide").count() == 1
    page.get_by_role("link", name=re.compile("PS2 Seen alone")).click()
    page.get_by_role("link", name=re.compile("NE3")).first.click()
    assert page.url.endswith("/practice/nottinghamshire/ne3/")
    assert page.get_by_role("link", name=re.compile("PS2")).count() >= 1


def test_switching_the_model_changes_home_chips_and_filters(page_at, sign_in):
    page = page_at(1280)
    sign_in(page, PRACTITIONER)
    page.goto("/")
    assert page.get_by_role("link", name="Service standards").count() == 1
    settings = ShownModelSettings.objects.get()
    settings.model = PracticeModel.objects.get(slug="nottinghamshire")
    settings.save()
    page.reload()
    assert page.get_by_role("link", name="Restorative features").count() == 1
    assert page.get_by_role("link", name="Service standards").count() == 0
    page.goto("/toolkits/")
    assert page.locator("fieldset[data-facet=item] input[value=NE3]").count() == 1
    assert page.locator("fieldset[data-facet=item] input[value=PS2]").count() == 0


def test_dark_stays_dark_and_signing_out_is_for_good(page_at, sign_in):
    page = page_at(360)
    sign_in(page, PRACTITIONER, by_form=True)
    page.goto("/me/")
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("button", name=re.compile("Save")).click()
    page.goto("/toolkits/")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.locator("details.menu > summary").click()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/toolkits/")
    assert "/accounts/login/" in page.url


def test_a_wrong_password_is_said_and_the_address_is_still_there(page_at):
    page = page_at(360)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", PRACTITIONER)
    page.fill("input[name=password]", "not-my-password")
    page.get_by_role("button", name="Sign in").click()
    assert "There is a problem" in page.inner_text("main")
    assert page.input_value("input[name=login]") == PRACTITIONER


def test_a_forgotten_password_is_replaced_from_the_mail(page_at, settings):
    settings.EMAIL_BACKEND = "notices.backend.OutboxEmailBackend"
    page = page_at(360)
    page.goto("/accounts/login/")
    page.get_by_role("link", name=re.compile("forgot", re.IGNORECASE)).click()
    page.fill("input[name=email]", "practitioner2@hub.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("account_reset_password_done"))
    way_back_in.send_due(now=timezone.now())
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", OutgoingMail.objects.latest("pk").text)[1]
    page.goto(link)
    for name in ("password1", "password2"):
        page.fill(f"input[name={name}]", "paper-boats-and-stones")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("account_reset_password_from_key_done"))
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "practitioner2@hub.example")
    page.fill("input[name=password]", "paper-boats-and-stones")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)


@pytest.mark.parametrize("address", ["/", "/toolkits/", "/toolkits/when-a-child-does-not-want-to-talk/"])
def test_a_first_visit_is_light_and_nothing_jumps(page_at, sign_in, address):
    """At most 8 requests and 150 kB with fonts, 40 kB without. HTML is counted as gzip would send it."""
    page = page_at(360, height=640)
    sign_in(page, PRACTITIONER)
    page.add_init_script(
        "window.shift = 0; const add = list => list.getEntries().forEach(entry => window.shift += entry.value);"
        "new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true})"
    )
    weights = {}

    def weigh(response):
        body = response.body()
        sent = response.headers.get("content-length")
        weights[response.url] = len(gzip.compress(body)) if response.url.endswith(address) else int(sent or len(body))

    page.on("response", weigh)
    page.goto(address, wait_until="networkidle")
    fonts = sum(weight for url, weight in weights.items() if url.endswith(".woff2"))
    assert len(weights) <= 8, weights
    assert sum(weights.values()) - fonts <= 40_000, weights
    assert sum(weights.values()) <= 150_000, weights
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0
