"""How a page looks in a list: its card, made for many pages at once in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pages import wording
from pages.lists.carried import Carried, carried_by
from pages.models.hub_page import HubPage
from pages.publishing.stewardship import ReviewState
from practice.models import Family, Item, PracticeModel, Vocabulary

SAID_ON_A_CARD = {"due", "overdue", "archived", "withdrawn"}


@dataclass(frozen=True)
class Fact:
    """One thing that decides whether a page fits: `name` for scripts, `label` and `text` for people."""

    name: str
    icon: str
    label: str
    text: str


@dataclass(frozen=True)
class Chip:
    """A practice item as it stands on a card."""

    code: str
    label: str
    url: str
    hue: str


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    summary: str
    kind: str
    facts: list[Fact]
    chips: list[Chip]
    state: ReviewState | None


def model_address(model: PracticeModel) -> str:
    return f"/practice/{model.slug}/"


def item_address(model: PracticeModel, item: Item) -> str:
    return f"{model_address(model)}{item.code.lower()}/"


def chip(item: Item, family: Family, model: PracticeModel) -> Chip:
    return Chip(code=item.code, label=item.label, url=item_address(model, item), hue=family.hue)


def chips(hub, item_ids: set[int], model: PracticeModel | None = None) -> list[Chip]:
    """The items of the shown model (or the one given) that a page aligned to these answers to."""
    model = model or hub.shown_model
    if model is None:
        return []
    return [
        chip(item, hub.atlas.families[item.family_id], model)
        for item in hub.atlas.answers_to(item_ids, model)
        if item.is_current(hub.today)
    ]


FACT_ICONS = {"age": "user", "minutes": "clock", "with": "users", "materials": "pencil", "setting": "map-pin"}


def filled(*rows: tuple[str, str, str, str]) -> list[Fact]:
    """Name, icon, label and text of each fact; one without a text is left out."""
    return [Fact(*row) for row in rows if row[-1]]


def facts(hub, page: HubPage, term_ids: Iterable[int], names: tuple[str, ...]) -> list[Fact]:
    """The facts asked for, in that order; one that says nothing about this page is left out."""
    carried: dict[str, list[str]] = defaultdict(list)
    chosen = set(term_ids)
    for term in hub.atlas.terms.values():
        if term.pk in chosen:
            carried[term.vocabulary].append(term.label)
    texts = {
        "age": ("Age", wording.ages(page.age_min, page.age_max, page.for_adults)),
        "minutes": ("Time", wording.minutes(page.minutes_min, page.minutes_max, page.several_sessions)),
        "with": ("Who with", wording.listed(carried[Vocabulary.WITH])),
        "materials": ("Bring", wording.listed(carried[Vocabulary.MATERIALS])),
        "setting": ("Where", wording.listed(carried[Vocabulary.SETTING])),
    }
    return [Fact(name, FACT_ICONS[name], *texts[name]) for name in names if texts[name][1]]


def cards(hub, pages: Iterable[HubPage], carried: dict[int, Carried] | None = None) -> list[Card]:
    """A card for each page, in the order given: one query, however many pages and whatever their types.

    A caller who has asked what the pages carry hands it in, and there is none.
    """
    pages = list(pages)
    if carried is None:
        carried = carried_by([page.pk for page in pages]) if pages else {}
    made = []
    for page in pages:
        page_type, own = page.specific_class or HubPage, carried.get(page.pk) or Carried()
        state = page_type.state_on_card(page, hub.today)
        made.append(
            Card(
                title=page.title,
                url=page.address,
                summary=page.summary,
                kind=page_type.kind,
                facts=facts(hub, page, own.terms, page_type.card_facts),
                chips=chips(hub, own.items)[:3],
                state=state if state.slug in SAID_ON_A_CARD else None,
            )
        )
    return made
