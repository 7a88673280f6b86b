"""What is tested is what is served: the lock files agree, and every package in them is pinned and hashed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-production.txt", "requirements-dev.txt")


def pins(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][\w.\-]*==[\w.]+)", (ROOT / name).read_text(), re.M | re.I))


@pytest.mark.parametrize("longer", LOCKS[1:])
def test_a_longer_lock_holds_the_same_versions(longer):
    assert pins(LOCKS[0]) <= pins(longer)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name):
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", (ROOT / name).read_text(), flags=re.M).strip())
    assert entries
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name):
    assert re.findall(r"https?://|--index-url|--find-links", (ROOT / name).read_text()) == []
