import signal
import time
from datetime import datetime

from django.core.management import BaseCommand, CommandError
from django.db import close_old_connections, connection
from django.utils import timezone

from home.jobs import all
from home.jobs.working import Worker, ticking_from
from notices import sending

PAUSE_SECONDS = 15
LONGEST_WAIT_SECONDS = 300
"""For what is slow, before a run that is no loop ends without it."""
LAST_LETTER_SECONDS = 8


class Command(BaseCommand):
    help = "Do everything that is due: scheduled publishing, mail. Safe to run twice and beside itself."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="Act as if it were this moment, for example 2027-02-15T09:00 (London time).")
        parser.add_argument("--loop", action="store_true", help=f"Go on for ever, every {PAUSE_SECONDS} seconds.")

    def handle(self, *, at, loop, **options):
        if at and loop:
            raise CommandError("Choose --at or --loop: a loop goes by the clock.")
        if loop:
            self._for_ever()
        now = self._moment(at)
        # Inside somebody's transaction (a test) other threads would not see what it has written.
        failed = all.run_due(now=now) if connection.in_atomic_block else self._once(now)
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")

    @staticmethod
    def _once(now: datetime) -> list[str]:
        worker = Worker(all.JOBS)
        return worker.go_round(clock=ticking_from(now)) + worker.wait(LONGEST_WAIT_SECONDS)

    @staticmethod
    def _for_ever() -> None:
        """Go round until the process is told to end; the letter in hand is finished first."""
        signal.signal(signal.SIGTERM, _end)
        worker = Worker(all.JOBS)
        try:
            while True:
                worker.go_round(clock=timezone.now)
                close_old_connections()
                time.sleep(PAUSE_SECONDS)
        finally:
            sending.stopping.set()
            worker.wait(LAST_LETTER_SECONDS)

    @staticmethod
    def _moment(at: str | None) -> datetime:
        if not at:
            return timezone.now()
        try:
            moment = datetime.fromisoformat(at)
        except ValueError as error:
            raise CommandError(f"{at!r} is not a moment such as 2027-02-15T09:00.") from error
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _end(number, frame):
    raise SystemExit(0)
