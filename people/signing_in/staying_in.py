"""How long somebody stays signed in: eight hours after the last thing they did, and never longer than a day's work.

The session is written once in a while, not with each request: a page that is only read should write nothing.
"""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from people.signing_in import unfinished

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
RENEWED_AFTER = 10 * 60
LONGEST = 12 * 60 * 60
"""Seconds: after so long at work the session is noted as used; after so long it ends, used or not."""


@receiver(user_logged_in)
def note_signing_in(request, **kwargs) -> None:
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


class StayingInMiddleware:
    """Stands right behind the session: renews it while somebody works, and ends it after the longest day."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        session, now = request.session, int(time.time())
        if SESSION_KEY in session:
            since = session.setdefault(SIGNED_IN_AT, now)
            if now - since >= LONGEST:
                session.flush()
            elif now - session.get(SEEN_AT, 0) >= RENEWED_AFTER:
                session[SEEN_AT] = now
        who = session.get(SESSION_KEY)
        response = self.get_response(request)
        return unfinished.remember_who(request, response, who)
