"""Static files: hashed and compressed names, and the style sheets inlined into the one that imports them."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT, INDENT = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s*\n\s*")
SHEETS = ("css/hub.css", "css/doing.css")
"""The one that every page loads, and the one of pages where people book, answer and look at figures."""

IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)(?:\s+layer\(([\w-]+)\))?\s*;""")


def inlined(css: str, read) -> str:
    """`css` with each `@import url("x.css") layer(name);` replaced by that file inside `@layer name { … }`.

    `read` is given the imported address and returns its text. The browser would follow the imports by itself;
    inlining them saves a phone on one bar of signal some twenty round trips. Comments and indents are for us alone.
    """

    def replace(match):
        text = INDENT.sub("\n", COMMENT.sub("", read(match[1])))
        return f"@layer {match[2]} {{\n{text}\n}}" if match[2] else text

    return IMPORT.sub(replace, css)


class HubStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the sheets that import others made whole before they are hashed."""

    manifest_strict = False

    def post_process(self, paths, dry_run=False, **options):
        for sheet in SHEETS:
            if not dry_run and sheet in paths:
                storage, name = paths[sheet]
                whole = inlined(
                    self._read(storage, name), lambda address, from_=storage: self._read(from_, f"css/{address}")
                )
                self.delete(sheet)
                self._save(sheet, ContentFile(whole.encode()))
                paths = {**paths, sheet: (self, sheet)}
        yield from super().post_process(paths, dry_run, **options)

    @staticmethod
    def _read(storage, name: str) -> str:
        with storage.open(name) as file:
            content = file.read()
        return content.decode() if isinstance(content, bytes) else content
