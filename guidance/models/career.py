"""A page about working here: a route in, a step up, a scheme. What is open now stands on it by itself."""

from guidance.models.text import GuidanceText, editor


class CareerPage(GuidanceText):
    """How people come to work here and go on. A scheme that has closed is archived: found, and marked as such."""

    kind = "Career page"
    can_be_public = True
    template = "guidance/career_page.html"
    reading_class = "guidance.career_reading.CareerReading"
    edit_handler = editor("The career page")

    class Meta:
        verbose_name = "career page"
