"""Who may see a page: the one rule, and how each place asks it.

A `Reader` is all of a person that decides it, frozen for one request or one job. The rule is the same wherever it is
asked: of one page (`Reader.may_open`), of a query (`HubPageQuerySet.seen_by`), of a catalogue in memory
(`Reader.mask`), inside the one statement of a sign-up (`PLACE_SQL`), and of a picture or document
(`pages.visibility.files`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, PageViewRestriction


class Audience(models.TextChoices):
    """Who a page is for."""

    STAFF = "staff", "Council staff"
    PARTNER = "partner", "Staff and partner agencies"
    PUBLIC = "public", "May be public"


Sections = tuple[tuple[str, frozenset[str]], ...]
"""Path of a section that is for some groups only, and the names of these groups."""


@dataclass(frozen=True)
class Reader:
    """What of somebody decides which pages they may open, on one day.

    `sections` are those that are closed to anybody, for who has read them already; where they are `None`, a query
    finds them by itself.
    """

    signed_in: bool
    is_partner: bool
    sees_all: bool
    roles: frozenset[str]
    # `None` for who asks of pages that are known to be in use.
    today: date | None = None
    sections: Sections | None = None

    @property
    def closed(self) -> frozenset[str]:
        """The paths of the sections that are for groups to which this person does not belong."""
        if self.sees_all:
            return frozenset()
        sections = closed_sections() if self.sections is None else self.sections
        return frozenset(path for path, groups in sections if not groups & self.roles)

    def is_among(self, audience: str) -> bool:
        """Whether a page for this audience is for this person.

        For somebody who is not signed in that is half of it: the text must be approved too (`pages.public.approved`).
        """
        if not self.signed_in:
            return audience == Audience.PUBLIC
        return audience != Audience.STAFF or not self.is_partner

    def may_open(self, page) -> bool:
        """Whether this person may open a published page; it is asked of the columns of the base page alone."""
        return self.is_among(page.audience) and not page.path.startswith(tuple(self.closed))

    def mask(self, visible: int, *, staff_only: int, below: Callable[[str], int]) -> int:
        """What remains for this person of a set that is kept as bits; `below` gives what lies in a section."""
        if self.is_partner:
            visible &= ~staff_only
        for path in self.closed:
            visible &= ~below(path)
        return visible


def reader_of(user, *, today: date | None = None, sections: Sections | None = None) -> Reader:
    """This person as a reader."""
    signed_in = user.is_authenticated
    return Reader(
        signed_in=signed_in,
        is_partner=signed_in and user.is_partner,
        sees_all=signed_in and user.is_superuser,
        roles=user.roles if signed_in and not user.is_superuser else frozenset(),
        today=today,
        sections=sections,
    )


def anybody(*, partners: bool, today: date, sections: Sections) -> Reader:
    """Whoever reads a letter that went to many: nobody knows their groups, only whether partners are among them."""
    return Reader(
        signed_in=True, is_partner=partners, sees_all=False, roles=frozenset(), today=today, sections=sections
    )


def closed_sections() -> Sections:
    """Every section that is for some groups only: its path, and the names of the groups."""
    by_groups = PageViewRestriction.objects.exclude(restriction_type=BaseViewRestriction.LOGIN)
    for_whom: dict[tuple[int, str], set[str]] = {}
    for pk, path, group in by_groups.values_list("pk", "page__path", "groups__name"):
        for_whom.setdefault((pk, path), set()).add(group)
    return tuple((path, frozenset(groups)) for (_, path), groups in for_whom.items())


def behind_a_closed_door(reader: Reader, path: str, *, of=PageViewRestriction) -> Exists:
    """The same asked within a query: whether what lies at `path` is in a section that is closed to this person.

    `of` is the kind of door: of sections of pages, or of collections of files.
    """
    doors = of.objects.all()
    if reader.signed_in:
        doors = doors.exclude(restriction_type=BaseViewRestriction.LOGIN).exclude(groups__name__in=reader.roles)
    if reader.sees_all:
        doors = doors.none()
    at = "collection__path" if of is CollectionViewRestriction else "page__path"
    here = ExpressionWrapper(OuterRef(path), CharField())
    return Exists(doors.annotate(lies_at=here).filter(lies_at__startswith=F(at)))


# Written out, for the question that everybody asks at once at nine o'clock: putting it together in Python took half of
# the time of a sign-up. It takes the day. Nearly always there is no closed section, and then nothing more is asked.
PLACE_SQL = """
    SELECT page.path, page.audience, EXISTS (
               SELECT 1
                 FROM wagtailcore_pageviewrestriction restriction
                 JOIN pages_hubpage section ON section.id = restriction.page_id
                WHERE restriction.restriction_type <> 'login'
                  AND section.path = SUBSTR(page.path, 1, LENGTH(section.path))
           )
      FROM pages_hubpage page {join}
     WHERE page.live AND (page.withdrawn_on IS NULL OR page.withdrawn_on > %s) AND {where}
"""


def may_open_place(user, found: tuple[str, str, bool] | None) -> bool:
    """Whether this person may open the page of which `PLACE_SQL` found this row."""
    if found is None:
        return False
    path, audience, restricted = found
    reader = reader_of(user, sections=None if restricted else ())
    return reader.is_among(audience) and not (restricted and path.startswith(tuple(reader.closed)))
