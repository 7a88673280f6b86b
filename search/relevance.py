"""How good the finding is: queries with the answers that people expect, scored."""

import csv
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

AT_FIRST, IN_THREE = 2, 1
KEY = re.compile(r"\b[A-Z]+\d+\b")


@dataclass(frozen=True)
class Expected:
    """A query, the pages of which one should be first, and what else is a good answer: keys or titles."""

    query: str
    first: tuple[str, ...]
    also_fine: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scored:
    """How one query did. `points` are 2 for a right page first; 1 for one in the first three, or a fine one first."""

    expected: Expected
    points: int
    found: list[str]


def read(path: Path) -> list[Expected]:
    """The rows of a file with the columns query, first, also_fine, parted by tabs; raises `KeyError` without those.

    Keys are parted by blanks, and what stands in brackets is a remark: "T04 (25m+ tools lower)". Without keys the
    column is one title.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if not {"query", "first"} <= set(rows.fieldnames or ()):
            raise KeyError("it has no columns query and first")
        return [Expected(row["query"], _pages(row["first"]), _pages(row.get("also_fine") or "")) for row in rows]


def _pages(cell: str) -> tuple[str, ...]:
    cell = re.sub(r"\(.*?\)", " ", cell).strip()
    return tuple(KEY.findall(cell)) or ((cell,) if cell else ())


def demo_titles(folder: Path) -> dict[str, str]:
    """Key to title of the demo content: "T04" to "When a child does not want to talk: …"."""
    titles = {}
    for path in sorted(folder.rglob("*.md")):
        parts = path.read_text(encoding="utf-8").split("+++\n", 2)
        if len(parts) == 3:
            facts = tomllib.loads(parts[1])
            if "id" in facts:
                titles[facts["id"]] = facts["title"]
    return titles


def score(rows: Iterable[Expected], titles: dict[str, str], search: Callable[[str], list[str]]) -> list[Scored]:
    """Score every row. `search` gives the titles found for a query, best first."""
    scored = []
    for row in rows:
        found = search(row.query)
        right, fine = ({titles.get(page, page) for page in pages} for pages in (row.first, row.also_fine))
        in_three = right & set(found[:3]) or fine & set(found[:1])
        scored.append(Scored(row, AT_FIRST if right & set(found[:1]) else IN_THREE if in_three else 0, found))
    return scored
