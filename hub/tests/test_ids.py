"""An address with something else where the number of a record belongs is an address that does not exist."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

pytestmark = pytest.mark.django_db
NO_IDS = ("x", "9" * 30, "1e3", "_00")
NEVER = ("/admin/logout/", "/admin/failwhale/", "/accounts/logout/")


def patterns(resolver, before="^/"):
    """Every address that takes something, as a form to fill in and the names of what it takes."""
    for entry in resolver.url_patterns:
        pattern = before + entry.pattern.regex.pattern.lstrip("^").removeprefix("\\A")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, pattern)
        elif isinstance(entry, URLPattern):
            for form, names in normalize(pattern.replace("\\Z", "$")):
                if names:
                    yield "/" + form.lstrip("/"), names


@pytest.mark.parametrize("value", NO_IDS)
def test_no_address_of_the_hub_or_the_cms_breaks_on_what_is_no_number(hub, administrator, value):
    administrator.is_superuser = True
    administrator.save()
    client = Client(raise_request_exception=False)
    client.force_login(administrator)
    addresses = {form % dict.fromkeys(names, value) for form, names in patterns(get_resolver())}
    assert len(addresses) > 150
    broken = {a for a in addresses - set(NEVER) if client.get(a).status_code >= 500}
    assert broken == set()


@pytest.mark.parametrize("value", NO_IDS)
@pytest.mark.parametrize("chooser", ["images", "documents"])
def test_no_chooser_breaks_on_what_is_no_number(hub, administrator, chooser, value):
    administrator.is_superuser = True
    administrator.save()
    client = Client(raise_request_exception=False)
    client.force_login(administrator)
    for address in (
        f"/admin/{chooser}/chooser/chosen/{value}/",
        f"/admin/{chooser}/chooser/chosen-multiple/?id={value}",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("value", NO_IDS)
def test_what_the_cms_does_with_many_at_once_does_not_break_on_what_is_no_number(hub, administrator, value):
    administrator.is_superuser = True
    administrator.save()
    client = Client(raise_request_exception=False)
    client.force_login(administrator)
    for many in ("pages/hubpage/publish", "people/user/delete"):
        for asked in (f"id={value}", f"id={administrator.pk}&id={value}", f"id=all&childOf={value}", "id=all&childOf="):
            assert client.get(f"/admin/bulk/{many}/?{asked}").status_code == 404, (many, asked)
        assert client.get(f"/admin/bulk/{many}/?id=all").status_code < 400


@pytest.mark.parametrize("value", NO_IDS)
@pytest.mark.parametrize("kind", ["external", "email", "phone", "anchor"])
def test_no_window_for_a_link_breaks_on_what_is_no_number(hub, administrator, kind, value):
    administrator.is_superuser = True
    administrator.save()
    client = Client(raise_request_exception=False)
    client.force_login(administrator)
    assert client.get(f"/admin/choose-{kind}-link/?parent_page_id={value}").status_code == 404
    assert client.get(f"/admin/choose-{kind}-link/?parent_page_id=").status_code == 200
