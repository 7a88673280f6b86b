"""What an editor presses in Wagtail's page editor, in a real browser, and what it says back."""


def edit(page, one) -> None:
    page.goto(f"/admin/pages/{one.pk}/edit/")


def section(page, name: str):
    return page.locator(f"section[id$='-{name}-section']")


def open_tab(page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def save_draft(page) -> str:
    forget_messages(page)
    page.get_by_role("button", name="Save draft").click()
    return message(page)


def publish(page, word="Publish") -> str:
    page.get_by_role("button", name="More actions").click()
    forget_messages(page)
    page.get_by_role("button", name=word, exact=True).click()
    # A save that Wagtail began by itself can end after the one that was pressed: it asks then, and the answer is yes.
    asked = page.get_by_role("dialog").get_by_role("button", name=word, exact=True)
    asked.or_(page.locator(".messages li")).first.wait_for()
    if asked.is_visible():
        asked.click()
    return message(page)


def forget_messages(page) -> None:
    """What was said before the press is not the answer to it: the next page may take a moment."""
    page.locator(".messages li").evaluate_all("said => said.forEach(one => one.remove())")


def message(page) -> str:
    """What Wagtail says after it has saved or refused."""
    page.locator(".messages li").first.wait_for()
    return page.locator(".messages").inner_text()


def refused_fields(page) -> set[str]:
    """The fields with something said against them."""
    return set(
        page.locator(".error-message, .help-critical").evaluate_all(
            """said => said.filter(one => one.textContent.trim())
                .map(one => one.closest("[data-contentpath]")?.dataset.contentpath).filter(Boolean)"""
        )
    )
