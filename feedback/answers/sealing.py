"""Sealing what an anonymous form was told, and standing for a person without naming them. The key is not in the
database: it is worked out from the hub's secret key, and from the former ones where that was changed."""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

ROOM = 4096
"""A box is filled up to a multiple of this, so that its length does not tell how much somebody wrote."""
NONCE = 12


class CannotOpen(Exception):
    """The box was sealed under another key, or belongs to another form."""


def seal(said: list[dict], *, form: object) -> bytes:
    """What was said, readable to nobody who has the database alone; bound to its form."""
    words = json.dumps(said, ensure_ascii=False).encode()
    padded = words + b" " * (-len(words) % ROOM)
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_keys()[0]).encrypt(nonce, padded, str(form).encode())


def unseal(box: bytes, *, form: object) -> list[dict]:
    box = bytes(box)
    for key in _keys():
        try:
            return json.loads(AESGCM(key).decrypt(box[:NONCE], box[NONCE:], str(form).encode()))
        except InvalidTag:
            continue
    raise CannotOpen


def tokens_of(person_id: int) -> list[str]:
    """What stands for this person where it is noted that they answered: the first is written, all are looked for."""
    return [
        salted_hmac("feedback.answered", str(person_id), secret=secret, algorithm="sha256").hexdigest()
        for secret in _secrets()
    ]


def _keys() -> list[bytes]:
    return [salted_hmac("feedback.sealed", "key", secret=one, algorithm="sha256").digest() for one in _secrets()]


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
