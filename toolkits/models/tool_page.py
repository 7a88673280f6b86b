"""A direct-work tool: what a practitioner reads the evening before a visit."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable
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
from toolkits import reading

AROUND = [("heading", HeadingBlock()), ("tip", TipBlock()), ("caution", CautionBlock()), ("picture", PictureBlock())]
TEXT = [("paragraph", ParagraphBlock()), ("checklist", ChecklistBlock())]
WORDS, STEPS = [("words", WordsBlock())], [("steps", StepsBlock())]


class Intensity(models.TextChoices):
    """How much it may stir up in the person it is used with."""

    LIGHT = "light", "Light"
    MEDIUM = "medium", "Medium"
    STRONG = "strong", "May stir strong feelings"


class Skill(models.TextChoices):
    """Who may use the tool."""

    ANYONE = "anyone", "Anyone"
    BRIEFED = "briefed", "After a briefing"
    TRAINED = "trained", "After training"


class Format(models.TextChoices):
    """A shape that a tool comes in."""

    WEB = "web", "Web page"
    PDF = "pdf", "PDF"
    WORD = "word", "Word"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
    EASY_READ = "easy-read", "Easy read"
    LARGE_PRINT = "large-print", "Large print"
    BRAILLE = "braille", "Braille on request"


# Every tool is a web page with a large-print view; other formats come with its files.
ALWAYS_AS = {Format.WEB.value, Format.LARGE_PRINT.value}


class Language(models.TextChoices):
    """Languages that families here speak, by ISO 639 code."""

    EN = "en", "English"
    AR = "ar", "Arabic"
    BN = "bn", "Bengali"
    CY = "cy", "Welsh"
    FA = "fa", "Farsi"
    FR = "fr", "French"
    KU = "ku", "Kurdish"
    PA = "pa", "Punjabi"
    PL = "pl", "Polish"
    PS = "ps", "Pashto"
    PT = "pt", "Portuguese"
    RO = "ro", "Romanian"
    SO = "so", "Somali"
    TI = "ti", "Tigrinya"
    TR = "tr", "Turkish"
    UK = "uk", "Ukrainian"
    UR = "ur", "Urdu"


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
            [
                panels.TermsPanel(name)
                for name in (
                    Vocabulary.NEED,
                    Vocabulary.SETTING,
                    Vocabulary.METHOD,
                    Vocabulary.STAGE,
                    Vocabulary.ACCESS,
                    Vocabulary.ROLE,
                    Vocabulary.THEME,
                )
            ],
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
            return reading.print_view(self, request, size=18 if mode_name == "large" else 12)
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

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "tool": reading.ToolReading(self, request)}

    @path("print/sheet/", name="sheet")
    def sheet(self, request):
        """The sheet to fill in, empty, on a page of paper by itself."""
        return reading.sheet_view(self, request)

    @path("print/", name="print")
    def print_page(self, request):
        """The tool on paper, or in large print from 16 to 24 point (`?size=`)."""
        return reading.print_view(self, request)


class ToolLanguage(Orderable):
    """A language that the tool's words for families come in, and whether a person has checked them."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField("language", max_length=2, choices=Language)
    human_checked = models.BooleanField("checked by a person", default=False)
    checked_on = models.DateField("checked on", null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("human_checked"), FieldPanel("checked_on")])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "code"], name="one_row_for_a_language")]

    def __str__(self):
        return self.get_code_display()


class ToolDownload(Orderable):
    """A file that goes with the tool, such as a sheet to print."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey("assets.HubDocument", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120, help_text="What it is, for example: Six feelings cards to cut out.")
    file_format = models.CharField("format", max_length=12, choices=Format, default=Format.PDF)
    language = models.CharField(max_length=2, choices=Language, default=Language.EN)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("file_format"), FieldPanel("language")]),
    ]

    def __str__(self):
        return self.label


class RelatedTool(Orderable):
    """Another tool that goes well with this one."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="related_tools")
    tool = models.ForeignKey(ToolPage, on_delete=models.CASCADE, related_name="+")
    panels = [PageChooserPanel("tool")]

    def __str__(self):
        return str(self.tool)
