"""Pictures that phones read. Pure."""

import io

import segno


def code_as_svg(text: str, title: str) -> str:
    """A QR code as SVG to stand in a page: dark on light whatever the page looks like, with its name for readers."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        title=title,
        scale=8,
        light="#fff",
        svgclass="qr",
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue().decode()
