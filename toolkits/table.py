"""Every tool that is in use, in memory, with what can be asked of it; read again when any page or word changes."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from pages.lists.carried import carried_by
from pages.lists.facets import FacetTable, FacetValues
from pages.visibility.readers import Audience, Reader, closed_sections
from pages.visibility.second_places import second_places
from practice.atlas import atlas_now
from practice.editions import Kept
from toolkits.models import ToolDownload, ToolLanguage, ToolPage
from toolkits.models.choices import ALWAYS_AS

ITEM, LANGUAGE, FORMAT = "item", "language", "format"


@dataclass(frozen=True)
class ToolTable:
    """The facets of all tools in use; `order` holds each tool's place in every way of sorting."""

    facets: FacetTable
    order: dict[str, dict[int, int]]
    staff_only: int
    # Path of a section that is for some groups only, and the tools in it.
    sections: dict[str, int]
    # The place in the table of each second place of a tool, with the tool that it repeats; and of each tool by its key.
    aliases: tuple[tuple[int, int], ...]
    place_of: dict[int, int]

    def seen_by(self, reader: Reader) -> int:
        """The set of tools that this reader may open."""
        visible = reader.mask(
            self.facets.everything, staff_only=self.staff_only, below=lambda path: self.sections.get(path, 0)
        )
        for place in second_places(visible, aliases=self.aliases, place_of=self.place_of):
            visible &= ~(1 << place)
        return visible


def _load() -> ToolTable:
    today, atlas = timezone.localdate(), atlas_now()
    tools = list(
        ToolPage.objects.in_use(today)
        .order_by("title", "pk")
        .values(
            "pk",
            "title",
            "summary",
            "path",
            "audience",
            "age_min",
            "age_max",
            "for_adults",
            "minutes_min",
            "next_review",
            "first_published_at",
            "alias_of",
        )
    )
    keep = ToolPage.objects.in_use(today).values("pk")
    carried = carried_by(keep)
    languages = defaultdict(set)
    for page_id, code in ToolLanguage.objects.filter(page_id__in=keep).values_list("page_id", "code"):
        languages[page_id].add(code)
    formats = defaultdict(set)
    for page_id, file_format in ToolDownload.objects.filter(page_id__in=keep).values_list("page_id", "file_format"):
        formats[page_id].add(file_format)

    rows = []
    for tool in tools:
        values = defaultdict(set)
        for pk in carried[tool["pk"]].terms:
            values[atlas.terms[pk].vocabulary].add(atlas.terms[pk].slug)
        # By the same rule as the chips on its card, so that the filters agree with them.
        for model in atlas.models.values():
            values[ITEM] |= {item.code for item in atlas.answers_to(carried[tool["pk"]].items, model)}
        values[LANGUAGE] = languages[tool["pk"]]
        values[FORMAT] = ALWAYS_AS | formats[tool["pk"]]
        rows.append(
            FacetValues(
                key=tool["pk"],
                age_min=tool["age_min"],
                age_max=tool["age_max"],
                for_adults=tool["for_adults"],
                minutes_min=tool["minutes_min"],
                text=f"{tool['title']} {tool['summary']}".casefold(),
                values={facet: frozenset(found) for facet, found in values.items()},
            )
        )

    def overdue_last(tool):
        return (tool["next_review"] is not None and tool["next_review"] < today, tool["title"].casefold())

    def newest_first(tool):
        return -(tool["first_published_at"].timestamp() if tool["first_published_at"] else 0)

    def places(key):
        return {tool["pk"]: place for place, tool in enumerate(sorted(tools, key=key))}

    def mask(test):
        return sum(1 << place for place, tool in enumerate(tools) if test(tool))

    return ToolTable(
        facets=FacetTable(rows),
        order={
            "best": places(overdue_last),
            "newest": places(newest_first),
            "title": places(lambda tool: tool["title"].casefold()),
        },
        staff_only=mask(lambda tool: tool["audience"] == Audience.STAFF),
        aliases=tuple((place, tool["alias_of"]) for place, tool in enumerate(tools) if tool["alias_of"]),
        place_of={tool["pk"]: place for place, tool in enumerate(tools)},
        sections={path: mask(lambda tool, path=path: tool["path"].startswith(path)) for path, _ in closed_sections()},
    )


_kept = Kept(_load)


def tool_table(edition: str) -> ToolTable:
    """All tools as of this edition (`RequestHub.edition`), from memory when this process has them."""
    return _kept.get(edition)
