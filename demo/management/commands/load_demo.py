from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from demo import (
    champions,
    events,
    guidance,
    loading,
    photographs,
    planting,
    programmes,
    reminders,
    research,
    sessions,
    stories,
)

# What is loaded, in this order: name, and what loads it and says how many were new.
ROOMS = [
    ("Tools", loading.load_tools),
    ("Research summaries", research.load),
    ("Champions", champions.load),
    ("Events", events.load),
    ("Sessions", sessions.load),
    ("Pages of guidance", guidance.load),
    ("People on programmes", programmes.load),
    ("Reminders", reminders.load),
    ("Stories, newsletters and films", stories.load),
    ("Photographs", photographs.load),
]


class Command(BaseCommand):
    help = "Load the demo content: people of every role and the library, dated from today. Run it again safely."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo content has known passwords, so it is not loaded in production.")
        call_command("setup_hub", stdout=self.stdout)
        self.stdout.write(f"People: {loading.load_people()} new.")
        for name, load in ROOMS:
            self.stdout.write(f"{name}:")
            made = load(today=timezone.localdate(), tell=self.stdout.write)
            self.stdout.write(self.style.SUCCESS(f"{made} new {name.lower()}."))
        call_command("load_demo_figures", stdout=self.stdout)
        planting.link_related()
        guidance.open_to_everybody()
        loading.choose_for_home()
