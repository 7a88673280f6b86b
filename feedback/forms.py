"""The form that people fill in, made of a survey's questions."""

from django import forms
from django.utils.html import escape

from feedback.models import LearningNeed, Pledge, Question, Survey
from language.careful import CarefulForm

LONGEST_TEXT = 4000
LONGEST_PLEDGE = 280
LONGEST_SUMMARY = 2000
MOST_NEEDS = 3
NOT_APPLICABLE = "na"
WARNING = "Please do not name a child, a family or a colleague."


class WordsField(forms.CharField):
    """What people write in a box. A browser sends a line break as two characters; people count one."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class AnswerForm(CarefulForm):
    """One field for each question, named `q` and its number; none is lost when another is refused."""

    ours = frozenset({"place"})

    def __init__(self, *args, survey: Survey, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = {f"q{question.pk}": question for question in survey.question_set.questions.all()}
        for name, question in self.questions.items():
            self.fields[name] = FIELDS[question.kind](question)

    def given(self) -> dict[int, dict]:
        """What was said, as `feedback.answers.answering.answer` takes it."""
        return {question.pk: _said(question, self.cleaned_data.get(name)) for name, question in self.questions.items()}


def _said(question: Question, value) -> dict:
    if question.kind in (Question.Kind.TEXT, Question.Kind.PLEDGE):
        return {"text": (value or "").strip()}
    if value == NOT_APPLICABLE:
        return {"not_applicable": True}
    values = value if isinstance(value, list) else [value] if value else []
    return {"boxes": [int(one) for one in values]}


def _boxes(question: Question) -> list[tuple[str, str]]:
    return [(str(number), label) for number, label in enumerate(question.labels, 1)]


def _hint(question: Question, *more: str) -> str:
    """An editor's help as text: the template prints hints as they are, so that ours may hold a link."""
    return " ".join(part for part in (escape(question.help), *more) if part)


def _one(question: Question) -> forms.Field:
    choices = _boxes(question)
    if question.offer_not_applicable:
        choices.append((NOT_APPLICABLE, "Does not apply to me"))
    return forms.ChoiceField(
        label=question.wording,
        help_text=_hint(question),
        required=question.required,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers shown.", "required": "Choose an answer."},
    )


def _scale(question: Question) -> forms.Field:
    field = _one(question)
    middle = "The third box is neutral." if question.has_middle else "There is no neutral box."
    field.help_text = _hint(question, middle)
    return field


def _several(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        label=question.wording,
        help_text=_hint(question),
        required=question.required,
        choices=_boxes(question),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the answers shown.", "required": "Choose an answer."},
    )


class NeedField(forms.MultipleChoiceField):
    """Up to three things to learn next."""

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_NEEDS:
            raise forms.ValidationError(f"Choose up to {MOST_NEEDS}: you chose {len(value)}.")


def _offered() -> list[tuple[str, str]]:
    return [(str(need.pk), need.label) for need in LearningNeed.objects.filter(active=True)]


def _need(question: Question) -> forms.Field:
    return NeedField(
        label=question.wording,
        help_text=_hint(question),
        required=question.required,
        choices=_offered,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )


def _text(question: Question) -> forms.Field:
    return WordsField(
        label=question.wording,
        help_text=_hint(question, WARNING),
        required=question.required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": False}),
        error_messages={
            "max_length": f"This is too long to keep: at most {LONGEST_TEXT:,} characters. Nothing you wrote is lost: "
            "shorten it here, or send the rest to the organiser."
        },
    )


def _pledge(question: Question) -> forms.Field:
    return WordsField(
        label=question.wording,
        help_text=_hint(question, WARNING),
        required=False,
        max_length=LONGEST_PLEDGE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": False}),
    )


FIELDS = {
    Question.Kind.SINGLE: _one,
    Question.Kind.SCALE: _scale,
    Question.Kind.MULTIPLE: _several,
    Question.Kind.NEED: _need,
    Question.Kind.TEXT: _text,
    Question.Kind.PLEDGE: _pledge,
}


class SummaryForm(CarefulForm):
    """What a closed group and its facilitator agreed to say, in place of numbers."""

    summary = WordsField(
        label="What the group agreed to say",
        required=False,
        max_length=LONGEST_SUMMARY,
        help_text=f"Read it to the group before you save it. {WARNING}",
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": False}),
        error_messages={
            "max_length": f"There is room for {LONGEST_SUMMARY:,} characters. Nothing is lost: shorten it here."
        },
    )


class RedactForm(CarefulForm):
    """Why words are taken away: they named somebody."""

    reason = forms.CharField(max_length=200, error_messages={"required": "Say why."})


class RemarkForm(CarefulForm):
    """Was a page useful, and is something wrong with it?"""

    useful = forms.ChoiceField(
        label="Was it useful?",
        choices=[("yes", "Yes"), ("no", "No")],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose yes or no."},
    )
    wrong = WordsField(
        label="What is wrong or missing?",
        required=False,
        max_length=1000,
        help_text="The owner of the page reads it, with your name. No names of children or families.",
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": False}),
    )

    def clean(self):
        given = super().clean()
        if not self.errors and not given.get("useful") and not given.get("wrong"):
            self.add_error("useful", "Choose yes or no, or say what is wrong.")
        return given


class SettleForm(CarefulForm):
    """What became of a remark."""

    done = forms.ChoiceField(
        label="What became of it?",
        choices=[("put-right", "I have put it right"), ("no-change", "It stays as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it.", "invalid_choice": "Choose one of the two."},
    )
    reply = WordsField(label="A word back", required=False, max_length=500)

    def clean(self):
        given = super().clean()
        if given.get("done") == "no-change" and not given.get("reply"):
            self.add_error("reply", "Say why it stays: whoever wrote can read it.")
        return given


class NeedsForm(forms.Form):
    """What somebody would like to hear of first."""

    needs = forms.MultipleChoiceField(
        label="Tell me when there is a date",
        required=False,
        choices=_offered,
        widget=forms.CheckboxSelectMultiple,
        help_text="Your name is kept with this list, apart from all answers. Organisers see how many want each, once "
        "five or more do.",
        error_messages={"invalid_choice": "Choose from the list."},
    )


class PledgeForm(forms.Form):
    """How a pledge is going, and whether others may see it."""

    outcome = forms.ChoiceField(
        label="How is it going?",
        choices=[("", "I have not said"), ("done", "Done"), ("part", "Partly done"), ("not-yet", "Not yet")],
        required=False,
    )
    shared = forms.BooleanField(
        label="Show it on the pledge wall",
        required=False,
        help_text="Colleagues read it there. People of partner agencies do where the event was for them too.",
    )
    show_name = forms.BooleanField(label="With my name", required=False)


class ApproveForm(forms.Form):
    """Which pledges may be shown; those that are no longer shared cannot be chosen."""

    pledge = forms.ModelMultipleChoiceField(Pledge.objects.filter(shared=True, approved_at=None))
