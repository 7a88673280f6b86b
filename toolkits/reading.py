"""What a reader of one tool sees: worked out part by part, so that a cached part costs nothing."""

from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse

from pages.lists import cards
from pages.lists.address import Address, query_string
from pages.models import HubPage
from pages.reading.page import PageReading, labelled
from pages.wording import day
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

IN_FACTS = (Vocabulary.WITH, Vocabulary.MATERIALS, Vocabulary.SETTING)
ALL_FACTS = ("age", "minutes", *IN_FACTS)


class ToolReading(PageReading):
    """One tool for one reader, by the parts of its page."""

    fixed = SECTIONS

    def _beside(self) -> list[HubPage]:
        """The tools that the editor chose, without those that are gone or not for this reader."""
        return self.readable_in_order([row.tool_id for row in self.page.related_tools.all()])

    @cached_property
    def facts(self) -> list[cards.Fact]:
        return cards.facts(self.hub, self.page, self.own.terms, ALL_FACTS)

    def heading(self, kind: str, title: str) -> str:
        """A tool for adults or for the worker alone says "if you are worried": there is no child to tell anything."""
        with_children = {"child", "siblings", "family", "group"} & {
            term.slug for term in self.terms if term.vocabulary == Vocabulary.WITH
        }
        return "If you are worried" if kind == "worried" and not with_children else title

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
        return labelled(
            ("Based on", page.get_evidence_basis_display() if page.evidence_basis else ""),
            ("What that shows", page.evidence_note),
            ("Who may use it", page.get_skill_display()),
            ("Feelings", page.get_intensity_display()),
            *self.described(*(name for name in Vocabulary if name not in IN_FACTS)),
            ("Languages", self.languages),
            ("Can be printed", "Yes" if page.printable else "No"),
            ("Works without a device", "Yes" if page.works_offline else "No"),
            ("National standards", self.standards),
        )

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

    @property
    def print_url(self) -> str:
        return f"{self.page.address}print/"

    @property
    def sheet_url(self) -> str:
        """Where the empty sheet is printed; empty where the tool has none."""
        self.page.read_late_fields()
        return f"{self.print_url}sheet/" if self.page.to_fill_in else ""

    @property
    def large_print_url(self) -> str:
        return f"{self.print_url}?size=18"

    def on_paper(self, request, size: int | None = None) -> TemplateResponse:
        """The tool made for paper: black on white, nothing around it, its date and address at the foot.

        `?size=` is in points, one of `PRINT_SIZES`; anything else prints at 12 and says what was ignored.
        """
        return self._printed(request, "toolkits/tool_print.html", "print/", size)

    def sheet(self, request) -> TemplateResponse:
        """The tool's empty sheet, lying on its side; sizes as for the tool. Raises `Http404` where there is none."""
        self.page.read_late_fields()
        if not self.page.to_fill_in:
            raise Http404
        return self._printed(request, "toolkits/tool_sheet.html", "print/sheet/")

    def _printed(self, request, template: str, below: str, size: int | None = None) -> TemplateResponse:
        address = Address(dict(request.GET.lists()))
        if size is None:
            size = int(address.choice("size", "Print size", {str(points) for points in PRINT_SIZES}, "12"))
        host = settings.BASE_URL.split("://", 1)[-1]
        context = {
            "page": self.page,
            "tool": self,
            "printed_on": day(request.hub.today),
            "short_address": f"{host}{self.page.address}",
            "size": size,
            "large": size >= LARGE_PRINT,
            "sizes": [
                {
                    "size": points,
                    "url": f"{self.page.address}{below}" + query_string({"size": [points]}),
                    "current": points == size,
                }
                for points in PRINT_SIZES
            ],
            "back_url": self.page.address,
            "ignored": address.ignored,
        }
        return TemplateResponse(request, template, context)
