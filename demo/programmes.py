"""Who is on the demo's programmes, and how far: somebody at the beginning, most on the way, one who has finished."""

from datetime import date, timedelta

from demo.planting import Tell
from guidance.models import ProgrammePage
from learning.models import Enrolment
from learning.programmes import join, tick
from people.models import User

ASYE, ESSENTIALS = "asye-pathway", "manager-essentials"
# E-mail to programme, days since joining, and how many of its steps are ticked.
CAST = [
    ("practitioner@hub.example", ASYE, 130, 3),
    ("practitioner2@hub.example", ASYE, 40, 1),
    ("manager@hub.example", ESSENTIALS, 15, 0),
]
CROWD = [0, 1, 2, 2, 3, 5, 7, 4]
"""So many steps has each of the invented colleagues ticked."""


def load(*, today: date, tell: Tell = lambda line: None) -> int:
    """Put people on programmes that have nobody yet; returns how many are on one."""
    programmes = {page.slug: page for page in ProgrammePage.objects.filter(slug__in=(ASYE, ESSENTIALS))}
    empty = {slug for slug, page in programmes.items() if not Enrolment.objects.filter(programme=page.pk).exists()}
    crowd = User.objects.filter(email__endswith="@colleagues.example").order_by("pk")[: len(CROWD)]
    rows = [(User.objects.get(email=email), *row) for email, *row in CAST]
    rows += [(person, ASYE, 60 + 30 * steps, steps) for person, steps in zip(crowd, CROWD, strict=False)]
    rows = [row for row in rows if row[1] in empty]
    for person, slug, days, steps in rows:
        _begin(person, programmes[slug], today - timedelta(days=days), steps)
    return len(rows)


def _begin(person: User, page: ProgrammePage, joined: date, steps: int) -> None:
    """As it would have been: joined on that day, and a step every few weeks. What an event says is not ticked."""
    enrolment = join(person=person, programme=page.hubpage_ptr, by=person, today=joined)
    for number, step in enumerate(page.steps()[:steps]):
        if not step.page_id:
            on = joined + timedelta(days=10 + 25 * number)
            tick(enrolment=enrolment, milestone=step.key, title=step.title, on=on, by=person, today=max(on, joined))
