from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from insight.demo import load


class Command(BaseCommand):
    help = "Supply the demo's figures, dated from today. `load_demo` calls it; run it again safely."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("Demo figures are invented, so they are not loaded in production.")
        self.stdout.write(self.style.SUCCESS(f"{load(today=timezone.localdate())} new figures."))
