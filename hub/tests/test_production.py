"""A hub in production starts safe, or it does not start and says why."""

import os
import subprocess
import sys

import pytest

from hub.production import MAIL_THAT_ARRIVES, unsafe
from hub.tests.test_architecture import ROOT

SAFE = {
    "secret_key": "k3Jz-9sQ2mXv7Lw0Rb5Ty8Ua1Nc4Pd6Fe-Gh_Ij2Kl5Mn8Op1Qr",
    "allowed_hosts": ["hub.council.example", "www.hub.council.example"],
    "base_url": "https://hub.council.example",
    "mail_backend": MAIL_THAT_ARRIVES,
}


def test_what_the_example_of_settings_says_is_safe():
    assert list(unsafe(**SAFE)) == []
    assert list(unsafe(**{**SAFE, "allowed_hosts": [".council.example"]})) == []
    assert list(unsafe(**{**SAFE, "base_url": "https://hub.council.example:8443"})) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("secret_key", "short"),
        ("secret_key", "a" * 60),
        ("secret_key", SAFE["secret_key"][:49]),
        ("allowed_hosts", ["*"]),
        ("allowed_hosts", ["hub.council.example", "*"]),
        ("allowed_hosts", ["hub.council.example", "*.council.example"]),
        ("allowed_hosts", ["hub.council.example", "."]),
        ("allowed_hosts", ["https://hub.council.example"]),
        ("base_url", "http://hub.council.example"),
        ("base_url", "hub.council.example"),
        ("base_url", "https://hub.council.example/"),
        ("base_url", "https://another.example"),
        ("mail_backend", "django.core.mail.backends.filebased.EmailBackend"),
        ("mail_backend", "django.core.mail.backends.console.EmailBackend"),
        ("mail_backend", "django.core.mail.backends.dummy.EmailBackend"),
    ],
)
def test_what_is_not_safe_is_named(setting, value):
    found = list(unsafe(**{**SAFE, setting: value}))
    assert found
    name = {"mail_backend": "EMAIL_URL"}.get(setting, setting.upper())
    assert all(name in words for words in found)


ENVIRONMENT = {
    "HUB_ENV": "production",
    "SECRET_KEY": SAFE["secret_key"],
    "ALLOWED_HOSTS": "hub.council.example",
    "BASE_URL": SAFE["base_url"],
    "EMAIL_URL": "smtp+tls://hub:password@mail.council.example:587",
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, ""),
        ({"EMAIL_URL": ""}, "EMAIL_URL must be set in production"),
        ({"EMAIL_URL": "filemail:///srv/mail", "SECRET_KEY": "short"}, "EMAIL_URL must name a mail server"),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "*"}, "SECRET_KEY must be 50 random characters"),
    ],
    ids=str,
)
def test_the_hub_does_not_start_with_it(changed, words, tmp_path):
    environment = {**os.environ, **ENVIRONMENT, "HUB_DATA": str(tmp_path), **changed}
    done = subprocess.run(
        [sys.executable, "-c", "import hub.settings"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (done.returncode == 0) is (words == "")
    assert words in done.stderr
