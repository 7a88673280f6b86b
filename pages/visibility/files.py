"""Who may read a page may read its files, and nobody else.

A picture or document is open to whoever may open one of the published pages that use it, as long as its collection is
not closed to them. One that stands on no such page does not exist for a reader; in the CMS it is there for those who
look after files. Asked in one statement, whatever the file.
"""

from datetime import date
from functools import cache

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import CollectionViewRestriction, GroupCollectionPermission, ReferenceIndex

from assets.models import HubDocument, HubImage, HubRendition
from pages.models import BrandSettings, HubPage, PublicFile
from pages.visibility.readers import Reader, behind_a_closed_door, reader_of
from people.models import User

IN_THE_CMS = Q(permission__codename__startswith="change_") | Q(permission__codename__startswith="choose_")


def note_what_it_uses(page: HubPage) -> None:
    """Bring Wagtail's index of references to what the page says now.

    Wagtail writes it before the rows inside a page are stored, so that a download which was taken off the page would
    stay open until the page after next was published.
    """
    ReferenceIndex.create_or_update_for_object(page)


def on_pages_of(reader: Reader, files: QuerySet, *, at: str = "") -> QuerySet:
    """Those of the files that stand on a page which this reader may open. What search and lists ask.

    `at` leads from a row of `files` to the picture or document, where they are not these themselves.
    """
    open_doors = ~behind_a_closed_door(reader, f"{at}collection__path", of=CollectionViewRestriction)
    return files.filter(_stands_for(reader, files, at), open_doors)


def _kept_for(reader: Reader, files: QuerySet, at: str) -> Q:
    """What stands in a text that a page keeps beside its own, such as another version. Lists do not lead to it."""
    kept = Q(pk=None)
    # For others only the text that was approved is there, not one that was before it or is to come.
    for model in _keeping_texts() if reader.signed_in else ():
        texts = model.objects.filter(page__in=HubPage.objects.in_use(reader.today).seen_by(reader))
        kept |= Q(Exists(_uses(files, at, by=model).filter(_rows(texts))))
    return kept


@cache
def _keeping_texts() -> tuple:
    """Models whose rows say of themselves that they keep another text of a page."""
    return tuple(model for model in apps.get_models() if getattr(model, "keeps_text_of_page", False))


def _stands_for(reader: Reader, files: QuerySet, at: str) -> Exists:
    if not reader.signed_in:
        return _is_approved(reader, _model_of(files, at), at)
    pages = HubPage.objects.in_use(reader.today).seen_by(reader)
    return Exists(_uses(files, at, by=HubPage).exclude(_behind_doors_of_their_own()).filter(_rows(pages)))


def _uses(files: QuerySet, at: str, *, by) -> QuerySet:
    """Where rows of that model use a file, in Wagtail's index."""
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(_model_of(files, at)),
        to_object_id=Cast(OuterRef(f"{at}pk"), CharField()),
        base_content_type=ContentType.objects.get_for_model(by),
    )


def _rows(found: QuerySet) -> Exists:
    """Whether a use is by one of these rows."""
    return Exists(found.filter(pk=Cast(OuterRef("object_id"), BigIntegerField())))


def _model_of(files: QuerySet, at: str):
    return files.model._meta.get_field(at.strip("_")).related_model if at else files.model


def _behind_doors_of_their_own() -> Q:
    """Uses that open nothing here, since the page has an address of its own for them with further questions."""
    apart = Q(pk=None)
    for model in HubPage.__subclasses__():
        if model.served_apart:
            apart |= Q(content_type=ContentType.objects.get_for_model(model), model_path__in=model.served_apart)
    return apart


def _is_approved(reader: Reader, model, at: str) -> Exists:
    """What stands in a text that was approved for everybody: the file that was seen, not another put in its place."""
    kind = "image" if model is HubImage else "document"
    approved = HubPage.objects.in_use(reader.today).open_to_the_public()
    return Exists(
        PublicFile.objects.filter(
            **{kind: OuterRef(f"{at}pk"), f"{kind}__file_hash": F("file_hash")},
            approval__ended_at=None,
            approval__page__in=approved,
        )
    )


def served_to(user: User | AnonymousUser, files: QuerySet, *, today: date, at: str = "") -> QuerySet:
    """Those of the files that this person may fetch: as a reader, or as somebody who looks after files in the CMS."""
    reader = reader_of(user, today=today)
    may = _stands_for(reader, files, at) | _kept_for(reader, files, at)
    if at:
        # The council's logo stands on the sign-in page.
        may |= Exists(BrandSettings.objects.filter(logo=OuterRef(f"{at}pk")))
    if reader.sees_all:
        return files
    if reader.signed_in:
        may |= _looks_after(user, at)
    return files.filter(may, ~behind_a_closed_door(reader, f"{at}collection__path", of=CollectionViewRestriction))


def _looks_after(user: User, at: str) -> Q:
    """Whether they may choose or change it in the CMS, or have put it there; whoever has left the CMS may not."""
    works_there = Permission.objects.filter(
        group__user=user, content_type__app_label="wagtailadmin", codename="access_admin"
    )
    here = ExpressionWrapper(OuterRef(f"{at}collection__path"), CharField())
    given = GroupCollectionPermission.objects.filter(IN_THE_CMS, group__user=user).annotate(lies_at=here)
    chosen_from = Exists(given.filter(lies_at__startswith=F("collection__path")))
    return Exists(works_there) & (chosen_from | Q(**{f"{at}uploaded_by_user": user}))


def picture_for(user, path: str, *, today: date) -> HubRendition | None:
    """The size of a picture at this address, if this person may fetch it."""
    found = HubRendition.objects.filter(file=path).select_related("image")
    return served_to(user, found, today=today, at="image__").first()


def document_for(user, *, today: date, **by) -> HubDocument | None:
    """The document of this key or number, if this person may fetch it."""
    return served_to(user, HubDocument.objects.filter(**by), today=today).first()
