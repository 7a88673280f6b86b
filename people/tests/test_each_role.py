"""Which doors open to whom: every address of the hub without parameters, for each role, as a table.

Whoever a line does not name is refused by address too: 404, 403, or the CMS's own words that they may not. A new
address must have a line here before this passes.
"""

import re

import pytest
from django.urls import get_resolver

from people.models import Team
from people.roles import EDITING_ROLES, Role
from people.tests.test_every_door import every_address
from tests.builders import make_person

pytestmark = pytest.mark.django_db

EVERYBODY = set(Role)
STAFF = EVERYBODY - {Role.PARTNER}
CMS = set(EDITING_ROLES)
WORDS = {Role.EDITOR, Role.PSW, Role.ADMINISTRATOR}
LEARNING = {Role.ORGANISER, Role.ADMINISTRATOR}
LEADS = {Role.PSW, Role.ADMINISTRATOR}
ADMINISTRATOR = {Role.ADMINISTRATOR}
NOBODY = set()

# What an address begins with, longest first, and to whom it opens.
DOORS = {
    "/accounts/": EVERYBODY,
    "/me/": EVERYBODY,
    "/me/team/": {Role.MANAGER, Role.PSW},
    "/me/time/team/": {Role.MANAGER},
    "/search/": EVERYBODY,
    "/suggest/": EVERYBODY,
    "/champions/ask/": EVERYBODY,
    "/events/check-in/": EVERYBODY,
    "/events/team/": {Role.MANAGER},
    "/events/desk/": LEARNING,
    "/events/asked/": LEARNING,
    "/events/coverage/": LEARNING | {Role.PSW},
    "/feedback/": LEARNING | {Role.PSW},
    "/feedback/needs/": EVERYBODY,
    "/feedback/pledges/": EVERYBODY,
    "/feedback/you-said-we-did/": EVERYBODY,
    "/guidance/changes/": EVERYBODY,
    "/guidance/consultations/": EVERYBODY,
    "/guidance/training-plan/": STAFF,
    "/guidance/words/": EVERYBODY,
    "/glossary/": EVERYBODY,
    "/newsletters/": WORDS | LEARNING,
    "/insight/": LEADS | {Role.MANAGER},
    "/insight/figures/": LEADS,
    "/style-guide/": CMS,
    "/healthz/": EVERYBODY,
    "/robots.txt": EVERYBODY,
    "/sitemap.xml": EVERYBODY,
    "/favicon.ico": EVERYBODY,
    "/brand.css": EVERYBODY,
    "/_util/login/": CMS,
    "/django-admin/login/": CMS,
    # The CMS: what only hands out icons and words for scripts is nobody's secret.
    "/admin/": CMS,
    "/admin/jsi18n/": EVERYBODY,
    "/admin/sprite/": EVERYBODY,
    "/admin/password_reset/": EVERYBODY,
    "/admin/choose_person/create/": ADMINISTRATOR,
    "/admin/documents/": WORDS,
    "/admin/documents/chooser/": CMS,
    "/admin/documents/chooser/create/": WORDS,
    "/admin/images/": WORDS,
    "/admin/images/chooser/": CMS,
    "/admin/images/chooser/create/": WORDS,
    "/admin/glossary/": WORDS,
    "/admin/phrases/": WORDS,
    "/admin/practice_": WORDS,
    "/admin/suggestions/": WORDS,
    "/admin/suggestions/new/": NOBODY,
    "/admin/synonyms/": WORDS,
    "/admin/unmet/": WORDS,
    "/admin/wishes/": WORDS,
    "/admin/reminders/": WORDS | LEARNING,
    "/admin/claims/": LEARNING,
    "/admin/event_rules/": LEARNING,
    "/admin/event_rules/new/": NOBODY,
    "/admin/event_sessions/": LEARNING,
    "/admin/known_words/": WORDS,
    "/admin/tags/": WORDS,
    "/admin/tags/new/": NOBODY,
    "/admin/learning_needs/": LEARNING,
    "/admin/question_sets/": LEARNING,
    "/admin/you_said/": LEARNING,
    "/admin/figure_kinds/": LEADS,
    "/admin/reports/public/": LEADS,
    "/admin/taking-out/": LEADS,
    "/admin/reports/not-searchable/": WORDS,
    "/admin/reports/photograph-consent/": WORDS,
    "/admin/reports/locked/": {Role.EDITOR, Role.ADMINISTRATOR},
    "/admin/reports/mail/": ADMINISTRATOR,
    "/admin/groups/": ADMINISTRATOR,
    "/admin/users/": ADMINISTRATOR,
    "/admin/teams/": ADMINISTRATOR,
    "/admin/sites/": ADMINISTRATOR,
    "/admin/redirects/": ADMINISTRATOR,
    "/admin/collections/": NOBODY,
    "/admin/snippets/": NOBODY,
    "/admin/workflows/": NOBODY,
    "/admin/workflows/task_chooser/": CMS,
}
# Wagtail's pages for trying out errors, and what ends the session of whoever asks.
LEFT_OUT = ("/admin/failwhale/", "/admin/test404/", "/admin/logout/", "/accounts/logout/")

ASKS_FOR_MORE = ("/admin/api/main/", "/admin/block-preview/")


def whose(address: str) -> set[Role] | None:
    """The longest line that fits; `/admin/` and `/feedback/` are lines of their own and of what lies below them."""
    fitting = [door for door in DOORS if address.startswith(door)]
    return DOORS[max(fitting, key=len)] if fitting else None


def addresses() -> list[str]:
    """Without parameters: those filled in by `every_address` have a 1 or an x for a part."""
    found = {address.replace("//", "/") for address in every_address(get_resolver())}
    plain = {address for address in found if not re.search(r"/(1|x)(/|\.|$)|_x|x_", address)}
    return sorted(plain - set(LEFT_OUT) - {"/"})


def opens(client, address: str) -> bool:
    """Whether somebody gets in: past redirects, and not to where they are told that they may not."""
    response = client.get(address, follow=True)
    if response.status_code in (403, 404, 410):
        return False
    ended = response.redirect_chain[-1][0] if response.redirect_chain else address
    page = b"".join(response if response.streaming else [response.content]).decode(errors="replace")
    return not (ended.startswith("/admin/") and "you do not have permission" in page)


@pytest.mark.parametrize("role", Role)
def test_an_address_opens_to_those_whom_the_table_names_and_to_nobody_else(hub, signed_in, role):
    person = make_person("somebody", role, team=Team.objects.create(name="North"))
    client, wrong = signed_in(person), []
    client.raise_request_exception = True
    for address in addresses():
        allowed = whose(address)
        if allowed is None or (role in allowed) != opens(client, address):
            status = client.get(address).status_code
            # What is only posted to leads those who look elsewhere; a search of the CMS for nothing is no door.
            only_looked = status in {303, 405} or (status == 404 and address.startswith(ASKS_FOR_MORE))
            if allowed is None or not only_looked:
                wrong.append((address, status, "no line in the table" if allowed is None else role in allowed))
    assert "\n".join(map(str, wrong)) == ""


def test_the_table_has_looked_at_the_whole_hub(hub):
    found = addresses()
    assert len(found) > 180
    assert {whose(address) is not None for address in found} == {True}
    assert [door for door in DOORS if not any(address.startswith(door) for address in found)] == []
