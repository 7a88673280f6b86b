"""What was written about a child by mistake goes from every table that holds a text; only that it went is known."""

import json
from datetime import date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from assets.models import HubDocument, HubImage, HubRendition
from assets.tests.test_pictures import picture
from language import phrases
from pages.models import HubPage, TakingOut
from pages.taking_out import verbs
from people.refusals import NotPossible
from stories.models import StoryPage
from tests.builders import make_text

CANARY = "Zyxkai O'Quill"
# A size of a picture is drawn anew, which takes a picture: see below.
COLUMNS = [(model, field) for model, field in verbs.columns() if model is not HubRendition]


class TestAPhrase:
    @pytest.mark.parametrize(
        "text",
        [
            "zyxkai o'quill ran off",
            "with ZYXKAI  O’QUILL’s mum",
            "<p>Zyxkai <b>O&#x27;Quill</b></p>",
            json.dumps([{"type": "paragraph", "value": "<p>Zyxkai O’Quill</p>"}]),
            json.dumps({"file": "Zyxkai O'Quill"}),
        ],
    )
    def test_is_found_and_gone_however_it_is_written(self, text):
        pattern = phrases.in_texts(CANARY)
        gone = phrases.changed(text, pattern, phrases.IN_TEXT)
        assert "taken out" in gone
        assert "uill" not in gone

    @pytest.mark.parametrize("text", ["Zo\u00eb came", "Zoe\u0308 came", '["Zo\\u00eb came"]'])
    @pytest.mark.parametrize("typed", ["Zo\u00eb", "zoe\u0308"])
    def test_is_found_however_its_accent_is_written(self, text, typed):
        assert "taken out" in phrases.changed(text, phrases.in_texts(typed), phrases.IN_TEXT)

    def test_leaves_alone_what_only_begins_like_it(self):
        assert phrases.changed("Kaiser and Malakai", phrases.in_texts("Kai"), "x") == "Kaiser and Malakai"

    def test_in_json_inside_json_leaves_json(self):
        inner = json.dumps([{"value": f"<p>{CANARY}</p>"}])
        new = phrases.changed({"body": inner, "pk": 7}, phrases.in_texts(CANARY), "x")
        assert json.loads(new["body"]) == [{"value": "<p>x</p>"}]
        assert new["pk"] == 7


def sample(field: models.Field, text_field: models.Field):
    """A value for every column of a row that holds the canary in one."""
    kind = field.get_internal_type()
    if field is text_field:
        if field.name in verbs.ADDRESSES:
            return "a-zyxkai-oquill-b"
        if kind == "FileField":
            return "folder/a_Zyxkai_OQuill_b.pdf"
        return json.dumps([{"type": "long gone", "value": f"<p>{CANARY} ran</p>"}]) if kind == "JSONField" else CANARY
    if field.null:
        return None
    if "Char" in kind or kind in {"SlugField", "URLField", "TextField", "FileField", "EmailField"}:
        return "x"
    special = {"DateField": date(2026, 1, 1), "DateTimeField": datetime(2026, 1, 1), "JSONField": "{}"}
    special |= {"UUIDField": "0" * 32, "BinaryField": b"", "BooleanField": False, "TimeField": "09:00:00"}
    return special.get(kind, 987_654)


@pytest.mark.django_db
# It plants rows that no constraint would let in.
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("model", "field"), COLUMNS, ids=[f"{model._meta.label}.{field.name}" for model, field in COLUMNS]
)
def test_a_canary_in_any_column_is_found_and_goes(hub, psw, model, field):
    table, fields = model._meta.db_table, model._meta.local_concrete_fields
    names = ", ".join(f'"{one.column}"' for one in fields)
    given = [sample(one, field) for one in fields]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints=ON")
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(fields))})', given)
        try:
            found = [one for one in verbs.find(CANARY) if (one.label, one.field) == (model._meta.label, field.name)]
            assert len(found) == 1
            verbs._change(model, field, found[0].pk, CANARY)
            cursor.execute(f'SELECT "{field.column}" FROM "{table}"')
            left = " ".join(str(row[0]).lower() for row in cursor.fetchall())
            assert "uill" not in left
            assert "taken" in left
        finally:
            cursor.execute(f'DELETE FROM "{table}" WHERE "{model._meta.pk.column}" = %s', [given[0]])
            cursor.execute("PRAGMA ignore_check_constraints=OFF")


def test_every_text_column_is_looked_through_or_left_out_for_a_reason():
    for model in apps.get_models():
        label, room = model._meta.label, model._meta.app_label
        for field in (
            [] if model._meta.proxy or {label, room} & set(verbs.NOT_LOOKED_THROUGH) else model._meta.local_fields
        ):
            if field.get_internal_type() in verbs.TEXTS and not field.choices:
                short = field.max_length is not None and field.max_length < verbs.SHORTER_THAN_A_NAME
                assert verbs.is_looked_through(field) or field.name in verbs.KEYS or short, (
                    label,
                    field.name,
                )


@pytest.fixture
def story(hub, editor):
    body = [{"type": "paragraph", "value": f"<p>It was {CANARY} who laughed.</p>"}]
    page = make_text(StoryPage, f"With {CANARY} again", situation=body)
    page.save_revision(user=editor)
    return page


