"""Draws the rooms of the house, floor by floor, into `docs/architecture.md`, in the words of their own docstrings.

`--check` writes nothing and fails where the page says something else than the code.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hub.floors import FLOORS

PAGE = ROOT / "docs" / "architecture.md"
BEGINS, ENDS = "<!-- drawn by scripts/draw_house.py -->\n", "<!-- end of what is drawn -->\n"
SAID_ELSEWHERE = {"migrations", "tests", "templatetags", "management", "seed"}


def says(folder: Path) -> str:
    """What a package says of itself in the first line of its docstring."""
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
    return text.partition("\n")[0]


def drawn() -> str:
    """A table a floor, the top first: rooms, and the folders in them."""
    lines = []
    for rooms in reversed(FLOORS):
        lines += ["| room | what for |", "|---|---|"]
        for room in sorted(rooms):
            lines.append(f"| **`{room}/`** | {says(ROOT / room)} |")
            for folder in sorted((ROOT / room).glob("*/__init__.py")):
                if folder.parent.name not in SAID_ELSEWHERE and (said := says(folder.parent)):
                    lines.append(f"| `{room}/{folder.parent.name}/` | {said} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    text = PAGE.read_text()
    before, rest = text.split(BEGINS)
    after = rest.split(ENDS)[1]
    new = f"{before}{BEGINS}\n{drawn()}{ENDS}{after}"
    if "--check" in sys.argv:
        sys.exit(0 if new == text else "docs/architecture.md is not the house: python3 scripts/draw_house.py")
    PAGE.write_text(new)


if __name__ == "__main__":
    main()
