from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from home.demo import loading


class Command(BaseCommand):
    help = "Load the demo content: people of every role and the tools, dated from today. Run it again safely."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo content has known passwords, so it is not loaded in production.")
        call_command("setup_hub", stdout=self.stdout)
        self.stdout.write(f"People: {loading.load_people()} new.")
        self.stdout.write("Tools:")
        made = loading.load_tools(today=timezone.localdate(), tell=self.stdout.write)
        loading.choose_for_home()
        self.stdout.write(self.style.SUCCESS(f"{made} new tools, {len(loading.tool_files())} in all."))
