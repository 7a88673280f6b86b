"""What people said, with its base: nothing here can be shown without how many answered, of how many."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Count, QuerySet
from wagtail import hooks

from feedback.answers.batches import in_fives
from feedback.honest_numbers import (
    LOW_RESPONSE,
    SMALLEST_BOX,
    Share,
    hidden_by_subtraction,
    may_show,
    merged,
    middle,
    top_boxes,
)
from feedback.models import Answer, LearningNeed, Mode, Pledge, Question, Response, Survey
from feedback.surveys import response_of
from feedback.wording import nothing_shown, still_waiting
from pages.wording import day

BASE_LACKS = "what_the_base_of_a_form_lacks"
"""A hook for rooms above, which know who came: given forms and moment, says by form why its base is not sure."""
COLUMNS = ("Question", "Answer", "Number", "Of those who answered it", "Note")
"""What a file of results holds, the same as the page under the same rules."""


def what_bases_lack(surveys: list[Survey], now: datetime) -> dict[int, str]:
    """Why those who were asked are not quite those who came, by form; none of a form where they are."""
    said = {}
    for say in hooks.get_hooks(BASE_LACKS):
        for pk, words in say(surveys, now).items():
            said.setdefault(pk, []).append(words)
    return {pk: " ".join(words) for pk, words in said.items()}


@dataclass(frozen=True)
class Bar:
    """One box, or several joined: what it is called, and how many chose it of those who answered the question."""

    label: str
    share: Share
    width: int = 0


@dataclass(frozen=True)
class QuestionResult:
    """One question's answers. `hidden` says why there are none to see."""

    question: Question
    answered: int
    not_applicable: int = 0
    bars: list[Bar] = field(default_factory=list)
    headline: Share | None = None
    headline_rule: str = ""
    median: str = ""
    texts: list[Answer] = field(default_factory=list)
    hidden: str = ""


class Results:
    """The results of one survey: a fixed number of queries, whatever was asked and however many answered.

    `names`: for somebody who may know who wrote what. Others see of a confidential form what was let in together.
    """

    def __init__(self, survey: Survey, now: datetime, *, names: bool = False):
        self.survey = survey
        self.names = names
        self.now = now
        self.fewest = settings.HUB_FEWEST_ANSWERS

    @cached_property
    def response(self) -> Share:
        """How many answered of those who came and were asked."""
        return response_of(Survey.objects.filter(pk=self.survey.pk))

    @cached_property
    def base_lacks(self) -> str:
        """Why those who were asked are not quite those who came; empty where they are."""
        return what_bases_lack([self.survey], self.now).get(self.survey.pk, "")

    @property
    def is_low(self) -> bool:
        return (
            bool(self.response.base)
            and not self.survey.closed_group
            and self.response.n / self.response.base < LOW_RESPONSE
        )

    @property
    def responses(self) -> QuerySet[Response]:
        return shown_responses(Survey.objects.filter(pk=self.survey.pk), names=self.names)

    @property
    def answers(self) -> QuerySet[Answer]:
        return Answer.objects.filter(response__in=self.responses)

    @cached_property
    def shown(self) -> int:
        """How many responses are in the figures."""
        return self.responses.count()

    @cached_property
    def waiting(self) -> str:
        """Why the figures hold fewer answers than have come in; empty where they hold them all."""
        late = self.response.n - self.shown if not self.hidden else 0
        return still_waiting(late, self.response.n, self.fewest, closed=self._is_closed) if late > 0 else ""

    @property
    def _is_closed(self) -> bool:
        return self.now >= self.survey.closes_at

    @cached_property
    def _answers(self) -> dict[int, list[Answer]]:
        answers: dict[int, list[Answer]] = {}
        for answer in self.answers.select_related("response__person"):
            answers.setdefault(answer.question_id, []).append(answer)
        return answers

    @cached_property
    def _needs(self) -> dict[int, str]:
        return dict(LearningNeed.objects.values_list("pk", "label"))

    @cached_property
    def hidden(self) -> str:
        """Why there is nothing to see at all; empty where there is."""
        if self.survey.mode == Mode.NAMED and not self.survey.closed_group:
            # The form has said that organisers read who wrote what: hiding it would only look like privacy.
            return ""
        if self.survey.closed_group:
            return "A closed group publishes no numbers, only a summary that it has agreed."
        if may_show(self.shown, self.fewest):
            return ""
        late = self.response.n - self.shown
        return nothing_shown(late, self.response.n, self.fewest, closed=self._is_closed)

    @cached_property
    def questions(self) -> list[QuestionResult]:
        if self.hidden:
            return []
        asked = self.survey.question_set.questions.exclude(kind=Question.Kind.PLEDGE)
        return [self._of(question) for question in asked]

    def _of(self, question: Question) -> QuestionResult:
        answers = self._answers.get(question.pk, [])
        said = [answer for answer in answers if not answer.not_applicable]
        not_applicable = len(answers) - len(said)
        if self._anonymous and not_applicable < SMALLEST_BOX:
            not_applicable = 0
        in_words = question.kind == Question.Kind.TEXT and self.survey.mode == Mode.NAMED and said
        if not in_words and not may_show(len(said), self.fewest):
            words = f"Fewer than {self.fewest} answered this, so it is not shown." if said else "Nobody answered this."
            return QuestionResult(question, 0, hidden=words)
        if question.kind == Question.Kind.TEXT:
            return QuestionResult(question, len(said), not_applicable, texts=said)
        counts = Counter(box for answer in said for box in answer.boxes)
        if question.kind == Question.Kind.SCALE:
            return self._scale(question, len(said), not_applicable, [counts[box] for box in range(1, 6)])
        labels = self._needs if question.kind == Question.Kind.NEED else dict(enumerate(question.labels, 1))
        chosen = counts.most_common() if question.kind == Question.Kind.NEED else [(box, counts[box]) for box in labels]
        few = self._few(question, chosen) if self._anonymous else set()
        bars = [
            _bar(labels.get(box, "No longer in the list"), count, len(said)) for box, count in chosen if box not in few
        ]
        hidden = "Answers that few people gave are not shown, so that nobody can be told from them." if few else ""
        return QuestionResult(question, len(said), not_applicable, bars=bars, hidden=hidden)

    @staticmethod
    def _few(question: Question, chosen: list[tuple[int, int]]) -> set[int]:
        """Boxes that would tell of one person; of one-of-several also the one that gives them away by subtraction."""
        if question.kind == Question.Kind.SINGLE:
            flags = hidden_by_subtraction([count for _, count in chosen], SMALLEST_BOX)
            return {box for (box, _), flag in zip(chosen, flags, strict=True) if flag}
        return {box for box, count in chosen if 0 < count < SMALLEST_BOX}

    @property
    def _anonymous(self) -> bool:
        return self.survey.mode == Mode.ANONYMOUS

    def _scale(self, question: Question, base: int, not_applicable: int, counts: list[int]) -> QuestionResult:
        boxes = merged(counts) if self._anonymous else [(box, box, count) for box, count in enumerate(counts, 1)]
        labels = question.labels
        names = [
            (labels[first - 1] if first == last else f"{labels[first - 1]} to {labels[last - 1].lower()}", count)
            for first, last, count in boxes
        ]
        top = top_boxes(boxes)
        return QuestionResult(
            question,
            base,
            not_applicable,
            bars=[_bar(label, count, base) for label, count in names],
            headline=None if top is None else Share(top, base),
            headline_rule=f"“{labels[3]}” or “{labels[4]}”",
            # Of the joined boxes: the middle of the single ones would tell what joining hides.
            median=_middle([name for name, _ in names], [count for _, count in names]),
        )

    @property
    def rows(self) -> Iterator[tuple]:
        """Everything on the page as lines of a table; see COLUMNS."""
        yield "Answered", "", self.response.n, self.response.base, self._notes
        for one in self.questions:
            for bar in one.bars:
                yield one.question.wording, bar.label, bar.share.n, bar.share.base, one.hidden
            for text in one.texts:
                yield one.question.wording, text.text, "", "", ""

    @property
    def _notes(self) -> str:
        return " ".join(words for words in (self.hidden or self.waiting, self.base_lacks) if words)

    @property
    def window(self) -> str:
        return f"{day(self.survey.opens_at)} to {day(self.survey.closes_at)}"


