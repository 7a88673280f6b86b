from feedback.models.needs import NeedInterest
from feedback.models.pledges import Claim, Pledge, YouSaid
from feedback.models.questions import LearningNeed, Question, QuestionSet
from feedback.models.remarks import Remark
from feedback.models.sealed import AnsweredMark, SealedAnswers
from feedback.models.suggestions import Suggestion
from feedback.models.surveys import Answer, Invitation, Mode, Response, Survey

__all__ = [
    "Answer",
    "AnsweredMark",
    "Claim",
    "Invitation",
    "LearningNeed",
    "Mode",
    "NeedInterest",
    "Pledge",
    "Question",
    "QuestionSet",
    "Remark",
    "Response",
    "SealedAnswers",
    "Suggestion",
    "Survey",
    "YouSaid",
]
