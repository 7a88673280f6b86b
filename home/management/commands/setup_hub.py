from django.core.management import BaseCommand, call_command
from django.db import transaction

from home.site_tree import plant
from people.seeding import seed_roles
from practice.seeding import seed_practice


class Command(BaseCommand):
    help = (
        "Prepare a hub: roles, practice model, vocabularies, standing pages. Adds what is missing; safe to run again."
    )

    @transaction.atomic
    def handle(self, **options):
        self.stdout.write(f"Practice model and vocabularies: {seed_practice()} new rows.")
        self.stdout.write(f"Roles: {seed_roles()} new groups.")
        call_command("seed_synonyms", stdout=self.stdout)
        plant()
        self.stdout.write(self.style.SUCCESS("The hub is set up."))
