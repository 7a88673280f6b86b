"""A PDF is to be read: what it would run on a reader's machine, and files that ride along, stay outside. Pure."""

from collections.abc import Iterator

import pikepdf

RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE"}
"""What an action does that is more than going to a place or to an address."""
BY_ITSELF = ("/AA", "/AF", "/EF")
"""Actions that nobody presses, files that belong to a part, and the file inside a file."""
IN_NAMES = ("/JavaScript", "/EmbeddedFiles")


def take_out_programs(pdf: pikepdf.Pdf) -> bool:
    """Take them out of the PDF in memory; whether there were any. Links, forms and what is drawn stay."""
    found = False
    for name in IN_NAMES:
        if "/Names" in pdf.Root and name in pdf.Root.Names:
            del pdf.Root.Names[name]
            found = True
    for thing in pdf.objects:
        for part in _within(thing):
            found |= _quieten(part)
    return found


def _within(thing) -> Iterator[pikepdf.Object]:
    """One object and what is written inside it; what it only points to has its own turn."""
    if isinstance(thing, pikepdf.Array):
        parts = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        parts = [thing[key] for key in list(thing.keys()) if key in thing]
    else:
        return
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _within(part)


def _quieten(thing) -> bool:
    found = False
    for key in BY_ITSELF:
        if key in thing:
            del thing[key]
            found = True
    # A part of a tagged text has a kind in the same place, and children in `/K`.
    if "/S" in thing and str(thing["/S"]) in RUNS and "/K" not in thing:
        for key in list(thing.keys()):
            del thing[key]
        thing["/S"] = pikepdf.Name("/Named")
        found = True
    return found
