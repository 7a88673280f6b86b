"""When the index is written: after a page, a name or a file has changed, in the same moment."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from modelsearch.tasks import insert_or_update_object_task
from taggit.models import Tag, TaggedItem
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from assets.models import HubDocument
from pages.lists.listed import LISTED
from pages.models import HubPage, PracticeIndexPage, PracticeModelPage
from pages.models.hub_page import PageTag
from practice import editions
from practice.models import Item, Standard, Term
from search.index import entries, indexing
from search.models import Pin, Synonym, SynonymGroup
from search.understanding.synonyms import SYNONYMS


def connect() -> None:
    """Called once, when the hub starts."""
    page_published.connect(published, dispatch_uid="search-published")
    page_unpublished.connect(unpublished, dispatch_uid="search-unpublished")
    post_page_move.connect(moved, dispatch_uid="search-moved")
    page_slug_changed.connect(moved, dispatch_uid="search-slug")
    post_save.connect(made, dispatch_uid="search-made")
    post_delete.connect(deleted, dispatch_uid="search-deleted")
    post_save.connect(renamed, dispatch_uid="search-renamed")
    post_save.connect(synonyms_changed, dispatch_uid="search-synonyms")
    post_delete.connect(synonyms_changed, dispatch_uid="search-less-synonyms")
    post_save.connect(document_saved, sender=HubDocument, dispatch_uid="search-document")
    # A file's tags are stored after the file.
    m2m_changed.connect(document_tagged, dispatch_uid="search-document-tags")


def published(sender, instance, **kwargs):
    indexing.write_page(instance)
    # Wagtail's own index, of the admin and its choosers, was written before the page's tags and items were.
    insert_or_update_object_task.enqueue(instance._meta.app_label, instance._meta.model_name, str(instance.pk))
    _what_it_shows(instance)


def unpublished(sender, instance, **kwargs):
    indexing.remove([entries.page_key(instance.pk)])
    _what_it_shows(instance)


def moved(sender, instance, **kwargs):
    indexing.write_below(instance)
    _what_it_shows(instance)


def made(sender, instance, created, raw=False, **kwargs):
    """A page that is live from its first moment, such as an alias, is not published."""
    if created and not raw and issubclass(sender, HubPage) and instance.live:
        indexing.write_page(instance)


def deleted(sender, instance, **kwargs):
    if issubclass(sender, HubPage):
        indexing.remove([entries.page_key(instance.pk)])
    elif sender is HubDocument:
        indexing.remove([entries.document_key(instance.pk)])
    elif sender is Item:
        indexing.remove([entries.item_key(instance.pk)])
    elif issubclass(sender, Term):
        indexing.remove([entries.term_key(instance)])
    elif sender is PageTag:
        indexing.relabel([instance.content_object_id])
    elif sender is TaggedItem and isinstance(instance.content_object, HubDocument):
        indexing.write_document(instance.content_object)


def renamed(sender, instance, created, raw=False, **kwargs):
    """What pages carry has a new name: they are found by it at once."""
    if raw:
        return
    if sender is Item:
        indexing.write_practice(items=[instance])
        _relabel(created, HubPage.items.through.objects.filter(item=instance))
    elif issubclass(sender, Term):
        if instance.vocabulary in LISTED:
            indexing.write_practice(terms=[instance])
        _relabel(created, HubPage.terms.through.objects.filter(term_id=instance.pk))
    elif sender is Standard:
        _relabel(created, HubPage.standards.through.objects.filter(standard=instance))
    elif sender is Tag and not created:
        indexing.relabel(HubPage.objects.filter(tagged_items__tag=instance).values_list("pk", flat=True))
        for document in HubDocument.objects.filter(tags=instance):
            indexing.write_document(document)


def document_saved(instance, raw=False, **kwargs):
    if not raw:
        indexing.write_document(instance)


def document_tagged(instance, action, **kwargs):
    if isinstance(instance, HubDocument) and action.startswith("post_"):
        indexing.write_document(instance)


def synonyms_changed(sender, **kwargs):
    if sender in {SynonymGroup, Synonym, Pin}:
        editions.bump(SYNONYMS)


def _relabel(created: bool, carried) -> None:
    if not created:
        indexing.relabel(carried.values_list("hubpage_id", flat=True))


def _what_it_shows(page) -> None:
    """Practice items and terms are found where the page that shows them is."""
    if isinstance(page, PracticeModelPage):
        indexing.write_practice(items=Item.objects.filter(family__model_id=page.model_id))
    elif isinstance(page, PracticeIndexPage):
        indexing.write_practice(items=Item.objects.all(), terms=Term.objects.filter(vocabulary__in=LISTED))
