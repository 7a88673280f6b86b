"""Stories that wait for a second person."""

from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from people.models import User
from stories import clearing
from stories.models import StoryPage
from stories.models.consent import StoryConsent, StoryReopening


def to_reopen(person: User, on: date) -> QuerySet:
    """Closed stories that are drafted as a colleague's, and that this second person may open."""
    stories = StoryPage.objects.filter(live=False)
    agreed = StoryConsent.objects.filter(page__origin=OuterRef("origin")).order_by("-recorded_at", "-pk")
    holding = StoryConsent.objects.filter(page=OuterRef("pk"), ended_at=None, ends_on__gte=on)
    closed = stories.filter(Exists(agreed), ~Exists(holding), latest_revision__content__voice=clearing.COLLEAGUE)
    ended_by, ended_at = (Subquery(agreed.values(name)[:1]) for name in ("ended_by", "ended_at"))
    closed = closed.annotate(ended_by=ended_by, closed_at=ended_at)
    written = Revision.page_revisions.filter(user=person, object_id=Cast(OuterRef("pk"), CharField()))
    since = Q(closed_at=None) & Exists(written) | Exists(written.filter(created_at__gte=OuterRef("closed_at")))
    opened = Exists(StoryReopening.objects.filter(page=OuterRef("pk"), undone_at=None))
    return closed.filter(Q(ended_by=None) | ~Q(ended_by=person.pk)).exclude(since).exclude(opened)
