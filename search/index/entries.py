"""What the index says of each thing that can be found: pages, practice items, methods, quality themes, documents."""

from dataclasses import dataclass, field
from datetime import timedelta

from wagtail.fields import StreamField
from wagtail.search.index import SearchField

from assets.models import HubDocument
from pages.lists.cards import item_address
from pages.lists.listed import LISTED, term_address
from pages.models import HubPage, PracticeIndexPage, PracticeModelPage
from practice.models import Item, Term
from search.models import EntryKind
from search.understanding.words import for_index

ONE_DAY = timedelta(days=1)
LONGEST_BODY = 100_000
HEAD = {"title", "summary", "also_typed", "slug"}
"""Searchable fields of a page that the index holds apart; every other one is its body."""


@dataclass(frozen=True)
class Content:
    """One thing as the index is to hold it. `labels` are the names of what it carries: items, terms, tags."""

    key: str
    title: str
    address: str
    kind: str = ""
    summary: str = ""
    body: str = ""
    also_typed: str = ""
    labels: str = ""
    facts: dict = field(default_factory=dict)
    stamp: str = ""

    def columns(self) -> dict:
        """The columns of its `Entry`, but for its key and change."""
        return {
            "kind": self.kind,
            "title": self.title[:255],
            "address": self.address[:500],
            "summary": self.summary[:400],
            "body": self.body,
            "also_typed": self.also_typed,
            "facts": self.facts,
            "stamp": self.stamp,
            "gone": False,
            "title_words": for_index(self.title),
            "typed_words": for_index(self.also_typed),
            "summary_words": for_index(self.summary),
            "label_words": for_index(self.labels),
            "body_words": for_index(self.body),
        }


def page_key(pk: int) -> str:
    return f"page-{pk}"


PRACTICE_RECORDS = ("item-", *(f"{vocabulary}-" for vocabulary in LISTED))
"""How the keys begin of what is found by its name without a page of its own."""


def item_key(pk: int) -> str:
    return f"item-{pk}"


def term_key(term: Term) -> str:
    return f"{term.vocabulary}-{term.pk}"


DOCUMENTS = "document-"
"""How the keys of files begin. Which of them a reader may find is asked of the pages that they stand on."""


def document_key(pk: int) -> str:
    return f"{DOCUMENTS}{pk}"


def can_be_found(page: HubPage) -> bool:
    """Published, and neither the root of the tree nor the home page.

    A page that an editor put in a second place stands here twice: each place has its own privacy, and a reader is shown
    one of them (`search.index.visibility`).
    """
    return page.live and page.depth > 2


def page_stamp(page: HubPage) -> str:
    """Changes with every publish and every move, and when a second place becomes a page of its own."""
    published = page.last_published_at or page.first_published_at
    second = f" of {page.alias_of_id}" if page.alias_of_id else ""
    return f"{published.isoformat() if published else ''}{second} {page.url_path}"[:64]


def of_page(page: HubPage) -> Content:
    """A page of any type, as published."""
    page = page.specific
    tags = [row.tag.name for row in page.tagged_items.all()]
    items, terms = list(page.items.all()), list(page.terms.all())
    return Content(
        key=page_key(page.pk),
        kind=page.kind_slug,
        title=page.title,
        address=page.address,
        summary=page.summary,
        body=_body(page),
        also_typed=page.also_typed,
        labels=labels(items=items, terms=terms, standards=page.standards.all(), tags=tags),
        stamp=page_stamp(page),
        facts={
            "page": page.pk,
            "alias_of": page.alias_of_id,
            "path": page.path,
            "age": [page.age_min, page.age_max],
            "adults": page.for_adults,
            "minutes": page.minutes_min,
            "items": [item.pk for item in items],
            "terms": [term.pk for term in terms],
            "own": {facet: sorted(values) for facet, values in page.own_facets().items()},
            "audience": page.audience,
            "review": _day(page.next_review),
            "until": _day(page.withdrawn_on),
            "new": page.first_published_at.timestamp() if page.first_published_at else 0,
        },
    )


def of_item(item: Item) -> Content | None:
    """A practice item; `None` where its model has no page that shows it."""
    page = PracticeModelPage.objects.live().filter(model__families=item.family_id).select_related("model").first()
    if page is None:
        return None
    return Content(
        key=item_key(item.pk),
        kind=EntryKind.MODEL,
        title=str(item),
        address=item_address(page.model, item),
        summary=item.gloss[:1].upper() + item.gloss[1:],
        body=item.description,
        facts={
            **_as_below(page),
            "items": [item.pk],
            "until": _day(item.valid_to and item.valid_to + ONE_DAY),
            "from": _day(item.valid_from),
        },
        stamp=page_stamp(page),
    )


def of_term(term: Term) -> Content | None:
    """A term that has a page, such as a method; `None` where there is no practice section to show it in."""
    page = PracticeIndexPage.objects.live().first()
    if page is None:
        return None
    return Content(
        key=term_key(term),
        kind=EntryKind.MODEL,
        title=term.label,
        address=term_address(page.address, term),
        summary=term.gloss,
        body=term.description,
        facts={**_as_below(page), "terms": [term.pk]},
        stamp=page_stamp(page),
    )


def of_document(document: HubDocument) -> Content:
    """A file, by its title, its tags and the words inside it where those could be read."""
    tags = list(document.tags.values_list("name", flat=True))
    return Content(
        key=document_key(document.pk),
        kind=EntryKind.DOCUMENT,
        title=document.title,
        address=document.url,
        body=document.extracted_text[:LONGEST_BODY],
        labels=labels(tags=tags),
        facts={
            "new": document.created_at.timestamp(),
        },
        stamp=f"{document.title} {document.file_hash}"[:64],
    )


def labels(*, items=(), terms=(), standards=(), tags=()) -> str:
    """The names of what something carries, by which it is found as well."""
    names = [*map(str, items), *map(str, terms), *(f"{row.code} {row.label}" for row in standards), *tags]
    return "\n".join(names)


def _as_below(page: HubPage) -> dict:
    """What holds for something that is shown by a page holds for that page."""
    return {"path": page.path, "audience": page.audience, "new": 0}


def _day(day) -> str | None:
    return day.isoformat() if day else None


def _body(page: HubPage) -> str:
    """The page's words as plain text: every searchable field that is not held apart."""
    texts: list[str] = []
    for search_field in page.get_search_fields():
        if not isinstance(search_field, SearchField) or search_field.field_name in HEAD:
            continue
        value = getattr(page, search_field.field_name, None)
        if isinstance(value, str):
            texts.append(value)
        elif value is not None and isinstance(stream := page._meta.get_field(search_field.field_name), StreamField):
            texts += stream.get_searchable_content(value)
    return "\n".join(" ".join(text.split()) for text in texts if text)[:LONGEST_BODY]
