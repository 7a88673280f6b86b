"""The form behind every page in the CMS: one checklist a vocabulary, and what must be filled in before publishing."""

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import ErrorList
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField, StreamBlockValidationError

from practice.models import Item, Standard, Term, Vocabulary


class GroupedIterator(ModelChoiceIterator):
    """Choices under headings: an item's family, a standard's framework."""

    def __iter__(self):
        groups: dict[str, list] = {}
        for record in sorted(self.queryset, key=self.field.order):
            groups.setdefault(self.field.heading(record), []).append(self.choice(record))
        yield from groups.items()


class ChecklistField(forms.ModelMultipleChoiceField):
    """Any number of boxes to tick."""

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            # A number that no row can have: SQLite does not even take the question.
            raise forms.ValidationError("Choose from the list.", code="invalid_choice") from None


class GroupedChecklistField(ChecklistField):
    """A list that is too long to read without headings."""

    iterator = GroupedIterator

    def __init__(self, queryset, *, heading, order, **kwargs):
        self.heading, self.order = heading, order
        super().__init__(queryset, **kwargs)


class TermsField(ChecklistField):
    """The terms of one vocabulary that a page carries."""

    def __init__(self, vocabulary: Vocabulary, **kwargs):
        self.vocabulary = vocabulary
        super().__init__(Term.objects.filter(vocabulary=vocabulary), label=vocabulary.label, **kwargs)


CHECKLISTS = {f"terms_{vocabulary}": TermsField(vocabulary) for vocabulary in Vocabulary}


class HubPageForm(type("TermsForm", (WagtailAdminPageForm,), CHECKLISTS)):
    """Wagtail's page form with the hub's checklists.

    A page keeps its terms in one relation; the form shows a field for each vocabulary, at the place where a reader
    meets it, and puts them together again when it saves.
    """

    items = GroupedChecklistField(
        Item.objects.select_related("family__model"),
        heading=lambda item: str(item.family),
        order=lambda item: (item.family.model.sort_order, item.family.sort_order, item.sort_order),
        label="Practice model",
        help_text="What this page helps people do. At least one; three is plenty.",
    )
    standards = GroupedChecklistField(
        Standard.objects.select_related("framework"),
        heading=lambda standard: standard.framework.name,
        order=lambda standard: (standard.framework.sort_order, standard.sort_order),
        label="National standards",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        carried = list(self.instance.terms.all())
        for name, field in self._terms_fields():
            self.initial[name] = [term.pk for term in carried if term.vocabulary == field.vocabulary]
        for name in self.instance.required_to_publish:
            if name in self.fields:
                self.fields[name].required = True

    def _terms_fields(self):
        return [(name, field) for name, field in self.fields.items() if isinstance(field, TermsField)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("audience") == self.instance.Audience.PUBLIC and not self.instance.can_be_public:
            self.add_error("audience", "Pages of this kind are for people of the hub. Choose staff, or partners too.")
        # A StreamField takes no notice of `required`, so an empty section is told of here, when the page is to be live.
        if not self.is_deferred_validation:
            for name in self.instance.required_to_publish:
                if isinstance(self.fields.get(name), BlockField) and not cleaned.get(name):
                    self.add_error(
                        name,
                        StreamBlockValidationError(
                            non_block_errors=ErrorList(["Fill in this section before the page is published."])
                        ),
                    )
        return cleaned

    def save(self, commit=True):
        shown = self._terms_fields()
        if shown:
            vocabularies = {field.vocabulary for _, field in shown}
            kept = [term for term in self.instance.terms.all() if term.vocabulary not in vocabularies]
            chosen = [term for name, _ in shown for term in self.cleaned_data.get(name) or []]
            self.instance.terms.set([*kept, *chosen])
        return super().save(commit=commit)
