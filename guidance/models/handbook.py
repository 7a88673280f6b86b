from guidance.models.guide import GuidePage, ReadIn
from guidance.models.text import KEPT, GuidanceText, editor


class HandbookPage(GuidanceText):
    """A book of guides in order, with the path that somebody new takes through it. Its chapters are the pages below."""

    kind = "Handbook"
    template = "guidance/handbook_page.html"
    subpage_types = ["guidance.GuidePage"]
    required_to_publish = ("summary", *KEPT)
    reading_class = "guidance.reading.HandbookReading"
    edit_handler = editor("The handbook")

    class Meta:
        verbose_name = "handbook"

    def chapters(self):
        """Its chapters, whatever their state."""
        return GuidePage.objects.child_of(self)

    @staticmethod
    def times_to_read() -> list[tuple[str, str]]:
        """When somebody new reads, in order."""
        return ReadIn.choices
