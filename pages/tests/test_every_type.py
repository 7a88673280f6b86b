"""Wagtail's own assertions over every page type there is, so that a new one cannot be forgotten."""

import io

from django.core.management import call_command
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import get_page_models
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from champions.models import ChampionPage
from events.models import EventPage
from guidance.models import (
    CareerPage,
    DealPage,
    GuidePage,
    HandbookPage,
    PolicyPage,
    PracticeChangePage,
    ProgrammePage,
    ProjectPage,
    VacancyPage,
)
from pages.models import HubPage
from people.models import User
from research.models import ResearchPage
from stories.models import FilmPage, NewsPage, StoryPage
from tests.builders import PARAGRAPH, PASSWORD, make_text, make_tool


def make_one_of_each() -> None:
    """A page of every type that `setup_hub` leaves out, so far as its rooms are there."""
    make_tool()
    for page_type in (ResearchPage, ChampionPage, EventPage, StoryPage, NewsPage):
        make_text(page_type, page_type.__name__)
    make_text(FilmPage, "FilmPage", captions="In English", transcript=PARAGRAPH)
    for page_type in (
        PolicyPage,
        GuidePage,
        HandbookPage,
        ProgrammePage,
        DealPage,
        VacancyPage,
        CareerPage,
        PracticeChangePage,
        ProjectPage,
    ):
        make_text(page_type, page_type.__name__, publish=True)


class EveryPageType(WagtailPageTestCase):
    def test_a_page_of_every_type_is_reached_drawn_edited_and_previewed(self):
        call_command("setup_hub", stdout=io.StringIO())
        make_one_of_each()
        administrator = User.objects.create_superuser("admin@hub.example", PASSWORD)
        for page_type in get_page_models():
            if page_type is HubPage:
                continue
            with self.subTest(page_type.__name__):
                page = page_type.objects.first()
                assert page, f"setup_hub makes no {page_type.__name__}: make one here"
                self.assertPageIsRoutable(page)
                self.assertPageIsRenderable(page, user=administrator)
                form = self.form_of(page)
                self.assertPageIsEditable(page, post_data=form, user=administrator)
                for mode, _ in page.preview_modes:
                    self.assertPageIsPreviewable(page, mode=mode, post_data=form, user=administrator)

    def form_of(self, page) -> dict:
        """What the editor's form would send: its fields as drawn, and its StreamFields, which scripts draw, empty."""
        self.client.force_login(User.objects.get())
        response = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        form = querydict_from_html(response.content.decode(), form_id="page-edit-form")
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                form.update(nested_form_data({field.name: streamfield([])}))
        return form
