"""What an editor's form asks for: a draft may be saved with little, a live page needs what readers rely on."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield

from practice.models import Item, Term
from tests.builders import day_from_now, make_person, make_tool
from toolkits.models import ToolkitIndexPage, ToolPage

pytestmark = pytest.mark.django_db

SECTIONS = ("say", "do", "if_worried")


@pytest.fixture
def tool(hub):
    paragraph = [{"type": "paragraph", "value": "<p>Text</p>"}]
    return make_tool(
        "Paper boats",
        evidence_basis="practice-wisdom",
        steward=make_person("maya"),
        deputy=make_person("ian"),
        source_statement="Ours",
        licence_statement="Free to use",
        **dict.fromkeys(SECTIONS, paragraph),
    )


@pytest.fixture
def edit(editor, signed_in, tool):
    """Sends the editor's form as the browser would, with some fields changed; `None` leaves a field out."""
    client, address = signed_in(editor), reverse("wagtailadmin_pages:edit", args=[tool.pk])

    def edit(*, publish=True, **changed):
        drawn = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
        form = {name: values if len(values) > 1 else values[0] for name, values in drawn.lists()}
        for field in ToolPage._meta.get_fields():
            if isinstance(field, StreamField):
                blocks = [("paragraph", rich_text("<p>Text</p>"))] if field.name in SECTIONS else []
                blocks = changed.pop(field.name, blocks)
                form |= nested_form_data({field.name: streamfield(blocks)})
        form |= changed
        if publish:
            form["action-publish"] = "1"
        return client.post(address, {name: value for name, value in form.items() if value is not None})

    return edit


def test_a_tool_that_has_everything_is_published(edit, tool):
    assert edit(title="Paper ships").status_code == 302
    assert ToolPage.objects.get().title == "Paper ships"


def test_a_tool_without_what_readers_rely_on_is_not_published_and_each_field_is_named(edit):
    empty = dict.fromkeys(
        "summary evidence_basis steward deputy reviewed_on next_review source_statement licence_statement".split(), ""
    )
    unticked = dict.fromkeys(("terms_with", "terms_materials", "items"))
    sections = {name: [] for name in SECTIONS}
    response = edit(title="", also_typed="kept", **empty, **unticked, **sections)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"title", *empty, *unticked, *sections}
    assert response.context["form"]["also_typed"].value() == "kept"  # what was typed is still there
    assert ToolPage.objects.get().title == "Paper boats"


@pytest.mark.parametrize("missing", [{"summary": ""}, {"items": None}, {"if_worried": []}], ids=str)
def test_one_thing_missing_is_enough_to_be_told(edit, missing):
    response = edit(**missing)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(missing)


def test_a_draft_with_a_title_only_may_be_saved_and_readers_see_no_change(edit, practitioner, signed_in, tool):
    empty = {name: [] for name in SECTIONS}
    response = edit(
        publish=False, title="Half an idea", summary="", steward="", deputy="", terms_with=None, items=None, **empty
    )
    assert response.status_code == 302
    assert ToolPage.objects.get().get_latest_revision_as_object().title == "Half an idea"
    page = signed_in(practitioner).get(tool.address).content.decode()
    assert "Paper boats" in page
    assert "Half an idea" not in page


def test_a_change_in_one_list_of_words_leaves_the_others_alone(edit, tool):
    school = Term.objects.get(vocabulary="setting", slug="school")
    assert edit(terms_setting=[school.pk]).status_code == 302
    found = {(term.vocabulary, term.slug) for term in ToolPage.objects.get().terms.all()}
    assert found == {("with", "child"), ("materials", "none"), ("setting", "school")}


def test_words_of_one_list_are_not_accepted_in_another(edit):
    need = Term.objects.get(vocabulary="need", slug="safety")
    response = edit(terms_with=[need.pk])
    assert response.status_code == 200
    assert "terms_with" in response.context["form"].errors


@pytest.mark.parametrize("bad", ["\x00", "x" * 10_000, "-3", "0.5", "😀", "9" * 20], ids=lambda bad: ascii(bad[:12]))
def test_nothing_that_an_editor_types_breaks_the_form(edit, bad):
    fields = ("age_min", "minutes_max", "reviewed_on", "steward", "items", "terms_need", "audience")
    response = edit(**dict.fromkeys(fields, bad))
    assert response.status_code == 200
    assert set(fields) <= set(response.context["form"].errors)


def test_the_form_groups_items_by_family_in_the_models_order(editor, signed_in, tool):
    page = signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[tool.pk]))
    groups = list(page.context["form"].fields["items"].choices)
    assert [len(choices) for _, choices in groups] == [8, 10, 10, 10, 5, 5]
    codes = [label.split()[0] for _, choices in groups for _, label in choices]
    assert codes[:9] == ["PE1", "PE2", "PE3", "PE4", "PE5", "PE6", "PE7", "PE8", "PP1"]


