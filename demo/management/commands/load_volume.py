import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from demo import volume

SECONDS_BETWEEN_LINES = 1


class Command(BaseCommand):
    help = (
        "Load volume for benchmarks: people and tools by the thousand, made from a seed. "
        "Stands beside the demo content; a second run adds only what is missing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=10_000, help="How many tools (default 10000).")
        parser.add_argument("--people", type=int, default=2_000, help="How many people (default 2000).")
        parser.add_argument(
            "--bookings", type=int, default=20_000, help="How many bookings; none until there are events."
        )
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same people and pages.")
        parser.add_argument("--no-index", action="store_true", help="Leave the search index as it is.")

    def handle(self, *, pages, people, bookings, seed, no_index, **options):
        if settings.PRODUCTION:
            raise CommandError("This is invented content with known passwords, so it is not loaded in production.")
        if min(pages, people, bookings, seed) < 0:
            raise CommandError("Numbers cannot be below 0.")
        call_command("setup_hub", stdout=self.stdout)
        made = volume.load_people(people, seed=seed, tell=self._progress("people"))
        self.stdout.write(f"People: {made} new.")
        made = volume.load_tools(pages, seed=seed, today=timezone.localdate(), tell=self._progress("tools"))
        self.stdout.write(f"Tools: {made} new.")
        if bookings:
            self.stdout.write("Bookings: none loaded, since the hub has no events yet.")
        if no_index:
            self.stdout.write(
                "The search index does not know them yet: `manage.py update_index` and `manage.py index_search`."
            )
        else:
            self.stdout.write("Search index:")
            call_command("update_index", stdout=self.stdout)
            call_command("index_search", stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS("The volume is loaded."))

    def _progress(self, what: str) -> Callable[[int, int], None]:
        """Says how far it is, about once a second."""
        said = time.monotonic()

        def tell(done: int, of: int) -> None:
            nonlocal said
            if time.monotonic() - said >= SECONDS_BETWEEN_LINES:
                said = time.monotonic()
                self.stdout.write(f"  {done:,} of {of:,} {what}")

        return tell
