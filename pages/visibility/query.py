"""Which pages: the rules of who sees what, as query set methods."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from wagtail.query import PageQuerySet

from pages.visibility.readers import Audience, Reader, Sections, behind_a_closed_door, reader_of


class HubPageQuerySet(PageQuerySet):
    """Pages of every type, asked by what a reader may see and what the page is about."""

    def in_use(self, on: date):
        """Published and not withdrawn by that day."""
        return self.live().filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))

    def once(self):
        """Each page at its own place: where an editor also put it (Wagtail's alias) it is not a second page."""
        return self.filter(alias_of=None)

    def visible_to(self, user, *, sections: Sections | None = None):
        """Pages that this person may open; `sections` as of `Reader`."""
        return self.seen_by(reader_of(user, sections=sections))

    def seen_by(self, reader: Reader):
        """Pages that this reader may open: the audience fits, and no section above is closed to them.

        Written as exclusions of subtrees, since `.public()` would also hide a section from the people it is for.
        """
        if not reader.signed_in:
            return self.open_to_the_public()
        pages = self.exclude(audience=Audience.STAFF) if reader.is_partner else self
        if reader.sections is None:
            return pages if reader.sees_all else pages.exclude(behind_a_closed_door(reader, "path"))
        closed = Q()
        for path in reader.closed:
            closed |= Q(path__startswith=path)
        return pages.exclude(closed) if closed else pages

    def asking_to_be_public(self):
        """Pages whose editors chose everybody as their audience, approved or not."""
        return self.filter(audience=Audience.PUBLIC, alias_of=None)

    def approved_for_the_public(self):
        """Pages whose text, as it is published now, has been approved for the public."""
        approvals = self.model.public_approvals.rel.related_model.objects.filter(
            page=OuterRef("pk"), ended_at=None, revision=OuterRef("live_revision")
        )
        return self.asking_to_be_public().filter(Exists(approvals))

    def open_to_the_public(self):
        """Pages that somebody who is not signed in may read: approved, and in no section that is closed to anybody."""
        return self.live().approved_for_the_public().exclude(behind_a_closed_door(reader_of(AnonymousUser()), "path"))

    def aligned_to(self, item_ids):
        """Pages aligned to at least one of the practice items."""
        return self.filter(pk__in=self.model.items.through.objects.filter(item_id__in=item_ids).values("hubpage_id"))

    def described_by(self, term_ids):
        """Pages that carry at least one of the terms."""
        return self.filter(pk__in=self.model.terms.through.objects.filter(term_id__in=term_ids).values("hubpage_id"))
