import time

from django.core.management import BaseCommand

from search.index import copying, indexing


class Command(BaseCommand):
    help = (
        "Write the index of the hub's search anew, a few entries at a time, while people go on publishing."
        " Needed after content came in by the back door, such as a restored database; safe at any time."
    )

    def handle(self, **options):
        self._last = 0.0
        total = indexing.rebuild(tell=self._tell)
        copying.catch_up()
        self.stdout.write(self.style.SUCCESS(f"{total:,} entries can be found."))

    def _tell(self, done: int, total: int) -> None:
        if time.monotonic() - self._last > 1 or done == total:
            self._last = time.monotonic()
            self.stdout.write(f"  {done:,} of {total:,} pages")
            self.stdout.flush()
