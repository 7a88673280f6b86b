"""Who may find what: the same rules as `HubPageQuerySet.visible_to`, as sets of entries."""

from dataclasses import dataclass

from wagtail.models import CollectionViewRestriction, PageViewRestriction

from practice.editions import CONTENT, Kept
from search.catalogue import Catalogue


@dataclass(frozen=True)
class Closed:
    """Sections of the hub that are for some groups only: paths of pages, and of collections of files."""

    pages: list[tuple[str, frozenset[str]]]
    collections: list[tuple[str, frozenset[str]]]

    def to(self, user) -> tuple[list[str], list[str]]:
        """The paths that are closed to this person."""
        if user.is_superuser:
            return [], []
        return tuple(
            [path for path, groups in closed if not groups & user.roles] for closed in (self.pages, self.collections)
        )


def _load_closed() -> Closed:
    def closed(model, owner):
        rows = model.objects.filter(restriction_type=model.GROUPS).select_related(owner).prefetch_related("groups")
        return [(getattr(row, owner).path, frozenset(group.name for group in row.groups.all())) for row in rows]

    return Closed(closed(PageViewRestriction, "page"), closed(CollectionViewRestriction, "collection"))


_closed = Kept(_load_closed)


def visible_to(catalogue: Catalogue, hub) -> int:
    """The set of entries that this reader may find today: the same rules as `HubPageQuerySet`."""
    pages, collections = _closed.get(hub.editions.get(CONTENT)).to(hub.user)
    key = (hub.today, hub.user.is_partner, *pages, "", *collections)
    if key in catalogue.visible:
        return catalogue.visible[key]
    visible = catalogue.in_use(hub.today.isoformat())
    if hub.user.is_partner:
        visible &= ~catalogue.staff_only
    if pages or collections:
        hidden = [
            place
            for place, entry in enumerate(catalogue.known)
            if entry
            and (
                (entry.path and entry.path.startswith(tuple(pages)))
                or (entry.collection and entry.collection.startswith(tuple(collections)))
            )
        ]
        visible &= ~catalogue.set_of(hidden)
    catalogue.visible[key] = visible
    return visible
