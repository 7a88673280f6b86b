from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.test import RequestFactory

from pages.reading.request_hub import RequestHub
from people.models import User
from search import engines, relevance
from search.finder import Finder

SHOWN = 3


class Command(BaseCommand):
    help = "Score search: 2 points for a right page first, 1 for one in the top three or a page that is fine first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Columns query, first, also_fine, parted by tabs.")
        parser.add_argument("--person", default="practitioner@hub.example", help="Who searches.")
        parser.add_argument("--engine", choices=engines.NAMES, help="Instead of the one that is configured.")
        parser.add_argument("--at-least", type=int, help="Fail below so many points.")

    def handle(self, *, file, person, engine, at_least, **options):
        try:
            rows = relevance.read(file)
        except (OSError, KeyError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} could not be read: {error}") from error
        reader = User.objects.filter(email=person).first()
        if reader is None:
            raise CommandError(f"There is no {person}. Load the demo content first, or name somebody with --person.")
        request = RequestFactory().get("/search/")
        request.user = reader
        with engines.using(engine):
            scored = relevance.score(
                rows, relevance.demo_titles(settings.BASE_DIR / "demo"), lambda query: titles(request, query)
            )
        for each in scored:
            found = " | ".join(each.found[:SHOWN]) or "NOTHING"
            self.stdout.write(
                f"{each.points}  {each.expected.query:45.45} {' '.join(each.expected.first):8} {found[:110]}"
            )
        points = sum(each.points for each in scored)
        empty = sum(1 for each in scored if not each.found)
        self.stdout.write(f"{points} of {relevance.AT_FIRST * len(scored)} points, {empty} queries empty.")
        if at_least is not None and (points < at_least or empty):
            raise CommandError(f"Below {at_least} points, or a query was empty.")


def titles(request, query: str) -> list[str]:
    """What this reader finds, as on the first page of results."""
    finder = Finder(RequestHub(request), query)
    return [finder.catalogue.known[place].title for place in finder.places(0, 10)]
