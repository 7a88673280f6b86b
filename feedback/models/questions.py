"""What is asked: sets of questions that editors write once and use again and again."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

AGREEMENT = "Strongly disagree\nDisagree\nNeither\nAgree\nStrongly agree"


class LearningNeed(models.Model):
    """One thing that people may want to learn next: the coded list behind "what training next"."""

    label = models.CharField(max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField("offered on forms", default=True)

    class Meta:
        ordering = ["order", "label"]

    def __str__(self):
        return self.label

    @property
    def is_named(self) -> bool:
        """Whether any answer names it, or may: a sealed one cannot be asked. Answers hold its number alone, so the
        database cannot see to it."""
        if QuestionSet.objects.filter(questions__kind=Question.Kind.NEED, surveys__sealed__isnull=False).exists():
            return True
        answers = Question.objects.filter(kind=Question.Kind.NEED).values_list("answers__boxes", flat=True)
        return any(self.pk in boxes for boxes in answers.iterator() if boxes)


class QuestionSet(ClusterableModel):
    """A form's questions. One that has been answered is not changed any more: copy it and change the copy."""

    class Purpose(models.TextChoices):
        REACTION = "reaction", "After an event"
        SIX_WEEKS = "six-weeks", "Six weeks on"
        TWELVE_WEEKS = "twelve-weeks", "Twelve weeks on"
        OTHER = "other", "Something else"

    title = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(max_length=15, choices=Purpose, default=Purpose.REACTION)
    intro = models.TextField(max_length=500, blank=True, help_text="What people read before the first question.")
    usual = models.BooleanField(
        "the usual one",
        default=False,
        help_text="Asked wherever an event names no set of its own. A set that is made for one event stays unticked: "
        "choose it on the session.",
    )

    class Meta:
        ordering = ["purpose", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(usual=True), name="one_usual_set_of_a_purpose"
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        usual = QuestionSet.objects.filter(purpose=self.purpose, usual=True).exclude(pk=self.pk).first()
        if self.usual and usual:
            raise ValidationError({"usual": f"“{usual}” is the usual one now. Untick it there first."})

    @classmethod
    def asked_for(cls, purpose: str) -> "QuestionSet | None":
        """The set that is asked for that purpose where nobody has chosen one."""
        return cls.objects.filter(purpose=purpose, usual=True).first()

    @property
    def is_answered(self) -> bool:
        answered = models.Q(responses__isnull=False) | models.Q(sealed__isnull=False)
        return self.surveys.filter(answered).exists()


class Question(Orderable):
    """One question of a set."""

    class Kind(models.TextChoices):
        SINGLE = "single", "One of several"
        MULTIPLE = "multiple", "Any of several"
        SCALE = "scale", "A scale of five"
        TEXT = "text", "In one's own words"
        NEED = "need", "What training next"
        PLEDGE = "pledge", "A pledge, private to its writer"

    question_set = ParentalKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SCALE)
    wording = models.CharField(max_length=200)
    help = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(default=False)
    choices = models.TextField(
        max_length=1000,
        blank=True,
        help_text="One on each line. For a scale five labels, the least first; empty is disagree to agree.",
    )
    has_middle = models.BooleanField(
        "the third box is neutral",
        default=True,
        help_text="The form and the results say whether a scale has a neutral middle.",
    )
    offer_not_applicable = models.BooleanField("offer “does not apply to me”", default=False)

    def __str__(self):
        return self.wording

    @property
    def labels(self) -> list[str]:
        """The choices as people read them."""
        text = self.choices.strip() or (AGREEMENT if self.kind == self.Kind.SCALE else "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def clean(self):
        if self.kind == self.Kind.SCALE and len(self.labels) != 5:
            raise ValidationError({"choices": "A scale has five labels, one on each line."})
        if self.kind in (self.Kind.SINGLE, self.Kind.MULTIPLE) and len(self.labels) < 2:
            raise ValidationError({"choices": "Write at least two choices, one on each line."})
        if len(set(self.labels)) != len(self.labels):
            raise ValidationError({"choices": "Two choices are the same."})
