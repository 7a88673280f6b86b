"""Who may find what, as sets of entries: the rule of `pages.visibility.readers` over the catalogue, worked out once."""

from assets.models import HubDocument
from pages.visibility.files import on_pages_of
from pages.visibility.readers import Reader
from pages.visibility.second_places import second_places
from practice.editions import CONTENT
from search.index.catalogue import Catalogue
from search.index.entries import DOCUMENTS, document_key

MOST_KEPT = 100
"""Kinds of readers of one state of the hub."""


def visible_to(catalogue: Catalogue, hub) -> int:
    """The set of entries that this reader may find today."""
    reader = hub.reader
    kind = (hub.editions.get(CONTENT), reader.today, reader.is_partner, reader.sees_all, reader.roles, reader.closed)
    visible = catalogue.visible.get(kind)
    if visible is None:
        if len(catalogue.visible) >= MOST_KEPT:
            catalogue.visible.clear()
        visible = catalogue.visible[kind] = _worked_out(catalogue, reader)
    return visible


def _worked_out(catalogue: Catalogue, reader: Reader) -> int:
    visible = reader.mask(
        catalogue.in_use(reader.today.isoformat()), staff_only=catalogue.staff_only, below=catalogue.below
    )
    visible = _once(catalogue, visible)
    documents = catalogue.beginning_with(DOCUMENTS)
    if not documents:
        return visible
    found = {document_key(pk) for pk in on_pages_of(reader, HubDocument.objects.all()).values_list("pk", flat=True)}
    return visible & ~catalogue.set_of(place for place in documents if catalogue.known[place].key not in found)


def _once(catalogue: Catalogue, visible: int) -> int:
    aliases = ((place, entry.alias_of) for place, entry in enumerate(catalogue.known) if entry and entry.alias_of)
    second = second_places(visible, aliases=aliases, place_of=catalogue.place_of_page)
    return visible & ~catalogue.set_of(second)
