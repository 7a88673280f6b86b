"""Somebody has left the service: what they have on the hub ends or passes on."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.leaving import leave_service
from people.models import User


class Command(BaseCommand):
    help = "Ends the accounts of those who left the service: bookings, pages, questions and teams pass on."

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="+", help="The address that somebody signs in with.")

    def handle(self, *, email, **options):
        found = {address: User.objects.filter(email__iexact=address).first() for address in email}
        if unknown := [address for address, person in found.items() if person is None]:
            raise CommandError(f"Nobody signs in with {', '.join(unknown)}. Nothing was changed.")
        for person in found.values():
            leave_service(person=person, by=None, now=timezone.now())
            self.stdout.write(f"{person} has left. What was theirs has ended or passed on.")
