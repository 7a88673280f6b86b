"""What somebody wrote about a child by mistake is taken out of everything that the hub keeps, not only what is shown.

Every text of every table is looked through: pages, their revisions and comments, the log, messages and letters,
bookings and what happened to them, answers, remarks, addresses, names of files, the index. What is left out is named,
with the reason.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from django.utils.text import slugify
from wagtail.signals import page_published

from assets.models import HubRendition
from language import phrases
from pages.models import HubPage
from pages.models.taking_out import TakingOut
from people.models import User
from people.refusals import NotPossible
from people.roles import Role
from practice import editions

audit = logging.getLogger("hub.audit")
SHORTEST, MOST = 2, 500
TEXTS = {"CharField", "TextField", "JSONField", "SlugField", "URLField"}
ADDRESSES = {"slug", "url_path", "old_path", "redirect_link", "redirect_page_route_path", "address"}
A_FILE = "FileField"
"""Of these the last part is looked through: how the file is called. Pictures are among them."""
SHORTER_THAN_A_NAME = 12
"""Columns that hold less are codes: a colour, a version, a state."""

NOT_LOOKED_THROUGH = {
    "account": "How colleagues sign in.",
    "auth": "Rights.",
    "contenttypes": "Names of tables.",
    "sessions": "Sealed, and gone within hours.",
    "people": "Who colleagues are, as they wish to be named.",
    "wagtailusers": "How colleagues set up the CMS.",
    "practice.Edition": "Numbers of changes.",
    "home.JobTurn": "Names of jobs.",
    "search.Glimpse": "Seals, which nobody can read back.",
    "search.EntryVector": "Numbers.",
    "wagtailsearch.SQLiteFTSIndexEntry": "Follows the table beside it by itself.",
    "wagtailcore.Locale": "Languages.",
    "wagtailcore.Site": "The hub's own address.",
    "wagtailcore.APIToken": "Keys.",
    "pages.TakingOut": "Written here, without the words.",
}
KEYS = {
    "path",
    "password",
    "uid",
    "token",
    "key",
    "code",
    "object_id",
    "to_object_id",
    "parent_object_id",
    "source_key",
}
KEYS |= {"file_hash", "read_hash", "text_hash", "fingerprint", "filter_spec", "focal_point_key", "encoder", "stamp"}
KEYS |= {"key_hash", "prefix", "hash", "model_path", "content_path", "action", "calendar_method", "kind"}
"""Columns that programs write: keys, hashes, names of fields."""


@dataclass(frozen=True)
class Place:
    """One text in which the phrase stands."""

    label: str
    field: str
    pk: object
    excerpt: str

    @property
    def key(self) -> str:
        return f"{self.label}:{self.field}:{self.pk}"

    @property
    def kind(self) -> str:
        """What it is, for a person: Remark: wrong."""
        model = apps.get_model(self.label)
        return f"{model._meta.verbose_name.capitalize()}: {model._meta.get_field(self.field).verbose_name}"


def may_take_out(person: User) -> bool:
    """Those who answer for what the hub holds of children: the principal social worker and administrators."""
    return person.acts_as(Role.PSW, Role.ADMINISTRATOR)


def columns() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column in which a person's words may stand."""
    for model in apps.get_models():
        if model._meta.proxy or {model._meta.label, model._meta.app_label} & set(NOT_LOOKED_THROUGH):
            continue
        for field in model._meta.local_fields:
            if is_looked_through(field):
                yield model, field


def is_looked_through(field: models.Field) -> bool:
    is_text = field.get_internal_type() in {*TEXTS, A_FILE} and not field.choices and field.name not in KEYS
    return is_text and (field.max_length is None or field.max_length >= SHORTER_THAN_A_NAME)


def find(phrase: str) -> list[Place]:
    """Every place in which the phrase stands, at most `MOST`."""
    found = []
    for model, field in columns():
        pattern, _ = _wanted(field, phrase)
        for pk, held in _holding(model, field, phrase):
            value = PurePosixPath(held).name if _is_a_file(field) else held
            if pattern and phrases.changed(value, pattern, "") != value:
                found.append(Place(model._meta.label, field.name, pk, phrases.excerpt(value, pattern)))
                if len(found) == MOST:
                    return found
    return found


