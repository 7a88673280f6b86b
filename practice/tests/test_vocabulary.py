"""What the seed says, against the councils' own lists, and what a record of the vocabulary may be."""

import io
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from practice.atlas import atlas_now
from practice.models import (
    Crosswalk,
    Family,
    Framework,
    InUse,
    Item,
    Method,
    Need,
    PracticeModel,
    ShownModelSettings,
    Standard,
    Term,
    Vocabulary,
)
from practice.seeding import seed_practice
from tests.builders import day_from_now, make_tool

pytestmark = pytest.mark.django_db

LABELS = """\
PE1 Whole family
PE2 Restorative
PE3 Relational
PE4 Trauma-informed
PE5 Strengths and compassion
PE6 Holistic
PE7 Hopeful
PE8 Informed by difference
PP1 High support, high challenge
PP2 Warm and boundaried
PP3 Relationships first
PP4 Together safely
PP5 Plans made together
PP6 Bias and privilege
PP7 Strengths, child in view
PP8 Time to think
PP9 Curious and persistent
PP10 One lead, many helpers
SS1 Say why
SS2 Hear and weigh views
SS3 Plain words
SS4 Keep promises
SS5 Be on time
SS6 Keep people posted
SS7 Guard information
SS8 Answer or find out
SS9 Join up
SS10 Respect and dignity
PS1 Reason and consent
PS2 Seen alone
PS3 Maps and timelines
PS4 Lived experience
PS5 Parent's past
PS6 Culture and equality
PS7 Shared plan
PS8 Records that explain
PS9 Reflective supervision
PS10 Oversight
NE1 Strengths beside needs
NE2 Build relationships
NE3 Child's voice counts
NE4 Whole-family focus
NE5 High challenge with high support
NR1 Shared vision
NR2 Collaboration
NR3 Respect
NR4 Power shared
NR5 Clear process"""

EQUIVALENTS = {
    "NE1": "PE5 PP7",
    "NE2": "PE3 PP3",
    "NE3": "PS2 PS4 SS2",
    "NE4": "PE1",
    "NE5": "PE2 PP1",
    "NR1": "PP5",
    "NR2": "SS9 PP10",
    "NR3": "SS10",
    "NR4": "PP6",
    "NR5": "SS1 SS4 PS7",
}


class TestTheSeed:
    def test_each_item_has_the_equivalents_that_the_two_councils_share_and_no_others(self, hub):
        atlas = atlas_now()
        found = {}
        for item in atlas.items_of_model(atlas.model_by_slug("nottinghamshire")):
            found[item.code] = {other.code for other in atlas.equivalents_of(item)}
        assert found == {code: set(others.split()) for code, others in EQUIVALENTS.items()}

    def test_every_item_carries_the_councils_own_words(self, hub):
        assert {str(item) for item in atlas_now().items.values()} == set(LABELS.splitlines())

    @pytest.mark.parametrize(("name", "headings"), [("PCF", 9), ("KSS", 10), ("ECS", 6)])
    def test_the_national_frameworks_have_all_their_headings_in_order(self, hub, name, headings):
        codes = [row.code for row in atlas_now().standards.values() if row.framework.short_name == name]
        assert codes == [f"{name}{number}" for number in range(1, headings + 1)]

    def test_every_vocabulary_has_words_and_each_address_stands_once(self, hub):
        for vocabulary in Vocabulary:
            terms = atlas_now().terms_of(vocabulary)
            assert len(terms) >= 6, vocabulary
            assert len({term.slug for term in terms}) == len(terms)

    def test_setting_up_again_brings_back_what_is_missing_and_leaves_edits_order_and_choice_alone(self, hub):
        Item.objects.get(code="NR3").delete()
        Framework.objects.filter(short_name="KSS").update(valid_to=date(2027, 8, 31))
        Term.objects.filter(slug="child", vocabulary="with").update(label="One child")
        Item.objects.filter(code="PE3").update(sort_order=0)
        ShownModelSettings.objects.update(model=PracticeModel.objects.get(slug="nottinghamshire"))
        call_command("setup_hub", stdout=io.StringIO())
        assert Item.objects.filter(code="NR3").exists()
        assert Framework.objects.get(short_name="KSS").valid_to == date(2027, 8, 31)
        assert Term.objects.get(slug="child", vocabulary="with").label == "One child"
        assert Family.objects.get(slug="elements", model__slug="portsmouth").items.first().code == "PE3"
        assert ShownModelSettings.objects.get().model.slug == "nottinghamshire"
        assert seed_practice() == 0


