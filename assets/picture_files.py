"""Pictures as Django hands them on, from a form or a program, made clean before they are kept."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from wagtail.images.fields import WagtailImageField

from assets.pictures import BadPicture, clean_picture


class CleanPictureFile(SimpleUploadedFile):
    """A picture that was drawn and written anew (`assets.pictures`); `ground` is what has to lie behind it."""

    ground = ""


def clean_picture_file(file) -> CleanPictureFile:
    """The picture in an open file, made clean; raises `BadPicture`."""
    file.seek(0)
    picture = clean_picture(file.read(), settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
    name = f"{PurePath(file.name).stem or 'picture'}.{picture.ending}"
    made = CleanPictureFile(name, picture.content, f"image/{picture.ending}")
    made.ground = picture.ground
    return made


class PictureField(WagtailImageField):
    """Wagtail's field for a picture, which draws it first: what no page could draw is refused here, in words."""

    def to_python(self, data):
        file = FileField.to_python(self, data)
        if file is None or isinstance(file, CleanPictureFile):
            return super().to_python(file)
        if file.size > self.max_upload_size:
            size = filesizeformat(file.size)
            raise ValidationError(
                f"This picture has {size}; the most is {self.max_upload_size_text}. Save it smaller.",
                code="file_too_large",
            )
        try:
            return super().to_python(clean_picture_file(file))
        except BadPicture as reason:
            raise ValidationError(str(reason), code="invalid_image") from reason
