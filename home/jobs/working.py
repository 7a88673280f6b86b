"""Doing the jobs of the hub so that none stops another: each in its turn, and a slow one beside the others."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from home.jobs.models import JobTurn
from pages.as_of import acting_at

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 10
"""After so long the other jobs go on beside it."""
TURN = timedelta(minutes=2)
"""A turn that nobody has said anew for so long is over: whoever had it died."""

Job = Callable[..., object]


def ticking_from(now: datetime) -> Callable[[], datetime]:
    """A clock that stands at that moment and goes on: what one job writes is due when the last one sends it."""
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


def name_of(job: Job) -> str:
    """feedback.pledges.give_back"""
    return f"{job.__module__}.{job.__name__}"


class Turn:
    """One job, done once, unless somebody else is doing it."""

    def __init__(self, job: Job, now: datetime):
        self.job, self.now, self.failed = job, now, False
        self.name, self.key = name_of(job), uuid.uuid4()

    def take(self) -> None:
        """Do it, in this thread. Whatever goes wrong is logged and kept in `failed`: it is tried again next time."""
        try:
            if self._begin():
                try:
                    with acting_at(self.now):
                        self.job(now=self.now)
                finally:
                    self._end()
        except (Exception, SystemExit):  # a job that calls for the end of the process ends itself alone
            logger.exception("The job %s failed; it is tried again next time.", self.name)
            self.failed = True

    def hold(self) -> None:
        """Say anew that it is being done."""
        JobTurn.objects.filter(name=self.name, held_by=self.key).update(held_until=timezone.now() + TURN)

    def _begin(self) -> bool:
        # Of the real clock, whatever moment the job is to act at: this is about workers.
        moment = timezone.now()
        JobTurn.objects.get_or_create(name=self.name)
        free = Q(held_until=None) | Q(held_until__lte=moment)
        mine = {"held_by": self.key, "held_until": moment + TURN}
        return bool(JobTurn.objects.filter(free, name=self.name).update(**mine))

    def _end(self) -> None:
        JobTurn.objects.filter(name=self.name, held_by=self.key).update(held_by=None, held_until=None)


class Working(threading.Thread):
    """A turn in a thread with a connection of its own. It never keeps the process from ending."""

    def __init__(self, turn: Turn):
        super().__init__(name=turn.name, daemon=True)
        self.turn = turn

    def run(self):
        try:
            self.turn.take()
        finally:
            connection.close()


class Worker:
    """Goes round the jobs, one after the other. What takes long is left to itself, and passed by until it is done."""

    def __init__(self, jobs: Iterable[Job]):
        self.jobs = list(jobs)
        self.slow: dict[str, Working] = {}

    def go_round(self, *, clock: Callable[[], datetime]) -> list[str]:
        """Do what is due, each job at its own moment; returns the names of what failed, now or in the meantime."""
        failed = []
        for job in self.jobs:
            failed += self._finished()
            if name_of(job) not in self.slow:
                working = Working(Turn(job, clock()))
                working.start()
                working.join(PATIENCE_SECONDS)
                self.slow[name_of(job)] = working
                if working.is_alive():
                    logger.warning("The job %s takes long; the others go on beside it.", name_of(job))
        for working in self.slow.values():
            if working.is_alive():
                working.turn.hold()
        return failed + self._finished()

    def wait(self, seconds: float) -> list[str]:
        """Give what is slow so long to end; returns the names of what failed or goes on still."""
        until = time.monotonic() + seconds
        for working in self.slow.values():
            working.join(max(0, until - time.monotonic()))
        failed = self._finished()
        return failed + list(self.slow)

    def _finished(self) -> list[str]:
        """Forget what has ended; returns the names of what failed."""
        ended = [working for working in self.slow.values() if not working.is_alive()]
        for working in ended:
            del self.slow[working.name]
        return [working.name for working in ended if working.turn.failed]
