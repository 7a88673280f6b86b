from events.kinds import EventKind, Held, LearningMode
from events.models.event_page import EventPage
from events.models.index_page import EventIndexPage

__all__ = ["EventIndexPage", "EventKind", "EventPage", "Held", "LearningMode"]
