"""Keeping the index true: verbs that write entries and take them away, each in one transaction with its change number.

An entry is written in the moment in which its source is published, renamed or withdrawn. What a crash left behind,
`mend` finds by comparing states.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from assets.models import HubDocument
from pages.lists.carried import carried_by
from pages.lists.listed import LISTED
from pages.models import HubPage
from pages.models.hub_page import PageTag
from practice.atlas import atlas_now
from practice.editions import next_number
from practice.models import Item, Term
from search import engines
from search.index import copying, entries
from search.index.entries import PRACTICE_RECORDS, Content
from search.models import Entry
from search.understanding.words import for_index

SEARCH = "search"
"""The edition of the index: the number of its last change."""
BATCH = 25
"""Entries in one transaction of a long piece of work, so that nobody who publishes waits for more than that."""
WITH_WHAT_THEY_CARRY = ("items", "terms", "standards", "tagged_items__tag")


def write(contents: Iterable[Content]) -> None:
    """Put these into the index, in place of what stood there for the same keys."""
    # Reading pages and finding stems takes most of the time, and is done before anybody has to wait for a lock.
    columns = {content.key: content.columns() for content in contents}
    if not columns:
        return
    fields = ["change", *next(iter(columns.values()))]
    with transaction.atomic():
        change = next_number(SEARCH)
        rows = [Entry(key=key, change=change, **values) for key, values in columns.items()]
        Entry.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=fields)
        engines.database().store(list(columns))
        copying.after_a_change()


@transaction.atomic
def remove(keys: Iterable[str]) -> None:
    """Take these out of the index; their rows stay, empty, so that every process and server hears of it."""
    found = Entry.objects.filter(key__in=list(keys), gone=False)
    if not found.exists():
        return
    texts = ("title", "address", "summary", "body", "also_typed", "stamp")
    words = ("title_words", "typed_words", "summary_words", "label_words", "body_words")
    keys = list(found.values_list("key", flat=True))
    found.update(gone=True, facts={}, change=next_number(SEARCH), **dict.fromkeys(texts + words, ""))
    engines.database().store(keys)
    copying.after_a_change()


def write_page(page: HubPage) -> None:
    """Put a page into the index as it is published, or take it out where it may not be found."""
    if entries.can_be_found(page):
        write([entries.of_page(page)])
    else:
        remove([entries.page_key(page.pk)])


def write_below(page: HubPage) -> None:
    """A page and all below it: they have moved, or their address has changed."""
    _write_pages(HubPage.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


def write_practice(*, items: Iterable[Item] = (), terms: Iterable[Term] = ()) -> None:
    """Practice items, and the terms of vocabularies that are listed, as far as a page shows them."""
    found = {entries.item_key(item.pk): entries.of_item(item) for item in items}
    found |= {entries.term_key(term): entries.of_term(term) for term in terms}
    write(content for content in found.values() if content)
    remove(key for key, content in found.items() if content is None)


def write_document(document: HubDocument) -> None:
    write([entries.of_document(document)])


def relabel(page_ids: Iterable[int]) -> None:
    """Something that these pages carry has another name: a tag, a practice item, a term."""
    page_ids, atlas = list(page_ids), atlas_now()
    for start in range(0, len(page_ids), BATCH):
        batch = page_ids[start : start + BATCH]
        carried, tags = carried_by(batch), defaultdict(list)
        for pk, name in PageTag.objects.filter(content_object_id__in=batch).values_list(
            "content_object_id", "tag__name"
        ):
            tags[pk].append(name)
        names = {
            entries.page_key(pk): entries.labels(
                items=[atlas.items[key] for key in sorted(carried[pk].items)],
                terms=[atlas.terms[key] for key in sorted(carried[pk].terms)],
                standards=[atlas.standards[key] for key in sorted(carried[pk].standards)],
                tags=tags[pk],
            )
            for pk in batch
        }
        with transaction.atomic():
            rows = list(Entry.objects.filter(key__in=names, gone=False).only("key"))
            change = next_number(SEARCH)
            for row in rows:
                row.label_words, row.change = for_index(names[row.key]), change
            Entry.objects.bulk_update(rows, ["label_words", "change"])
            engines.database().store([row.key for row in rows])
            copying.after_a_change()


STAMPED = ("last_published_at", "first_published_at", "alias_of", "url_path")


def rebuild(*, tell: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write everything anew, in batches; returns how many entries there are. `tell` hears how many are done."""
    pages = list(HubPage.objects.live().filter(depth__gt=2).values_list("pk", flat=True))
    keep = {entries.page_key(pk) for pk in pages}
    _write_pages(pages, tell)
    write_practice(items=Item.objects.all(), terms=Term.objects.filter(vocabulary__in=LISTED))
    for document in HubDocument.objects.iterator(chunk_size=BATCH):
        write_document(document)
        keep.add(entries.document_key(document.pk))
    of_tables = Entry.objects.filter(gone=False).values_list("key", flat=True)
    remove(key for key in of_tables if key not in keep and not key.startswith(PRACTICE_RECORDS))
    # What was published between being read and being written here has an older text now.
    mend()
    return Entry.objects.filter(gone=False).count()


def mend(*, now: datetime | None = None) -> int:
    """Write what is missing or older than its source and remove what is left over; returns how many were wrong."""
    stamps = dict(Entry.objects.filter(gone=False, key__startswith="page-").values_list("key", "stamp"))
    live = HubPage.objects.live().filter(depth__gt=2).only(*STAMPED)
    right = {entries.page_key(page.pk): entries.page_stamp(page) for page in live}
    wrong = [page_id(key) for key, stamp in right.items() if stamps.get(key) != stamp]
    _write_pages(wrong)
    left_over = [key for key in stamps if key not in right]
    remove(left_over)
    return len(wrong) + len(left_over) + _mend_what_has_no_page()


def _mend_what_has_no_page() -> int:
    """Practice items, terms and files that have no row at all: those of a hub that is older than the index."""
    there = set(Entry.objects.exclude(key__startswith="page-").values_list("key", flat=True))
    items = [item for item in Item.objects.all() if entries.item_key(item.pk) not in there]
    terms = Term.objects.filter(vocabulary__in=LISTED)
    terms = [term for term in terms if entries.term_key(term) not in there]
    documents = [pk for pk in HubDocument.objects.values_list("pk", flat=True) if entries.document_key(pk) not in there]
    write_practice(items=items, terms=terms)
    for pk in documents:
        write_document(HubDocument.objects.get(pk=pk))
    return len(items) + len(terms) + len(documents)


def page_id(key: str) -> int:
    return int(key.removeprefix("page-"))


def _write_pages(page_ids: Iterable[int], tell: Callable[[int, int], None] = lambda done, total: None) -> None:
    page_ids = list(page_ids)
    for start in range(0, len(page_ids), BATCH):
        batch = page_ids[start : start + BATCH]
        pages = HubPage.objects.filter(pk__in=batch).specific()
        found = list(pages.prefetch_related(*WITH_WHAT_THEY_CARRY, for_specific_subqueries=True))
        write(entries.of_page(page) for page in found if entries.can_be_found(page))
        remove(entries.page_key(page.pk) for page in found if not entries.can_be_found(page))
        tell(min(start + BATCH, len(page_ids)), len(page_ids))
