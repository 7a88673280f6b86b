from django.core.management import BaseCommand

from search.understanding.seeding import seed_synonyms


class Command(BaseCommand):
    help = "Load the groups of words that mean the same, where there are none yet. Safe to run again."

    def handle(self, **options):
        self.stdout.write(f"Search: {seed_synonyms()} new groups of words that mean the same.")