@pytest.mark.django_db
class TestTakingOut:
    def everywhere(self, person, **changed):
        given = {"phrase": CANARY, "because": "A child’s name in a story.", "now": timezone.now(), **changed}
        return verbs.take_out(keys=[one.key for one in verbs.find(CANARY)], by=person, **given)

    def test_takes_it_from_the_page_its_versions_its_address_and_search(self, story, psw, practitioner, signed_in):
        reader = signed_in(practitioner)
        assert story.address in reader.get("/search/?q=zyxkai").content.decode()
        kept = self.everywhere(psw)
        assert verbs.find(CANARY) == []
        page = HubPage.objects.get(pk=story.pk).specific
        told = reader.get(page.address).content.decode()
        assert "[taken out]" in told
        assert "yxkai" not in told
        assert "yxkai" not in json.dumps(page.get_latest_revision().content)
        assert "yxkai" not in reader.get("/search/?q=laughed").content.decode().lower()
        assert page.address not in reader.get("/search/?q=zyxkai").content.decode()
        assert "uill" not in f"{kept.because}{kept.places}".lower()
        assert kept.number > 2

    def test_a_file_is_kept_under_another_name_and_its_sizes_are_drawn_anew(
        self, hub, psw, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.MEDIA_ROOT = tmp_path
        sheet = HubDocument.objects.create(title="A", file=ContentFile(b"words", "Zyxkai OQuill's day.txt"))
        image = HubImage.objects.create(title="B", file=ContentFile(picture("PNG"), "zyxkai_oquill.png"))
        image.get_rendition("width-40")
        with django_capture_on_commit_callbacks(execute=True):
            self.everywhere(psw)
        sheet.refresh_from_db()
        image = HubImage.objects.get()
        assert sheet.filename.startswith("taken-out")
        assert sheet.file.read() == b"words"
        assert image.get_rendition("width-40").file.read()
        left = [path.name.lower() for path in tmp_path.rglob("*") if path.is_file()]
        assert len(left) == 3
        assert not [name for name in left if "zyxkai" in name]

    def test_a_draft_stays_one_and_a_long_text_fits_its_column(self, hub, psw, practitioner, signed_in):
        draft = make_text(StoryPage, "Long", publish=False)
        StoryPage.objects.filter(pk=draft.pk).update(title="Zy " * 85)
        given = {"phrase": "Zy", "because": "A name.", "by": psw, "now": timezone.now()}
        verbs.take_out(keys=[one.key for one in verbs.find("Zy")], **given)
        draft.refresh_from_db()
        assert (draft.live, len(draft.title)) == (False, 255)
        assert draft.address not in signed_in(practitioner).get("/search/?q=taken").content.decode()

    def test_shows_so_many_places_at_once_and_no_more(self, story, monkeypatch):
        monkeypatch.setattr(verbs, "MOST", 1)
        assert len(verbs.find(CANARY)) == 1

    def test_is_not_for_somebody_who_has_left(self, psw):
        psw.is_active = False
        assert not verbs.may_take_out(psw)

    def test_asks_for_more_than_one_letter(self, story, psw):
        with pytest.raises(NotPossible):
            self.everywhere(psw, phrase="Z")

    def test_leaves_what_was_not_ticked(self, story, psw):
        chosen = next(one for one in verbs.find(CANARY) if one.label == "pages.HubPage")
        given = {"phrase": CANARY, "because": "Only this one.", "by": psw, "now": timezone.now()}
        verbs.take_out(keys=[chosen.key], **given)
        left = verbs.find(CANARY)
        assert chosen.key not in {one.key for one in left}
        assert "wagtailcore.Revision" in {one.label for one in left}

    @pytest.mark.parametrize("because", ["", "It said zyxkai o’quill"])
    def test_asks_for_a_reason_that_does_not_hold_the_words(self, story, psw, because):
        with pytest.raises(NotPossible):
            self.everywhere(psw, because=because)
        assert not TakingOut.objects.exists()

    def test_is_for_those_who_answer_for_it(self, story, editor, signed_in):
        with pytest.raises(PermissionDenied):
            self.everywhere(editor)
        assert signed_in(editor).get(reverse("taking_out")).status_code in {302, 403}

    def test_on_its_screen_looks_lists_and_takes_out_and_writes_the_words_nowhere(self, story, psw, signed_in, caplog):
        desk, address = signed_in(psw), reverse("taking_out")
        listed = desk.post(address, {"phrase": CANARY, "do": "find"})
        assert "Found in" in listed.content.decode()
        keys = [one.key for one in listed.context["found"]]
        sent = {"phrase": CANARY, "place": keys, "do": "take-out", "because": "A name in a story."}
        assert desk.post(address, {**sent, "because": ""}).status_code == 400
        assert desk.post(address, sent).status_code == 302
        assert "A name in a story." in desk.get(address).content.decode()
        assert (
            "nowhere in what people wrote here" in desk.post(address, {"phrase": CANARY, "do": "find"}).content.decode()
        )
        assert "yxkai" not in caplog.text.lower()
