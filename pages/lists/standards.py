"""A list narrowed to one heading of a national framework: `?standard=KSS7`."""

from functools import cached_property

from pages.lists.address import Address
from practice.models import Standard


class StandardChoice:
    """The heading that somebody chose, and those that can be chosen: of every framework that holds today.

    A heading of a framework that no longer holds, or not yet, still answers at an old address.
    """

    def __init__(self, hub, address: Address):
        self.hub = hub
        by_code = {standard.code: standard for standard in hub.atlas.standards.values()}
        self.code: str = address.choice("standard", "National standard", set(by_code), "")
        self.chosen: Standard | None = by_code.get(self.code)

    @cached_property
    def groups(self) -> list[dict]:
        """Framework by framework, each with its headings."""
        atlas, groups = self.hub.atlas, []
        for framework in atlas.frameworks.values():
            rows = [row for row in atlas.standards.values() if row.framework_id == framework.pk]
            if framework.is_current(self.hub.today) or self.chosen in rows:
                groups.append({"name": framework.name, "standards": rows})
        return groups

    def narrow(self, pages):
        """The pages that are mapped to it; all of them where none is chosen."""
        return pages.filter(standards=self.chosen.pk) if self.chosen else pages
