"""What sorts of learning event there are, how people learn there, and how an event is held."""

from django.db import models


class EventKind(models.TextChoices):
    """What an event is. "Rounds" is the plain name: the better-known one belongs to somebody else."""

    PRACTICE_DAY = "practice-day", "Practice day"
    TRAINING = "training", "Training"
    LUNCH_AND_LEARN = "lunch-and-learn", "Lunch and learn"
    REFLECTIVE_GROUP = "reflective-group", "Reflective practice group"
    ACTION_LEARNING = "action-learning", "Action learning set"
    ROUNDS = "rounds", "Rounds"
    TEAM_BRIEFING = "team-briefing", "Team briefing"
    CONSULTATION = "consultation", "Consultation"
    PROGRAMME = "programme", "Cohort programme"


CONFIDENTIAL = frozenset({EventKind.REFLECTIVE_GROUP, EventKind.ACTION_LEARNING, EventKind.ROUNDS})
"""Kinds where people speak of what weighs on them: such a page says what is kept private before it is published."""


class LearningMode(models.TextChoices):
    """How people learn there: what a training plan balances."""

    FORMAL = "formal", "Formal teaching"
    INFORMAL = "informal", "Informal, with colleagues"
    SELF_DIRECTED = "self-directed", "Self-directed"
    REFLECTIVE = "reflective", "Reflective"

    def kinds(self) -> str:
        """What it is called over a list of such events."""
        return self.label


class Held(models.TextChoices):
    """Where people meet."""

    IN_PERSON = "in-person", "In person"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "In person or online"
