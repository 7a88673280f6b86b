import time
from datetime import datetime

from django.core.management import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from home.jobs import run_due

PAUSE_SECONDS = 15


class Command(BaseCommand):
    help = "Do everything that is due: scheduled publishing, mail. Safe to run twice and beside itself."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="Act as if it were this moment, for example 2027-02-15T09:00 (London time).")
        parser.add_argument("--loop", action="store_true", help=f"Go on for ever, every {PAUSE_SECONDS} seconds.")

    def handle(self, *, at, loop, **options):
        if at and loop:
            raise CommandError("Choose --at or --loop: a loop goes by the clock.")
        while True:
            failed = run_due(now=self._moment(at))
            if not loop:
                break
            close_old_connections()
            time.sleep(PAUSE_SECONDS)
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")

    @staticmethod
    def _moment(at: str | None) -> datetime:
        if not at:
            return timezone.now()
        try:
            moment = datetime.fromisoformat(at)
        except ValueError as error:
            raise CommandError(f"{at!r} is not a moment such as 2027-02-15T09:00.") from error
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
