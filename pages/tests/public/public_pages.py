"""What the tests of public pages do: publish, approve, look as somebody who has not signed in."""

from django.test import Client
from django.utils import timezone

from guidance.models import CareerPage
from pages.public.approving import approve
from tests.builders import PARAGRAPH, make_text


def publish(page, by=None, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)
    return type(page).objects.get(pk=page.pk)


def asking(editor):
    """A career page that its editor wants everybody to read."""
    made = make_text(CareerPage, "Work with us", steward=editor, body=PARAGRAPH)
    return publish(made, editor, audience="public")


def agree(page, by):
    return approve(page=page, by=by, read=page.live_revision_id, now=timezone.now())


def shown(page, after: str = "", **asked) -> bool:
    """Whether somebody who has not signed in reads the page; whatever else is asked leads to sign-in."""
    response = Client().get(page.address + after, asked)
    if response.status_code == 302:
        assert response.url.startswith("/accounts/login/?next=")
        return False
    assert response.status_code == 200
    return True
