"""Which pages: the rules of who sees what, as query set methods."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

Sections = tuple[tuple[str, frozenset[str]], ...]
"""Path of a section that is for some groups only, and the names of these groups."""


class HubPageQuerySet(PageQuerySet):
    """Pages of every type, asked by what a reader may see and what the page is about."""

    def in_use(self, on: date):
        """Published and not withdrawn by that day."""
        return self.live().filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))

    def visible_to(self, user, *, sections: Sections | None = None):
        """Pages that this person may open: the audience fits, and no section above is closed to them.

        Written as exclusions of subtrees, since `.public()` would also hide a section from the people it is for.
        `sections` are those that are closed to anybody, for who has read them already: it saves the asking.
        """
        if not user.is_authenticated:
            return self.open_to_the_public()
        pages = self
        if user.is_partner:
            pages = pages.exclude(audience=self.model.Audience.STAFF)
        closed = Q()
        for path in closed_to(user, sections):
            closed |= Q(path__startswith=path)
        return pages.exclude(closed) if closed else pages

    def in_open_sections(self):
        """Pages that lie in no section that is closed to anybody; asked within the query, without one of its own."""
        closed = PageViewRestriction.objects.annotate(lies_at=ExpressionWrapper(OuterRef("path"), CharField()))
        return self.filter(~Exists(closed.filter(lies_at__startswith=F("page__path"))))

    def asking_to_be_public(self):
        """Pages whose editors chose everybody as their audience, approved or not."""
        return self.filter(audience=self.model.Audience.PUBLIC, alias_of=None)

    def approved_for_the_public(self):
        """Pages whose text, as it is published now, has been approved for the public."""
        approvals = self.model.public_approvals.rel.related_model.objects.filter(
            page=OuterRef("pk"), ended_at=None, revision=OuterRef("live_revision")
        )
        return self.asking_to_be_public().filter(Exists(approvals))

    def open_to_the_public(self):
        """Pages that somebody who is not signed in may read: approved, and in no section that is closed to anybody."""
        pages = self.live().approved_for_the_public()
        closed = Q()
        for path in PageViewRestriction.objects.values_list("page__path", flat=True):
            closed |= Q(path__startswith=path)
        return pages.exclude(closed) if closed else pages

    def aligned_to(self, item_ids):
        """Pages aligned to at least one of the practice items."""
        return self.filter(pk__in=self.model.items.through.objects.filter(item_id__in=item_ids).values("hubpage_id"))

    def described_by(self, term_ids):
        """Pages that carry at least one of the terms."""
        return self.filter(pk__in=self.model.terms.through.objects.filter(term_id__in=term_ids).values("hubpage_id"))


def closed_sections() -> Sections:
    """Every section that is for some groups only: its path, and the names of the groups."""
    by_groups = PageViewRestriction.objects.filter(restriction_type=PageViewRestriction.GROUPS)
    for_whom: dict[tuple[int, str], set[str]] = {}
    for pk, path, group in by_groups.values_list("pk", "page__path", "groups__name"):
        for_whom.setdefault((pk, path), set()).add(group)
    return tuple((path, frozenset(groups)) for (_, path), groups in for_whom.items())


def closed_to(user, sections: Sections | None = None) -> set[str]:
    """The paths of the sections that are for groups to which this person does not belong."""
    if user.is_superuser:
        return set()
    sections = closed_sections() if sections is None else sections
    return {path for path, groups in sections if not groups & user.roles}
