"""What a reader of one tool sees: worked out part by part, so that a cached part costs nothing."""

from functools import cached_property

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils import timezone

from pages import cards
from pages.address import Address, query_string
from pages.carried import Carried, carried_by, carried_in_memory
from pages.models import HubPage
from pages.wording import day, listed
from people.models import User
from practice.models import Vocabulary

SECTIONS = [
    ("prepare", "Prepare", "prepare"),
    ("say", "Say", "say"),
    ("do", "Do", "do"),
    ("if_worried", "If a child tells you something worrying", "worried"),
    ("afterwards", "Afterwards", "afterwards"),
    ("no_print", "If you cannot print", "no-print"),
]
"""The fixed sections: field, heading, kind. Always in this order."""

PRINT_SIZES = [12, 16, 18, 20, 22, 24]
LARGE_PRINT = 16
"""Points. Large print starts here."""

ALL_FACTS = ("age", "minutes", "with", "materials", "setting")


class ToolReading:
    """One tool for one reader, by the parts of its page."""

    def __init__(self, page, request):
        self.page, self.hub = page, request.hub

    @cached_property
    def _related(self) -> list[HubPage]:
        """The tools that the editor chose, without those that are gone or not for this reader."""
        if not (rows := list(self.page.related_tools.all())):
            return []
        pages = HubPage.objects.filter(pk__in=[row.tool_id for row in rows])
        found = {page.pk: page for page in self.hub.readable(pages)}
        return [found[row.tool_id] for row in rows if row.tool_id in found]

    @cached_property
    def _carried(self) -> dict[int, Carried]:
        """What this tool and those related to it carry. A preview shows the draft, not what is stored."""
        found = carried_by([self.page.pk, *(page.pk for page in self._related)])
        if self.hub.is_preview:
            found[self.page.pk] = carried_in_memory(self.page)
        return found

    @property
    def _own(self) -> Carried:
        return self._carried.get(self.page.pk) or Carried()

    @cached_property
    def _terms(self) -> list:
        return [term for term in self.hub.atlas.terms.values() if term.pk in self._own.terms]

    @property
    def _item_ids(self) -> set[int]:
        return self._own.items

    def _labels(self, vocabulary: Vocabulary) -> list[str]:
        return [term.label for term in self._terms if term.vocabulary == vocabulary]

    @cached_property
    def facts(self) -> list[cards.Fact]:
        return cards.facts(self.hub, self.page, self._own.terms, ALL_FACTS)

    @cached_property
    def sections(self) -> list[dict]:
        """The sections that have something in them."""
        self.page.read_late_fields()
        rows = []
        for name, title, kind in SECTIONS:
            if stream := getattr(self.page, name):
                rows.append({"id": kind, "title": self._heading(kind, title), "stream": stream, "kind": kind})
        return rows

    def _heading(self, kind: str, title: str) -> str:
        """A tool for adults or for the worker alone says "if you are worried": there is no child to tell anything."""
        with_children = {"child", "siblings", "family", "group"} & {
            term.slug for term in self._terms if term.vocabulary == Vocabulary.WITH
        }
        return "If you are worried" if kind == "worried" and not with_children else title

    @cached_property
    def chips(self) -> list[cards.Chip]:
        return cards.chips(self.hub, self._item_ids)

    @cached_property
    def others(self) -> list[dict]:
        """What the tool answers to in the models that do not show here."""
        rows = []
        for model in self.hub.atlas.models.values():
            if model != self.hub.shown_model and (found := cards.chips(self.hub, self._item_ids, model)):
                rows.append({"model_name": model.name, "chips": found})
        return rows

    @cached_property
    def standards(self) -> str:
        atlas, today = self.hub.atlas, self.hub.today
        current = [
            str(standard)
            for standard in atlas.standards.values()
            if standard.pk in self._own.standards and atlas.frameworks[standard.framework_id].is_current(today)
        ]
        return "; ".join(current)

    @cached_property
    def languages(self) -> str:
        def said(row) -> str:
            if not row.human_checked:
                return f"{row} (not checked by a person)"
            return f"{row} (checked {day(row.checked_on)})" if row.checked_on else f"{row} (checked)"

        return ", ".join(said(row) for row in self.page.languages.all())

    @cached_property
    def details(self) -> list[dict]:
        """What stands beside the tool, as label and text; empty ones left out."""
        page = self.page
        page.read_late_fields()
        rows = [
            ("Based on", page.get_evidence_basis_display() if page.evidence_basis else ""),
            ("What that shows", page.evidence_note),
            ("Who may use it", page.get_skill_display()),
            ("Feelings", page.get_intensity_display()),
            ("Needs", listed(self._labels(Vocabulary.NEED))),
            ("Method", listed(self._labels(Vocabulary.METHOD))),
            ("Stage", listed(self._labels(Vocabulary.STAGE))),
            ("Access", listed(self._labels(Vocabulary.ACCESS))),
            ("Languages", self.languages),
            ("Can be printed", "Yes" if page.printable else "No"),
            ("Works without a device", "Yes" if page.works_offline else "No"),
            ("National standards", self.standards),
        ]
        return [{"label": label, "text": text} for label, text in rows if text]

    @cached_property
    def downloads(self) -> list[dict]:
        return [
            {
                "title": row.label,
                "url": row.document.url,
                "note": f"{row.get_file_format_display()}, {row.get_language_display()}",
            }
            for row in self.page.downloads.all()
        ]

    @cached_property
    def related(self) -> list[cards.Card]:
        return cards.cards(self.hub, self._related, self._carried)

    @cached_property
    def state(self):
        return self.page.state(self.hub.today)

    @cached_property
    def steward(self) -> dict:
        page = self.page
        people = User.objects.in_bulk({page.steward_id, page.deputy_id} - {None})
        return {
            "owner": people.get(page.steward_id),
            "deputy": people.get(page.deputy_id),
            "reviewed_on": page.reviewed_on,
            "next_review": page.next_review,
            "state": self.state,
        }

    @cached_property
    def withdrawn(self) -> dict | None:
        """Why and since when, and what to use instead; `None` for a tool in use."""
        if self.state.slug != "withdrawn":
            return None
        page, instead = self.page, self.page.replaced_by
        usable = instead and instead.live and instead.state(self.hub.today).slug != "withdrawn"
        reason = f": {page.withdrawn_reason}" if page.withdrawn_reason else "."
        return {
            "words": f"{self.state.words}{reason}",
            "replacement": {"title": instead.title, "url": instead.address} if usable else None,
        }

    @property
    def print_url(self) -> str:
        return f"{self.page.address}print/"

    @property
    def large_print_url(self) -> str:
        return f"{self.print_url}?size=18"


def print_view(page, request, size: int | None = None):
    """A tool made for paper: black on white, nothing around it, its date and address at the foot.

    `?size=` is in points, one of `PRINT_SIZES`; anything else prints at 12 and says what was ignored.
    """
    address = Address(dict(request.GET.lists()))
    if size is None:
        wanted = address.choice("size", "Print size", {str(points) for points in PRINT_SIZES}, "12")
        size = int(wanted)
    tool = ToolReading(page, request)
    host = settings.BASE_URL.split("://", 1)[-1]
    context = {
        "page": page,
        "tool": tool,
        "printed_on": day(timezone.localdate()),
        "short_address": f"{host}{page.address}",
        "size": size,
        "large": size >= LARGE_PRINT,
        "sizes": [
            {"size": points, "url": tool.print_url + query_string({"size": [points]}), "current": points == size}
            for points in PRINT_SIZES
        ],
        "back_url": page.address,
        "ignored": address.ignored,
    }
    return TemplateResponse(request, "toolkits/tool_print.html", context)
