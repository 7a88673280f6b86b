"""Pictures and files of which an editor chose many at once, and that still wait for what has to be said of each.

Wagtail keeps them as they were sent. Here they are made clean before they are kept, as every file is at the door, and
what nobody came back for is forgotten.
"""

from datetime import datetime, timedelta
from pathlib import PurePath

from wagtail.models import UploadedFile

from assets.document_files import clean_document_file
from assets.models import HubImage
from assets.picture_files import clean_picture_file

KEPT = timedelta(days=7)


def make_clean(instance, **kwargs) -> None:
    """Raises `BadPicture` or `NotReadable` for what the form at the door would refuse."""
    if instance.file and not instance.file._committed:
        if instance.for_content_type.model_class() is HubImage:
            instance.file = clean_picture_file(instance.file)
        else:
            kind = PurePath(instance.file.name).suffix.lstrip(".").lower()
            instance.file = clean_document_file(instance.file.file, kind)


def forget(*, now: datetime) -> None:
    """Delete what waited a week, the file as well: nobody sees it anywhere and nobody finishes it any more."""
    for upload in UploadedFile.objects.all():
        # Wagtail notes no moment of its own for these.
        file, storage = upload.file.name, upload.file.storage
        if not storage.exists(file) or storage.get_modified_time(file) < now - KEPT:
            upload.delete()
            storage.delete(file)
