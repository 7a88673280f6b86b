"""Putting tags right: a word that was misspelt, two words for one thing, a word that nobody needs.

Tags are the everyday words that editors put on pages, pictures and files. What is done here holds at once wherever the
tag stands, in drafts too: a draft that is published later brings back no tag that was taken away.
"""

from django.db import transaction
from django.db.models import ForeignKey
from taggit.models import Tag
from wagtail.log_actions import log
from wagtail.models import Revision

from pages.models import HubPage
from pages.models.hub_page import PageTag
from people.models import User
from practice import editions


@transaction.atomic
def rename(*, tag: Tag, name: str, by: User) -> Tag:
    """Give the tag this name; where another has it already, the two become one. Returns the tag that stays."""
    same = Tag.objects.filter(name__iexact=name).exclude(pk=tag.pk).first()
    if same:
        return merge(tag=tag, into=same, by=by)
    was, tag.name = tag.name, name
    tag.slug = Tag().slugify(name)
    if not tag.slug or Tag.objects.filter(slug=tag.slug).exclude(pk=tag.pk).exists():
        tag.slug = f"{tag.slug or 'tag'}-{tag.pk}"[:100]
    # Search hears of it by this: all that carries the tag is found by its new name.
    tag.save()
    log(instance=tag, action="wagtail.edit", user=by, data={"was": was, "now": name})
    editions.bump(editions.CONTENT)
    return tag


@transaction.atomic
def merge(*, tag: Tag, into: Tag, by: User) -> Tag:
    """Let everything that carries one tag carry the other instead, once, and delete the first."""
    if tag.pk == into.pk:
        return into
    for relation in _ties():
        for tie in relation.model._base_manager.filter(**{relation.name: tag}):
            others = {name: getattr(tie, name) for name in _what_is_tagged(relation)}
            if relation.model._base_manager.filter(**{relation.name: into}, **others).exists():
                continue
            setattr(tie, relation.name, into)
            tie.save()
    _put_in_drafts(tag, into)
    log(instance=into, action="wagtail.edit", user=by, data={"took in": tag.name})
    tag.delete()
    into.save()
    editions.bump(editions.CONTENT)
    return into


@transaction.atomic
def delete(*, tag: Tag, by: User) -> None:
    """Take the tag from everything that carries it."""
    _put_in_drafts(tag, None)
    log(instance=tag, action="wagtail.delete", user=by, deleted=True)
    tag.delete()
    editions.bump(editions.CONTENT)


def carried_by(tag: Tag) -> dict[str, int]:
    """On how many pages, and on how many pictures and files, the tag stands."""
    counts = {
        relation.model: relation.model._base_manager.filter(**{relation.name: tag}).count() for relation in _ties()
    }
    pages = counts.pop(PageTag, 0)
    return {"pages": pages, "files": sum(counts.values())}


def _ties() -> list[ForeignKey]:
    """Every relation by which something carries a tag."""
    return [
        relation.field
        for relation in Tag._meta.get_fields()
        if relation.one_to_many and relation.auto_created and isinstance(relation.field, ForeignKey)
    ]


def _what_is_tagged(relation: ForeignKey) -> list[str]:
    """The columns that say what a row ties the tag to."""
    fields = relation.model._meta.concrete_fields
    return [field.attname for field in fields if not field.primary_key and field is not relation]


def _put_in_drafts(tag: Tag, into: Tag | None) -> None:
    """In the drafts that may still be published the other tag stands, or none."""
    pages = HubPage.objects.exclude(latest_revision=None).filter(has_unpublished_changes=True)
    waiting = Revision.page_revisions.filter(pk__in=pages.values("latest_revision"))
    for revision in waiting | Revision.page_revisions.exclude(approved_go_live_at=None):
        rows = revision.content.get("tagged_items", [])
        if not any(row.get("tag") == tag.pk for row in rows):
            continue
        kept = {row["tag"]: row for row in rows if row.get("tag") != tag.pk}
        if into:
            kept.setdefault(into.pk, next(row for row in rows if row.get("tag") == tag.pk) | {"tag": into.pk})
        revision.content["tagged_items"] = list(kept.values())
        revision.save(update_fields=["content"])
