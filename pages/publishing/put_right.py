"""Facts that the hub itself changes on a page: in what readers see, and in what an editor would publish next."""

from django.db.models import Q
from wagtail.models import Revision

from pages.models import HubPage


def put_right(page: HubPage, model: type[HubPage], **fields) -> None:
    """Write facts into a page and into its coming drafts, so that publishing one does not bring the old ones back."""
    model.objects.filter(pk=page.pk).update(**fields)
    plain = {name: getattr(value, "pk", value) for name, value in fields.items()}
    coming = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(coming, object_id=str(page.pk)):
        write_into(revision, plain)


def write_into(revision: Revision, fields: dict) -> None:
    """The same, of one draft: fields that it does not know are left alone."""
    content = {**revision.content, **{name: value for name, value in fields.items() if name in revision.content}}
    Revision.objects.filter(pk=revision.pk).update(content=content)
