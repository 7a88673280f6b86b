"""A copy of a set of questions, to change where the set itself must stay as it was answered."""

from feedback.models import Question, QuestionSet

COPIED = ("kind", "wording", "help", "required", "choices", "has_middle", "offer_not_applicable", "sort_order")


def copy_of(question_set: QuestionSet) -> QuestionSet:
    """The same questions in a new set that nobody has answered. Not saved."""
    copy = QuestionSet(title=_free_title(question_set.title), intro=question_set.intro, purpose=question_set.purpose)
    copy.questions = [
        Question(**{name: getattr(question, name) for name in COPIED}) for question in question_set.questions.all()
    ]
    return copy


def _free_title(title: str) -> str:
    longest = QuestionSet._meta.get_field("title").max_length
    taken = set(QuestionSet.objects.values_list("title", flat=True))
    number = 1
    while True:
        ending = " (copy)" if number == 1 else f" (copy {number})"
        name = f"{title[: longest - len(ending)]}{ending}"
        if name not in taken:
            return name
        number += 1
