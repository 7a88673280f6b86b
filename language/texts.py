"""All that is written on a page, piece by piece: for measuring it and for looking for words."""

from html import escape, unescape

from django.utils.html import strip_tags
from wagtail.fields import StreamField


def texts_of(page) -> list[str]:
    """Title, purpose and the words of every block, in the order of the editor."""
    found = [page.title, page.summary]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found += _words(getattr(page, field.name))
    return [text for text in found if text and text.strip()]


def paragraphs(text: str) -> list[dict]:
    """Typed text as blocks, a paragraph for each piece between empty lines."""
    pieces = [" ".join(piece.split()) for piece in text.replace("\r\n", "\n").split("\n\n")]
    return [{"type": "paragraph", "value": f"<p>{escape(piece, quote=False)}</p>"} for piece in pieces if piece]


def _words(stream) -> list[str]:
    pieces: list[str] = []
    for child in stream or ():
        if child.block_type == "paragraph":
            # Between two paragraphs or points there is an end, even without a full stop.
            source = child.value.source.replace("</p>", "\n").replace("</li>", "\n").replace("<br/>", "\n")
            pieces += unescape(strip_tags(source)).split("\n")
        elif child.block_type == "page":
            continue
        else:
            pieces += child.block.get_searchable_content(child.value)
    return pieces