def take_out(*, phrase: str, keys: Iterable[str], by: User, because: str, now: datetime) -> TakingOut:
    """Put neutral words in its place, in these places of what `find` finds; what was there is kept nowhere."""
    if not may_take_out(by):
        raise PermissionDenied
    if len(phrase.strip()) < SHORTEST:
        raise NotPossible(f"Write at least {SHORTEST} letters of what is to go.")
    if not because.strip():
        raise NotPossible("Say why, without the words themselves: that is kept.")
    if phrases.in_texts(phrase).search(because):
        raise NotPossible("The reason is kept, so it must not hold the words that are to go.")
    chosen, done, touched = set(keys), Counter(), {}
    with transaction.atomic():
        for place in find(phrase):
            if place.key in chosen:
                model = apps.get_model(place.label)
                _change(model, model._meta.get_field(place.field), place.pk, phrase)
                touched[HubPage if issubclass(model, HubPage) else model, place.pk] = None
                done[place.label] += 1
        kept = TakingOut.objects.create(by=by, at=now, because=because.strip()[:200], places=dict(done))
        editions.bump(editions.CONTENT)
        editions.bump(editions.VOCABULARY)
    for model, pk in touched:
        _tell_who_shows_it(model, pk)
    audit.info("take out id=%s by=%s places=%s", kept.pk, by.pk, kept.number)
    return kept


def _wanted(field: models.Field, phrase: str) -> tuple[re.Pattern | None, str]:
    """What to look for in this column, and what to put in its place."""
    if field.name in ADDRESSES:
        slug = slugify(phrase)
        return (phrases.in_addresses(slug) if slug else None), phrases.IN_ADDRESS
    if _is_a_file(field):
        return phrases.in_file_names(phrase, slugify(phrase)), phrases.IN_ADDRESS
    return phrases.in_texts(phrase), phrases.IN_TEXT


def _is_a_file(field: models.Field) -> bool:
    return field.get_internal_type() == A_FILE


def _holding(model, field: models.Field, phrase: str) -> Iterator[tuple]:
    """Rows that may hold it, found by its longest plain part: whole tables need not be read."""
    # As it is kept, since a stream read as a stream loses blocks that its page no longer has.
    rows = model._base_manager.annotate(its_words=Cast(field.name, models.TextField())).order_by("pk")
    parts = re.findall(r"[a-z0-9]{2,}", phrase.lower())
    if parts:
        rows = rows.filter(its_words__icontains=max(parts, key=len))
    for pk, value in rows.values_list("pk", "its_words").iterator(chunk_size=200):
        if value:
            yield pk, value


def _change(model, field: models.Field, pk, phrase: str) -> None:
    rows = model._base_manager.filter(pk=pk)
    if _is_a_file(field):
        return _rename(rows, field, *_wanted(field, phrase))
    value = rows.annotate(its_words=Cast(field.name, models.TextField())).values_list("its_words", flat=True).get()
    pattern, instead = _wanted(field, phrase)
    if field.unique:
        instead = f"{instead}-{pk}"
    new = phrases.changed(value, pattern, instead)
    # Content of a page holds its address as well.
    slug, is_json = slugify(phrase), field.get_internal_type() == "JSONField"
    if slug and is_json:
        new = phrases.changed(new, phrases.in_addresses(slug), phrases.IN_ADDRESS)
    given = models.Value(new if is_json else new[: field.max_length], output_field=models.TextField())
    rows.update(**{field.name: Cast(given, models.JSONField()) if is_json else given})


def _rename(rows: models.QuerySet, field: models.Field, pattern: re.Pattern, instead: str) -> None:
    """Keep the file under another name. What was under the old one goes when that has been written down."""
    if rows.model is HubRendition:
        # It is drawn anew when a page asks for it.
        return rows.get().delete()
    old = PurePosixPath(rows.values_list(field.name, flat=True).get())
    new, storage = str(old.with_name(pattern.sub(instead, old.name))), field.storage
    if storage.exists(str(old)):
        with storage.open(str(old)) as file:
            new = storage.save(new, file, max_length=field.max_length)
        transaction.on_commit(lambda: storage.delete(str(old)))
    rows.update(**{field.name: new})


def _tell_who_shows_it(model, pk) -> None:
    """Index and lists are written anew, as after any other change of the row."""
    row = model._base_manager.filter(pk=pk).first()
    if isinstance(row, HubPage):
        page = row.specific
        if page.live:
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)
    elif row is not None:
        post_save.send(sender=model, instance=row, created=False, raw=False, using=row._state.db, update_fields=None)
