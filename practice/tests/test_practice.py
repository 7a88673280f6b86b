from datetime import date

import pytest

from practice import editions
from practice.atlas import atlas_now
from practice.models import Family, Framework, InUse, Item, Method, PracticeModel, ShownModelSettings, Term
from practice.seeding import seed_practice
from tests.builders import make_tool

pytestmark = pytest.mark.django_db


def codes(slug: str) -> list[str]:
    atlas = atlas_now()
    return [item.code for item in atlas.items_of_model(atlas.model_by_slug(slug))]


def test_both_models_stand_in_order_with_eight_ten_ten_ten_and_five_five(hub):
    expected = [("PE", 8), ("PP", 10), ("SS", 10), ("PS", 10)]
    assert codes("portsmouth") == [f"{prefix}{n}" for prefix, many in expected for n in range(1, many + 1)]
    assert codes("nottinghamshire") == [f"{prefix}{n}" for prefix in ("NE", "NR") for n in range(1, 6)]


def test_every_item_says_what_it_looks_like_in_practice(hub):
    assert not Item.objects.filter(description="").exists()
    assert not Method.objects.filter(description="").exists()


def test_seeding_again_adds_nothing_and_undoes_no_edit(hub):
    Item.objects.filter(code="PS3").update(label="Our own words")
    assert seed_practice() == 0
    assert Item.objects.get(code="PS3").label == "Our own words"


def test_an_item_knows_its_neighbours_and_its_equivalents_both_ways(hub):
    atlas = atlas_now()
    voice, seen_alone = atlas.item_by_code("ne3"), atlas.item_by_code("PS2")
    assert [item.code for item in atlas.equivalents_of(voice)] == ["SS2", "PS2", "PS4"]
    assert voice in atlas.equivalents_of(seen_alone)
    assert [item.code for item in atlas.neighbours(seen_alone)] == ["PS1", "PS3"]
    assert atlas.neighbours(atlas.item_by_code("PE1"))[0] is None


def test_a_page_answers_to_what_its_editor_chose_and_only_otherwise_to_equivalents(hub):
    atlas = atlas_now()
    portsmouth, nottinghamshire = atlas.model_by_slug("portsmouth"), atlas.model_by_slug("nottinghamshire")
    chosen = {atlas.item_by_code("PS4").pk, atlas.item_by_code("NE3").pk}
    assert [item.code for item in atlas.answers_to(chosen, portsmouth)] == ["PS4"]
    assert [item.code for item in atlas.answers_to({atlas.item_by_code("PE1").pk}, nottinghamshire)] == ["NE4"]
    assert atlas.answers_to({atlas.item_by_code("PP8").pk}, nottinghamshire) == []


def test_a_change_counts_at_the_next_look(hub):
    assert atlas_now().item_by_code("PS3").label == "Maps and timelines"
    item = Item.objects.get(code="PS3")
    item.label = "Maps, timelines and trees"
    item.save()
    assert atlas_now().item_by_code("PS3").label == "Maps, timelines and trees"


def test_switching_the_model_that_shows_counts_at_the_next_look(hub):
    settings = ShownModelSettings.objects.get()
    assert atlas_now().shown_model(settings.site_id).slug == "portsmouth"
    settings.model = PracticeModel.objects.get(slug="nottinghamshire")
    settings.save()
    assert atlas_now().shown_model(settings.site_id).slug == "nottinghamshire"


def test_a_deleted_choice_of_model_falls_back_to_the_first(hub):
    settings = ShownModelSettings.objects.get()
    settings.model = None
    settings.save()
    assert atlas_now().shown_model(settings.site_id).slug == "portsmouth"


def test_what_is_used_is_not_deleted_and_the_message_says_where(hub):
    make_tool("Paper boats", items=("PS2",))
    with pytest.raises(InUse, match=r"1 page \(Paper boats\)"):
        Item.objects.get(code="PS2").delete()
    with pytest.raises(InUse, match="Paper boats"):
        Term.objects.filter(vocabulary="with", slug="child").delete()
    with pytest.raises(InUse, match="8 items"):
        Family.objects.get(slug="elements").delete()
    assert Item.objects.filter(code="PS2").exists()


def test_what_is_not_used_can_go_and_takes_its_equivalents_with_it(hub):
    Item.objects.get(code="NR3").delete()
    atlas = atlas_now()
    assert atlas.item_by_code("NR3") is None
    assert atlas.equivalents_of(atlas.item_by_code("SS10")) == []


@pytest.mark.parametrize(
    ("name", "day", "current"),
    [
        ("KSS", date(2027, 3, 31), True),
        ("KSS", date(2027, 4, 1), False),
        ("ECS", date(2027, 3, 31), False),
        ("ECS", date(2027, 4, 1), True),
    ],
)
def test_one_framework_takes_over_from_another_on_its_day(hub, name, day, current):
    framework = Framework.objects.get(short_name=name)
    assert framework.is_current(day) is current
    assert Framework.objects.current(day).filter(pk=framework.pk).exists() is current


def test_an_edition_goes_up_with_each_change_and_only_its_own(db):
    before = editions.read()
    editions.bump(editions.CONTENT)
    editions.bump(editions.CONTENT)
    after = editions.read()
    assert after[editions.CONTENT] == before.get(editions.CONTENT, 1) + 2
    assert after.get(editions.VOCABULARY) == before.get(editions.VOCABULARY)


@pytest.mark.parametrize(
    ("screen", "model", "where"),
    [
        ("practice_models", PracticeModel, "4 families"),
        ("practice_families", Family, "8 items"),
        ("practice_frameworks", Framework, "9 standards"),
        ("practice_items", Item, "1 page (Paper boats)"),
    ],
)
def test_the_cms_refuses_to_delete_what_is_used_and_says_where(editor, signed_in, screen, model, where):
    make_tool("Paper boats", items=("PE1",))
    client, record = signed_in(editor), model.objects.first()
    address = f"/admin/{screen}/delete/{record.pk}/"
    assert where in client.get(address).content.decode()
    refused = client.post(address)
    assert refused.status_code == 200
    assert where in refused.content.decode()
    assert model.objects.filter(pk=record.pk).exists()


def test_dragging_in_the_cms_changes_the_order_that_readers_see(editor, signed_in):
    client = signed_in(editor)
    item = Item.objects.get(code="PE3")
    assert codes("portsmouth")[:3] == ["PE1", "PE2", "PE3"]
    client.post(f"/admin/practice_items/reorder/{item.pk}/?position=0")
    assert codes("portsmouth")[:3] == ["PE3", "PE1", "PE2"]
