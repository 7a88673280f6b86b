"""HTML as a PDF that a screen reader can read: tagged (PDF/UA-1), with a title and a language. Pure.

What is drawn comes from people's names, so nothing in it may fetch anything: not a file, not another host, not this
machine. Letters and styles are handed over as data.
"""

import base64
import logging
from functools import cache
from pathlib import Path

from django.conf import settings

try:
    import weasyprint
except OSError:
    # Its libraries are Debian's, not Python's: without them the hub runs and offers pages to print.
    weasyprint = None

STYLES = ("css/pdf.css", "css/components/paper.css")
LETTERS = "fonts/atkinson-hyperlegible-next-latin.woff2"
# It warns of every declaration for screens that it does not know.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


def is_possible() -> bool:
    """Whether this machine can draw PDFs."""
    return weasyprint is not None


def as_pdf(html: str) -> bytes:
    """A whole page of HTML as a PDF; its title and language are those of the page."""
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    letters = weasyprint.text.fonts.FontConfiguration()
    styles = weasyprint.CSS(string=_styles(), url_fetcher=fetcher, font_config=letters)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.write_pdf(stylesheets=[styles], font_config=letters, pdf_variant="pdf/ua-1")


@cache
def _styles() -> str:
    static = Path(settings.BASE_DIR) / "static"
    letters = base64.b64encode((static / LETTERS).read_bytes()).decode()
    source = f'src: url("data:font/woff2;base64,{letters}") format("woff2");'
    face = f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; {source} font-weight: 200 800; }}'
    return "\n".join([face, *((static / name).read_text() for name in STYLES)])
