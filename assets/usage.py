"""Where a picture is used: the published pages that hold it, with their owners at hand."""

from wagtail.models import ReferenceIndex


def pages_with(image) -> list:
    """The live pages that hold this image, by title. Asks Wagtail's index of references, whatever the page's type."""
    keys: dict = {}
    for row in ReferenceIndex.get_references_to(image).select_related("base_content_type"):
        keys.setdefault(row.base_content_type.model_class(), set()).add(row.object_id)
    found = []
    for model, ids in keys.items():
        if model is not None and hasattr(model, "steward"):
            found += model.objects.live().filter(pk__in=ids).select_related("steward", "deputy")
    return sorted({page.pk: page for page in found}.values(), key=lambda page: page.title)