class TestDates:
    @pytest.mark.parametrize(
        ("reviewed", "following", "fine"),
        [
            (date(2026, 3, 1), date(2028, 3, 1), True),
            (date(2026, 3, 1), date(2028, 3, 2), False),
            (date(2028, 2, 29), date(2030, 2, 28), True),
            (date(2028, 2, 29), date(2030, 3, 1), False),
            (date(2026, 3, 1), date(2026, 3, 2), True),
            (date(2026, 3, 1), date(2026, 3, 1), False),
            (date(2026, 3, 1), None, True),
            (None, date(2040, 1, 1), True),
        ],
    )
    def test_the_next_review_lies_within_two_years_of_the_last(self, tool, reviewed, following, fine):
        tool.reviewed_on, tool.next_review = reviewed, following
        if fine:
            tool.full_clean()
        else:
            with pytest.raises(ValidationError) as refused:
                tool.full_clean()
            assert set(refused.value.message_dict) == {"next_review"}

    @pytest.mark.parametrize(("days", "slug"), [(-1, "overdue"), (0, "due"), (30, "due"), (31, "current")])
    def test_a_card_says_that_a_review_is_near_or_past_and_is_silent_otherwise(
        self, practitioner, signed_in, days, slug
    ):
        make_tool("Another", next_review=day_from_now(days), reviewed_on=day_from_now(-100))
        (card,) = signed_in(practitioner).get("/toolkits/").context["browse"].shown_cards
        assert (card.state and card.state.slug) == (None if slug == "current" else slug)


class TestRanges:
    @pytest.mark.parametrize(
        "fields",
        [{"age_min": -1, "age_max": 25}, {"age_min": 7, "age_max": 7}, {"minutes_min": 1, "minutes_max": 480}],
    )
    def test_the_ends_of_what_is_possible_are_possible(self, tool, fields):
        for name, value in fields.items():
            setattr(tool, name, value)
        tool.full_clean()

    @pytest.mark.parametrize(
        "fields", [{"age_max": 26}, {"age_min": -2}, {"minutes_min": 0}, {"minutes_max": 481}], ids=str
    )
    def test_one_beyond_is_refused(self, tool, fields):
        for name, value in fields.items():
            setattr(tool, name, value)
        with pytest.raises(ValidationError) as refused:
            tool.full_clean()
        assert set(refused.value.message_dict) == set(fields)

    def test_the_database_refuses_what_a_careless_script_would_write(self, tool):
        from django.db import IntegrityError, transaction

        for fields in ({"age_min": 9, "age_max": 4}, {"minutes_min": 30, "minutes_max": 10}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ToolPage.objects.filter(pk=tool.pk).update(**fields)

    def test_several_mistakes_are_told_at_once_each_at_its_field(self, tool):
        tool.age_min, tool.age_max, tool.minutes_min, tool.minutes_max = 9, 4, 30, 10
        tool.deputy = tool.steward
        with pytest.raises(ValidationError) as refused:
            tool.clean()
        assert set(refused.value.message_dict) == {"age_max", "minutes_max", "deputy"}


def test_a_new_tool_shows_up_under_its_item_and_on_the_index_when_it_is_published(edit, practitioner, signed_in):
    item = Item.objects.get(code="PP8")
    reader = signed_in(practitioner)
    assert "Paper boats" not in reader.get("/practice/portsmouth/pp8/").content.decode()
    assert edit(items=[item.pk]).status_code == 302
    assert "Paper boats" in reader.get("/practice/portsmouth/pp8/").content.decode()
    assert reader.get("/toolkits/?item=PP8").context["browse"].total == 1


def test_only_tools_stand_below_the_index_and_only_one_index_stands_below_home(hub):
    assert ToolkitIndexPage.allowed_subpage_models() == [ToolPage]
    assert ToolPage.allowed_parent_page_models() == [ToolkitIndexPage]
    assert not ToolkitIndexPage.can_create_at(ToolkitIndexPage.objects.get().get_parent())


class TestAFormThatIsSentTwice:
    """The CMS saves a new page by itself; its editor presses "Save draft" in the same moment."""

    @pytest.fixture
    def send(self, editor, signed_in, hub):
        client = signed_in(editor)
        address = reverse("wagtailadmin_pages:add", args=["toolkits", "toolpage", ToolkitIndexPage.objects.get().pk])

        def send(drawn="one drawing of the form", **changed):
            streams = [field.name for field in ToolPage._meta.get_fields() if isinstance(field, StreamField)]
            form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form").dict()
            form |= nested_form_data({name: streamfield([]) for name in streams})
            form |= {"title": "Paper kites", "slug": "paper-kites", "csrfmiddlewaretoken": drawn, **changed}
            return client.post(address, form)

        return send

    def test_makes_one_page_with_what_was_sent_last_under_the_number_that_the_browser_knows(self, send):
        assert send(**nested_form_data({"related_tools": inline_formset([])})).status_code == 302
        known = ToolPage.objects.get().pk
        assert send(summary="Try a kite").status_code == 302
        pages = [(page.pk, page.get_latest_revision_as_object().summary) for page in ToolPage.objects.all()]
        assert pages == [(known, "Try a kite")]

    def test_does_not_double_the_parts_of_the_page(self, send, tool):
        term = Term.objects.first()
        related = inline_formset([{"tool": tool.pk, "ORDER": "1"}])
        for _ in range(2):
            answer = send(**nested_form_data({"related_tools": related}), terms_need=[term.pk])
            assert answer.status_code == 302
        page = ToolPage.objects.get(title="Paper kites").get_latest_revision_as_object()
        assert [one.tool for one in page.related_tools.all()] == [tool]

    def test_keeps_what_was_saved_when_the_second_is_refused(self, send):
        send()
        assert send(title="").status_code == 200
        assert ToolPage.objects.get().title == "Paper kites"

    def test_is_not_mistaken_for_another_form_with_the_same_title(self, send):
        send()
        answer = send("another drawing")
        assert "already in use" in answer.content.decode()
        assert ToolPage.objects.count() == 1
