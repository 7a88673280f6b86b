"""A way back in for whoever forgot their password, which tells nobody whose addresses the hub knows.

Whoever asks gets the same answer in the same time: their request writes down the address they typed and does nothing
else. A job looks whether somebody has it, makes the link and writes the letter.
"""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from django.db import transaction

from people.models import WayBackIn

AT_ONCE = 200


def ask(*, email: str, now: datetime) -> None:
    """Somebody who says that this is their address asks for a way back in."""
    WayBackIn.objects.create(email=email.lower(), asked_at=now)


def send_due(*, now: datetime) -> None:
    """A job: write to those who have an account; the others asked for nothing that is there. One letter for a run."""
    for email in set(WayBackIn.objects.filter(asked_at__lte=now).values_list("email", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            asked = WayBackIn.objects.select_for_update(skip_locked=True).filter(email=email)
            if pks := [one.pk for one in asked]:
                WayBackIn.objects.filter(pk__in=pks).delete()
                _write(email)


def _write(email: str) -> None:
    people = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    if people:
        request_password_reset(None, get_adapter().clean_email(email), people, default_token_generator)