def _middle(names: list[str], counts: list[int]) -> str:
    """The answer in the middle, in words; between two where it lies between two."""
    boxes = middle(counts)
    if boxes is None or len([count for count in counts if count]) < 2:
        return ""
    low, high = (f"“{names[box - 1]}”" for box in boxes)
    return low if low == high else f"between {low} and {high}"


def _bar(label: str, count: int, base: int) -> Bar:
    return Bar(label, Share(count, base), round(100 * count / base) if base else 0)


def shown_responses(surveys, *, names: bool = False) -> QuerySet[Response]:
    """The one door to what was answered: what may be counted and read of these surveys, for somebody who may know who
    wrote what (`names`) or who may not."""
    responses = Response.objects.filter(survey__in=surveys)
    return responses if names else responses.filter(counted=True)


def need_counts(surveys) -> list[tuple[str, int]]:
    """How often each need was named in these surveys, the most wanted first. Needs that few named are not shown, and
    closed groups publish no numbers."""
    fewest = settings.HUB_FEWEST_ANSWERS
    responses = shown_responses(surveys.filter(closed_group=False))
    rows = Answer.objects.filter(response__in=responses, question__kind=Question.Kind.NEED)
    counts = Counter(box for boxes in rows.values_list("boxes", flat=True) for box in boxes)
    labels = dict(LearningNeed.objects.filter(pk__in=counts).values_list("pk", "label"))
    return [(labels[pk], count) for pk, count in counts.most_common() if pk in labels and may_show(count, fewest)]


def outcomes() -> dict:
    """How pledges went, counted together: {said, counts [(label, count)]}; nothing while too few people have said.

    People say so one by one, so the numbers move by five: nobody can tell how a colleague's went by looking twice.
    """
    fewest = settings.HUB_FEWEST_ANSWERS
    said = Pledge.objects.exclude(outcome="").order_by().values_list("outcome").annotate(Count("pk"))
    counts = {outcome: in_fives(count, fewest) for outcome, count in said}
    known = [(outcome.label, counts[outcome]) for outcome in Pledge.Outcome if counts.get(outcome)]
    return {"fewest": fewest, "counts": known} if known else {}
