"""What becomes of a team when its manager leaves the service, and who is told that somebody has left."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from notices.outbox import Letter, tell
from pages.publishing.leaving import HAS_LEFT
from pages.wording import sentence
from people.leaving import takes_over_team
from people.models import StandIn, User
from people.roles import Role


def pass_on_team(*, person: User, by: User | None, now: datetime) -> None:
    """The team goes to who stands in, else to the manager above; administrators name somebody for good."""
    successor = takes_over_team(person, timezone.localdate(now))
    team = list(User.objects.filter(manager=person, is_active=True).exclude(pk=getattr(successor, "pk", None)))
    User.objects.filter(manager=person).exclude(pk=getattr(successor, "pk", None)).update(manager=successor)
    User.objects.filter(manager=person).update(manager=None)
    left_alone = list(User.objects.filter(stand_in__deputy=person, stand_in__until_day__gte=timezone.localdate(now)))
    StandIn.objects.filter(deputy=person).delete()
    StandIn.objects.filter(manager=person).delete()
    if team:
        _tell_of_team(person, successor, team)
    for manager in left_alone:
        words = f"{person} was to stand in for you and has left the service. Name somebody else while you are away."
        _tell(manager, "Nobody stands in for you", words, link=reverse("team_bookings"), left=person)


def _tell_of_team(person: User, successor: User | None, team: list[User]) -> None:
    names = ", ".join(map(str, team[:50]))
    if successor:
        words = f"{person} has left the service. Until another manager is named, these colleagues come to you: {names}"
        _tell(successor, "A team comes to you", sentence(words), link=reverse("team_bookings"), left=person)
    heads = User.objects.filter(groups__name=Role.ADMINISTRATOR, is_active=True).distinct()
    to = f"They come to {successor} for now." if successor else "Nobody answers for them now."
    for one in heads:
        managed = sentence(f"{person} has left the service and managed: {names}")
        words = f"{managed} {to} Name their manager on each account."
        _tell(one, "A team has lost its manager", words, link=reverse("wagtailusers_users:index"), left=person)


def _tell(person: User, subject: str, words: str, *, link: str, left: User) -> None:
    letter = Letter(subject=subject, paragraphs=[words], link=link, link_title="See it")
    if person.is_active:
        tell(person, letter, kind=HAS_LEFT, about=left)
