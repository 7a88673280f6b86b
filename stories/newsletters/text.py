"""A newsletter as plain text, to paste into an e-mail."""

import html
import re

from wagtail.rich_text import expand_db_html

from pages.wording import day

LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
ENDS = re.compile(r"</(?:p|ul|ol|h\d)>")
TAG = re.compile(r"<[^>]+>")


def as_text(page, items, *, base_url: str) -> str:
    """The issue in plain text. `items` are those of `NewsReading`, so it holds what its readers may open."""
    parts = [f"{page.title}\n{'=' * len(page.title)}"]
    if page.issued_on:
        parts.append(day(page.issued_on))
    parts += stream_text(page.body, base_url)
    for item in items:
        card = item.card
        lines = (f"{card.kind}: {card.title}", item.line or card.summary, f"{base_url}{card.url}")
        parts.append("\n".join(line for line in lines if line))
    parts += stream_text(page.closing, base_url)
    parts.append(f"Read it on the hub: {base_url}{page.address}")
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def stream_text(stream, base_url: str = "") -> list[str]:
    """Each block of a text as plain words."""
    parts = []
    for block in stream or ():
        if block.block_type == "paragraph":
            parts += rich_text(block.value.source, base_url)
        elif block.block_type == "heading":
            parts.append(f"{block.value['text']}\n{'-' * len(block.value['text'])}")
        elif block.block_type == "checklist":
            parts.append("\n".join(f"* {item}" for item in block.value["items"]))
        elif block.block_type == "steps":
            steps = (" ".join(filter(None, (step["action"], step["detail"]))) for step in block.value["steps"])
            parts.append("\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)))
        elif block.block_type != "picture":
            parts.append("\n".join(block.block.get_searchable_content(block.value)))
    return parts


def rich_text(source: str, base_url: str = "") -> list[str]:
    """Rich text as paragraphs of plain text; a link's address stands behind its words."""

    def with_address(link) -> str:
        url = html.unescape(link[1])
        return f"{link[2]} ({base_url if url.startswith('/') else ''}{url})" if url else link[2]

    text = LINK.sub(with_address, expand_db_html(source))
    text = text.replace("<li>", "\n* ").replace("</li>", "").replace("<br/>", "\n").replace("<br>", "\n")
    pieces = (html.unescape(TAG.sub("", piece)) for piece in ENDS.split(text))
    return [
        "\n".join(" ".join(line.split()) for line in piece.strip().split("\n")) for piece in pieces if piece.strip()
    ]
