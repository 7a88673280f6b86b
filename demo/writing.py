"""The demo texts' few forms of Markdown, turned into the blocks of a page's sections. Pure: no Django."""

import html
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

SECTIONS = {
    "Prepare": "prepare",
    "Say": "say",
    "Do": "do",
    "If worried": "if_worried",
    "Afterwards": "afterwards",
    "If you cannot print": "no_print",
}
"""Heading in the file to field of the tool."""

STEP = re.compile(r"\d+\.\s+")
WORDS = re.compile(r"(?:\[([^\]]+)\]\s*)?(.+)")


class BadText(ValueError):
    """A demo file that does not follow its form; the message names the file."""


def read(path: Path, fields: Mapping[str, str] = SECTIONS) -> tuple[dict, dict[str, list]]:
    """A file's front matter, and for each field its blocks as StreamField data. `fields` is heading to field."""
    parts = path.read_text().split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise BadText(f"{path.name}: no front matter between +++ lines.")
    sections: dict[str, list[str]] = {}
    for line in parts[2].splitlines():
        if line.startswith("## "):
            name = line.removeprefix("## ").strip()
            if name not in fields:
                raise BadText(f"{path.name}: unknown section {name!r}.")
            lines = sections.setdefault(fields[name], [])
        elif line.strip():
            if not sections:
                raise BadText(f"{path.name}: text before the first section.")
            lines.append(line)
    return tomllib.loads(parts[1]), {name: blocks(lines) for name, lines in sections.items()}


def blocks(lines: list[str]) -> list[dict]:
    """Lines of a section as blocks; lines of the same form that follow each other make one block."""
    made: list[dict] = []

    def last(kind: str) -> dict | None:
        return made[-1]["value"] if made and made[-1]["type"] == kind else None

    for line in lines:
        text = line.strip()
        if line.startswith("   ") and last("steps"):
            last("steps")["steps"][-1]["detail"] = text
        elif text.startswith("### "):
            made.append({"type": "heading", "value": {"text": text[4:]}})
        elif text.startswith("- "):
            if not last("checklist"):
                made.append({"type": "checklist", "value": {"items": []}})
            last("checklist")["items"].append(text[2:])
        elif text.startswith("* "):
            # Points to read are running text; a checklist is for things to tick.
            point = f"<li>{html.escape(text[2:], quote=False)}</li>"
            if made and made[-1]["type"] == "paragraph" and made[-1]["value"].endswith("</ul>"):
                made[-1]["value"] = made[-1]["value"].removesuffix("</ul>") + point + "</ul>"
            else:
                made.append({"type": "paragraph", "value": f"<ul>{point}</ul>"})
        elif text.startswith("> "):
            if not last("words"):
                made.append({"type": "words", "value": {"lines": []}})
            when, words = WORDS.fullmatch(text[2:].strip()).groups()
            last("words")["lines"].append({"when": when or "", "words": words})
        elif text.startswith("! "):
            made.append({"type": "caution", "value": {"title": "", "text": text[2:]}})
        elif match := STEP.match(text):
            if not last("steps"):
                made.append({"type": "steps", "value": {"steps": []}})
            last("steps")["steps"].append({"action": text[match.end() :], "detail": ""})
        else:
            made.append({"type": "paragraph", "value": f"<p>{html.escape(text, quote=False)}</p>"})
    return made
