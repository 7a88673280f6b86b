from guidance.models.career import CareerPage
from guidance.models.comment import PolicyComment
from guidance.models.deal import DealPage
from guidance.models.guide import GuidePage
from guidance.models.handbook import HandbookPage
from guidance.models.index_page import GuidanceIndexPage
from guidance.models.policy import PolicyPage
from guidance.models.policy_version import PolicyFollower, PolicyVersion
from guidance.models.practice_change import AreaStatus, PracticeChangePage
from guidance.models.programme import ProgrammePage
from guidance.models.project import ProjectPage
from guidance.models.vacancy import VacancyPage

__all__ = [
    "AreaStatus",
    "CareerPage",
    "DealPage",
    "GuidanceIndexPage",
    "GuidePage",
    "HandbookPage",
    "PolicyComment",
    "PolicyFollower",
    "PolicyPage",
    "PolicyVersion",
    "PracticeChangePage",
    "ProgrammePage",
    "ProjectPage",
    "VacancyPage",
]
