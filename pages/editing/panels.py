"""Panels of the page editor that more than one page type uses."""

from functools import partial

from wagtail.admin.compare import M2MFieldComparison
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from language.plain_words_panel import PlainWordsPanel
from pages.editing.forms import HubPageForm
from practice.models import Vocabulary


class TermsComparison(M2MFieldComparison):
    """What changed among the terms of one vocabulary, between two revisions."""

    def __init__(self, vocabulary, field, obj_a, obj_b):
        self.vocabulary = vocabulary
        super().__init__(field, obj_a, obj_b)

    def field_label(self):
        return self.vocabulary.label

    def get_items(self):
        def of(terms):
            return [str(term) for term in terms if term.vocabulary == self.vocabulary]

        return of(self.val_a), of(self.val_b)

    def has_changed(self):
        one, other = self.get_items()
        return set(one) != set(other)


class TermsPanel(FieldPanel):
    """The checklist of one vocabulary; see `pages.editing.forms.HubPageForm`."""

    def __init__(self, vocabulary, **kwargs):
        self.vocabulary = Vocabulary(vocabulary)
        kwargs.setdefault("field_name", f"terms_{self.vocabulary.value}")
        super().__init__(**kwargs)

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "vocabulary": self.vocabulary}

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self):
            field = self.panel.model._meta.get_field("terms")
            return [partial(TermsComparison, self.panel.vocabulary, field)]


content_panels = [
    FieldPanel("title", help_text="What the page is called, in the words people use. Sentence case."),
    FieldPanel("summary"),
]

ages_and_minutes = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max"), FieldPanel("for_adults")]),
        FieldRowPanel([FieldPanel("minutes_min"), FieldPanel("minutes_max"), FieldPanel("several_sessions")]),
    ],
    heading="Ages and time",
)

stewardship = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("steward"), FieldPanel("deputy")]),
        FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review")]),
        FieldPanel("audience"),
        FieldPanel("source_statement"),
        FieldPanel("licence_statement"),
    ],
    heading="Kept up to date by",
)

withdrawal = MultiFieldPanel(
    [FieldPanel("withdrawn_on"), FieldPanel("withdrawn_reason"), FieldPanel("replaced_by")],
    heading="Withdraw",
    classname="collapsed",
)

archive = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("archived_on"), FieldPanel("archived_why")])], heading="Archive", classname="collapsed"
)

keeping_panels = [
    stewardship,
    MultiFieldPanel([FieldPanel("tags"), FieldPanel("also_typed")], heading="Finding it"),
    archive,
    withdrawal,
]

settings_panels = [
    PublishingPanel(),
    MultiFieldPanel([FieldPanel("slug"), FieldPanel("show_in_menus")], heading="Address and menu"),
]


def fits(*vocabularies: Vocabulary) -> list:
    """Where a page fits: practice items and national standards, and the terms of these vocabularies."""
    return [
        MultiFieldPanel(
            [FieldPanel("items", required_on_save=False), FieldPanel("standards", required_on_save=False)],
            heading="What it helps people do",
        ),
        MultiFieldPanel([TermsPanel(name) for name in vocabularies], heading="When it is useful"),
    ]


def tabs(name: str, content: list, *, fitting: list = (), keeping: list = (), form=HubPageForm) -> TabbedInterface:
    """The editor of a page type: what readers read, where it fits and who keeps it, publishing."""
    return TabbedInterface(
        [
            ObjectList([*content, PlainWordsPanel()], heading=name),
            ObjectList([*fitting, *(keeping or keeping_panels)], heading="Where it fits and who keeps it"),
            ObjectList(settings_panels, heading="Publishing"),
        ],
        base_form_class=form,
    )
