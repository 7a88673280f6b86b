"""A direct-work tool: what a practitioner reads the evening before a visit."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import (
    CautionBlock,
    ChecklistBlock,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    SheetBlock,
    StepsBlock,
    TipBlock,
    WordsBlock,
)
from pages.editing import panels
from pages.editing.forms import HubPageForm
from pages.models import EvidenceBasis, HubPage
from practice.models import Vocabulary
from toolkits.models.choices import ALWAYS_AS, Intensity, Skill

AROUND = [("heading", HeadingBlock()), ("tip", TipBlock()), ("caution", CautionBlock()), ("picture", PictureBlock())]
TEXT = [("paragraph", ParagraphBlock()), ("checklist", ChecklistBlock())]
WORDS, STEPS = [("words", WordsBlock())], [("steps", StepsBlock())]


class ToolPage(RoutablePageMixin, HubPage):
    """One tool in the order a reader meets it: what it is for, whether it fits, prepare, say, do, if worried, after."""

    prepare = StreamField(TEXT + AROUND, blank=True, help_text="What to bring, think about and arrange beforehand.")
    say = StreamField(WORDS + TEXT + AROUND, blank=True, help_text="Words to try, as they would be said aloud.")
    do = StreamField(STEPS + TEXT + AROUND, blank=True, help_text="What to do, step by step.")
    if_worried = StreamField(
        TEXT + WORDS + AROUND, blank=True, help_text="What this tool may bring up, what to say then, who to tell today."
    )
    afterwards = StreamField(TEXT + AROUND, blank=True, help_text="How to close, what to write down, what comes next.")
    no_print = StreamField(
        TEXT, blank=True, verbose_name="if you cannot print", help_text="How to do it with plain paper or with nothing."
    )
    to_fill_in = StreamField(
        [("sheet", SheetBlock())],
        blank=True,
        max_num=1,
        verbose_name="sheet to fill in",
        help_text="Printed empty, on a page by itself, to be filled in with the family.",
    )
    intensity = models.CharField(max_length=10, choices=Intensity, default=Intensity.LIGHT)
    aftercare = models.TextField(
        blank=True, help_text="What to put in place afterwards. Needed when the tool may stir strong feelings."
    )
    skill = models.CharField("who may use it", max_length=10, choices=Skill, default=Skill.ANYONE)
    evidence_basis = models.CharField("what it is based on", max_length=20, choices=EvidenceBasis, blank=True)
    evidence_note = models.TextField(blank=True, help_text="What the evidence shows, and what it does not.")
    printable = models.BooleanField("can be printed", default=True)
    works_offline = models.BooleanField("works without a device", default=True)

    kind, kind_slug = "Tool", "tool"
    reading_class = "toolkits.reading.ToolReading"
    read_as = "tool"
    card_facts = ("age", "minutes", "materials")
    browsed_at = "/toolkits/"
    suggested_in = ("do", "say", "if_worried")
    read_late = (
        "prepare",
        "say",
        "do",
        "if_worried",
        "afterwards",
        "no_print",
        "to_fill_in",
        "aftercare",
        "evidence_note",
    )
    parent_page_types = ["toolkits.ToolkitIndexPage"]
    subpage_types = []
    required_to_publish = (
        "summary",
        "terms_with",
        "terms_materials",
        "items",
        "evidence_basis",
        "steward",
        "deputy",
        "reviewed_on",
        "next_review",
        "source_statement",
        "licence_statement",
        "say",
        "do",
        "if_worried",
    )

    search_fields = HubPage.search_fields + [
        index.SearchField(name) for name in ("prepare", "say", "do", "if_worried", "afterwards")
    ]

    content_panels = [
        TitleFieldPanel("title", help_text="What the tool is called, in the words people use. Sentence case."),
        FieldPanel(
            "summary",
            heading="Purpose",
            help_text="One sentence of at most 160 characters that begins with a verb: Hear what is hard and hoped.",
        ),
        panels.ages_and_minutes,
        MultiFieldPanel(
            [panels.TermsPanel(Vocabulary.WITH), panels.TermsPanel(Vocabulary.MATERIALS)],
            heading="Who with, what to bring",
        ),
        FieldPanel("prepare"),
        FieldPanel("say"),
        FieldPanel("do"),
        FieldPanel("if_worried"),
        FieldPanel("afterwards"),
        FieldPanel("no_print"),
        FieldPanel("to_fill_in"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("intensity"), FieldPanel("skill")]), FieldPanel("aftercare")],
            heading="Care and skill",
        ),
        InlinePanel("languages", heading="Languages", label="Language"),
        InlinePanel("downloads", heading="Files to download", label="File"),
        FieldRowPanel([FieldPanel("printable"), FieldPanel("works_offline")]),
        InlinePanel("related_tools", heading="Related tools", label="Tool", max_num=6),
    ]
    fits_panels = [
        MultiFieldPanel(
            [FieldPanel("items", required_on_save=False), FieldPanel("standards", required_on_save=False)],
            heading="What it helps people do",
        ),
        MultiFieldPanel(
            [panels.TermsPanel(name) for name in Vocabulary if name not in (Vocabulary.WITH, Vocabulary.MATERIALS)],
            heading="When and how it is used",
        ),
        MultiFieldPanel([FieldPanel("evidence_basis"), FieldPanel("evidence_note")], heading="What it is based on"),
        *panels.keeping_panels,
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="The tool"),
            ObjectList(fits_panels, heading="Where it fits and who keeps it"),
            ObjectList(HubPage.settings_panels, heading="Publishing"),
        ],
        base_form_class=HubPageForm,
    )

    class Meta:
        verbose_name = "direct-work tool"

    @property
    def preview_modes(self):
        return [("", "Page"), ("print", "Print view"), ("large", "Large print, 18 point")]

    def serve_preview(self, request, mode_name):
        request.is_preview = True
        if mode_name in {"print", "large"}:
            return self.read(request).on_paper(request, size=18 if mode_name == "large" else 12)
        return super().serve_preview(request, mode_name)

    def own_facets(self):
        return {
            "language": {row.code for row in self.languages.all()},
            "format": {*ALWAYS_AS, *(row.file_format for row in self.downloads.all())},
        }

    def clean(self):
        super().clean()
        if self.intensity == Intensity.STRONG and not self.aftercare:
            raise ValidationError(
                {"aftercare": "Say what to put in place afterwards: this tool may stir strong feelings."}
            )

    @path("print/sheet/", name="sheet")
    def sheet(self, request):
        """The sheet to fill in, empty, on a page of paper by itself."""
        return self.read(request).sheet(request)

    @path("print/", name="print")
    def print_page(self, request):
        """The tool on paper, or in large print from 16 to 24 point (`?size=`)."""
        return self.read(request).on_paper(request)