class TestRecords:
    def test_a_last_day_before_the_first_is_refused(self, hub):
        item = Item.objects.get(code="PS3")
        item.valid_from, item.valid_to = date(2027, 1, 2), date(2027, 1, 1)
        with pytest.raises(ValidationError, match="cannot come before"):
            item.full_clean()

    def test_a_code_is_kept_in_capitals_and_once_however_it_is_written(self, hub):
        family = Family.objects.get(slug="elements", model__slug="portsmouth")
        item = Item(family=family, code="pe9", label="New")
        item.full_clean()
        assert item.code == "PE9"
        with pytest.raises(ValidationError) as refused:
            Item(family=family, code="ps3", label="Again").full_clean()
        assert refused.value.messages

    @pytest.mark.parametrize("code", ["3PS", "PS 3", "PS3/../", "<b>1", "PSXYZ3", ""])
    def test_a_code_that_could_not_stand_in_an_address_is_refused(self, hub, code):
        with pytest.raises(ValidationError) as refused:
            Item(family=Family.objects.first(), code=code, label="New").full_clean()
        assert "code" in refused.value.message_dict

    def test_a_pair_joins_two_models_and_stands_once(self, hub):
        def pair(one, other):
            return Crosswalk(item=Item.objects.get(code=one), equivalent=Item.objects.get(code=other))

        with pytest.raises(ValidationError, match="other model"):
            pair("PS2", "PS3").full_clean()
        with pytest.raises(ValidationError, match="other way round"):
            pair("PE1", "NE4").full_clean()
        pair("NE4", "PE7").full_clean()

    def test_a_new_record_comes_last(self, hub):
        family = Family.objects.get(slug="elements", model__slug="portsmouth")
        Item.objects.create(family=family, code="PE9", label="New")
        atlas = atlas_now()
        assert [item.code for item in atlas.items_of(atlas.families[family.pk])][-1] == "PE9"

    def test_a_method_is_a_term_of_its_own_vocabulary_only(self, hub):
        method = Method.objects.create(label="Kite flying", slug="kite-flying")
        assert method.vocabulary == Vocabulary.METHOD
        assert not Need.objects.filter(pk=method.pk).exists()
        assert atlas_now().term_by_slug(Vocabulary.METHOD, "kite-flying").pk == method.pk
        assert atlas_now().term_by_slug(Vocabulary.NEED, "kite-flying") is None


class TestKeptWhileUsed:
    def test_of_several_nothing_goes_when_one_is_used(self, hub):
        make_tool("Paper boats", items=("PS2",))
        with pytest.raises(InUse, match="PS2"):
            Item.objects.filter(code__in=["PS1", "PS2", "PS3"]).delete()
        assert Item.objects.filter(code__in=["PS1", "PS2", "PS3"]).count() == 3

    def test_the_message_names_three_places_and_counts_the_rest(self, hub):
        for number in range(5):
            make_tool(f"Tool {number}", items=("PS2",))
        with pytest.raises(InUse) as refused:
            Item.objects.get(code="PS2").delete()
        # Whichever three the database gives first.
        assert re.fullmatch(r"5 pages \(Tool \d; Tool \d; Tool \d; …\)", *refused.value.places)
        assert "end date" in str(refused.value)

    def test_a_draft_counts_as_use(self, hub):
        make_tool("Only a draft", items=("PS2",), publish=False)
        with pytest.raises(InUse, match="Only a draft"):
            Item.objects.get(code="PS2").delete()

    @pytest.mark.parametrize(
        ("record", "where"),
        [
            (lambda: Standard.objects.get(code="KSS6"), "Paper boats"),
            (lambda: Method.objects.get(slug="genogram"), "Paper boats"),
            (lambda: Framework.objects.get(short_name="KSS"), "10 standards"),
            (lambda: PracticeModel.objects.get(slug="nottinghamshire"), "2 families"),
        ],
        ids=["standard", "method", "framework", "model"],
    )
    def test_every_kind_of_record_stays_while_it_is_used(self, hub, record, where):
        make_tool("Paper boats", standards=("KSS6",), terms={"method": ("genogram",)})
        with pytest.raises(InUse, match=where):
            record().delete()
        assert record()


def test_an_item_out_of_use_is_on_no_card_and_its_page_says_so(practitioner, signed_in):
    make_tool("Paper boats", items=("PS2", "PS3"))
    item = Item.objects.get(code="PS3")
    item.valid_to = day_from_now(-1)
    item.save()
    client = signed_in(practitioner)
    (card,) = client.get("/toolkits/").context["browse"].shown_cards
    assert [chip.code for chip in card.chips] == ["PS2"]
    assert "no longer in use" in client.get("/practice/portsmouth/ps3/").content.decode()
    assert "no longer in use" not in client.get("/practice/portsmouth/ps2/").content.decode()


def test_a_model_without_items_or_any_model_at_all_breaks_nothing(practitioner, signed_in):
    """An administrator who begins with an empty model must still be able to open the hub."""
    settings = ShownModelSettings.objects.get()
    settings.model = PracticeModel.objects.create(name="Ours", slug="ours")
    settings.save()
    make_tool("Paper boats")
    client = signed_in(practitioner)
    for address in (
        "/",
        "/toolkits/",
        "/toolkits/paper-boats/",
        "/practice/",
        "/practice/portsmouth/ps2/",
        "/search/?q=paper",
    ):
        assert client.get(address).status_code == 200, address
