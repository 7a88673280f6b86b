from events.kinds import EventKind, Held, LearningMode
from events.models.attendance import Attendance, AttendanceCorrection, Came, ListClosing
from events.models.booking import Booking, BookingChange, BreakoutWish, Interest, Provision
from events.models.breakout import Breakout
from events.models.briefing import BriefingRequest
from events.models.calendar import CalendarFeed, SentInvite
from events.models.event_page import EventPage
from events.models.index_page import EventIndexPage
from events.models.message import SessionMessage
from events.models.paper import Paper
from events.models.rules import KindRules, kinds_managers_know, rules_of
from events.models.session import Session, SessionDate
from events.models.session_change import SessionChange
from events.states import What

__all__ = [
    "Attendance",
    "AttendanceCorrection",
    "Booking",
    "BookingChange",
    "Breakout",
    "BreakoutWish",
    "BriefingRequest",
    "CalendarFeed",
    "Came",
    "EventIndexPage",
    "EventKind",
    "EventPage",
    "Held",
    "Interest",
    "KindRules",
    "LearningMode",
    "ListClosing",
    "Paper",
    "Provision",
    "SentInvite",
    "Session",
    "SessionChange",
    "SessionDate",
    "SessionMessage",
    "What",
    "kinds_managers_know",
    "rules_of",
]
