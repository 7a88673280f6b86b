"""How good the finding is: queries with the answers that people expect, scored."""

import csv
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

AT_FIRST, IN_THREE = 2, 1


@dataclass(frozen=True)
class Expected:
    """A query, the key of the page that should be first, and what else is fine, as somebody wrote it down."""

    query: str
    first: str
    also_fine: str


@dataclass(frozen=True)
class Scored:
    """How one query did. `points` are 2 for the right page first and 1 for second or third."""

    expected: Expected
    points: int
    found: list[str]


def read(path: Path) -> list[Expected]:
    """The rows of a file with the columns query, first, also_fine, parted by tabs; raises `KeyError` without those."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if not {"query", "first"} <= set(rows.fieldnames or ()):
            raise KeyError("it has no columns query and first")
        return [Expected(row["query"], row["first"].strip(), row.get("also_fine") or "") for row in rows]


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
    """Score every row. `search` gives the titles found for a query, best first; `first` may be a key or a title."""
    scored = []
    for row in rows:
        found, wanted = search(row.query), titles.get(row.first, row.first)
        points = AT_FIRST if found[:1] == [wanted] else IN_THREE if wanted in found[:3] else 0
        scored.append(Scored(row, points, found))
    return scored
