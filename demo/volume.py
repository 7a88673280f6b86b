"""Volume for benchmarks and budgets: thousands of people and tools that read like real ones, put in by whole tables.

The n-th person and the n-th tool of a seed are always the same, whatever the totals, so that a second run only adds
what is missing. The words come from the demo tools, cut into blocks and put together anew.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import connection, models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils.text import slugify
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from taggit.models import Tag
from wagtail.blocks import StreamValue
from wagtail.models import Revision

from demo import writing
from demo.loading import LICENCES, tool_files
from pages.models import EvidenceBasis, HubPage, PageTag
from people.models import Team, User
from people.roles import Role
from practice import editions
from practice.models import Item, PracticeModel, Standard, Term, Vocabulary
from toolkits.models import RelatedTool, ToolkitIndexPage, ToolLanguage, ToolPage
from toolkits.models.tool_page import Intensity, Language, Skill

AT_ONCE = 500
Tell = Callable[[int, int], None]
"""Called now and then with how many are done, and of how many."""

FIRST_NAMES = """
    Aisha Amelia Andrzej Anita Ben Bethan Callum Catherine Chidi Chloe Dariusz David Deepa Eilidh Ella Emeka Faisal
    Farah Fiona Gareth George Hana Harriet Hassan Helen Ibrahim Imogen Isaac Jade Jamal Joanna Kasia Kofi Laura Lewis
    Lucy Maryam Mateusz Megan Mohammed Nadia Naomi Niamh Oliver Olivia Owen Parveen Patrick Priya Rachel Rhys Rosa
    Samira Sean Shanice Simon Sofia Tariq Tomasz Victoria Yusuf Zara Zoe
""".split()
LAST_NAMES = """
    Ahmed Akhtar Allen Anderson Asante Bailey Baker Begum Bennett Brown Campbell Carter Chaudhry Clarke Cooper Davies
    Edwards Eze Evans Fletcher Foster Green Griffiths Hall Harris Hughes Hussain Jackson James Jones Kaur Kelly Khan
    King Kowalski Lewis Malik Mensah Mitchell Moore Morgan Murphy Nowak Okafor Osei Owusu Parker Patel Phillips Powell
    Price Rahman Roberts Robinson Shah Singh Smith Taylor Thomas Turner Walker Ward White Williams Wilson Wright
""".split()
AREAS = "north south east west harbour riverside hillside castle".split()
SERVICES = (
    "Assessment",
    "Safeguarding",
    "Children in care",
    "Leaving care",
    "Early help",
    "Disability",
    "Fostering",
    "Youth justice",
)
IN_A_TEAM = 12

SHAPES = (
    "Ladder",
    "Road",
    "Bridge",
    "Suitcase",
    "Tree",
    "Calendar",
    "Postcard",
    "Compass",
    "Kite",
    "Lantern",
    "Patchwork",
    "Toolbox",
    "Recipe",
    "Garden",
    "Playlist",
    "Shield",
    "Jigsaw",
    "Weather map",
    "Treasure chest",
    "Photo wall",
    "Island",
    "Lighthouse",
    "Rucksack",
    "Dial",
)
THEMES = (
    "a school day",
    "moving house",
    "a new baby",
    "people I trust",
    "big feelings",
    "saying sorry",
    "good nights",
    "time with Dad",
    "time with Mum",
    "two homes",
    "my phone",
    "money worries",
    "a brave thing",
    "the court day",
    "friends and not friends",
    "when it gets loud",
    "what I am good at",
    "a hospital stay",
    "new foster carers",
    "the way to work",
    "being left out",
    "my first weeks here",
    "food and meals",
    "words in our family",
    "coming home",
    "a promise kept",
    "what I want to change",
    "leaving school",
    "somebody who died",
    "calm places",
    "when drink is about",
    "small wins",
    "the plan so far",
    "secrets and surprises",
    "Saturday",
    "the people next door",
    "faith and festivals",
    "my body, my say",
    "becoming a parent",
    "what worked before",
)
COMPANIES = (
    "",
    "with brothers and sisters",
    "with a grandparent",
    "for under-fives",
    "for teenagers",
    "with an interpreter",
    "on a walk",
    "in the car",
    "with carers",
    "in a group",
    "by video",
    "before a conference",
)

STATES = {"current": 72, "due": 8, "overdue": 12, "withdrawn": 4, "draft": 4}
"""Out of a hundred tools."""
# Vocabulary to how many terms of it a tool carries, at least and at most.
CARRIED = {
    Vocabulary.NEED: (1, 3),
    Vocabulary.WITH: (1, 2),
    Vocabulary.SETTING: (1, 4),
    Vocabulary.METHOD: (1, 2),
    Vocabulary.STAGE: (1, 2),
    Vocabulary.MATERIALS: (1, 2),
    Vocabulary.ACCESS: (0, 2),
}
AGES = [(-1, 0), (0, 3), (2, 6), (4, 9), (4, 12), (6, 11), (8, 14), (11, 17), (13, 18), (16, 25), (None, None)]
MINUTES = [5, 10, 15, 20, 30, 30, 45, 60, 90]
ALWAYS_FILLED = ("say", "do", "if_worried")
FEWEST_WORDS, MOST_WORDS = 150, 400


def load_people(total: int, *, seed: int, tell: Tell = lambda done, of: None) -> int:
    """Create the people of this seed that are missing, in teams with a manager each; returns how many were new."""
    names = [_team_name(seed, number) for number in range(-(-total // IN_A_TEAM))]
    Team.objects.bulk_create([Team(name=name, district=name.split()[-1]) for name in names], ignore_conflicts=True)
    teams = list(Team.objects.in_bulk(names, field_name="name").values())
    groups = dict(Group.objects.values_list("name", "pk"))
    # The password of the demo accounts, made once: two thousand hashes would take minutes.
    password = make_password(settings.HUB_DEMO_PASSWORD)
    there = set(User.objects.filter(email__endswith=_domain(seed)).values_list("email", flat=True))
    everybody = (_person(number, seed, password) for number in range(total))
    missing = [(person, roles, team) for person, roles, team in everybody if person.email not in there]
    for done, some in _lots(missing):
        with transaction.atomic():
            for person, _, team in some:
                person.team = teams[team] if team is not None else None
            User.objects.bulk_create([person for person, _, _ in some])
            User.groups.through.objects.bulk_create(
                User.groups.through(user_id=person.pk, group_id=groups[role])
                for person, roles, _ in some
                for role in roles
                if role in groups
            )
        tell(done, len(missing))
    if missing:
        for number, team in enumerate(teams):
            lead = User.objects.get(email=_person(number * IN_A_TEAM, seed, "")[0].email)
            team.members.exclude(pk=lead.pk).update(manager=lead)
    return len(missing)


def _random(of: str) -> Random:
    """Numbers that are the same each time; nothing secret hangs on them."""
    return Random(of)  # noqa: S311


def _some(random: Random, keys: list[int], number: int) -> list[int]:
    """That many of the keys, the earlier ones more often, as in life: most tools are for a child alone."""
    chosen: dict[int, None] = {}
    while len(chosen) < min(number, len(keys)):
        chosen[keys[int(len(keys) * random.random() ** 1.7)]] = None
    return list(chosen)


def _domain(seed: int) -> str:
    return f".{seed}@volume.hub.example"


def _team_name(seed: int, number: int) -> str:
    random = _random(f"team {number} of {seed}")
    return f"{random.choice(SERVICES)} team {seed}.{number + 1}, {random.choice(AREAS)}"


def _person(number: int, seed: int, password: str) -> tuple[User, list[Role], int | None]:
    """One person, with what they do and the number of their team. The first of each team leads it."""
    random = _random(f"person {number} of {seed}")
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    email = f"{first}.{last}.{number}{_domain(seed)}".lower()
    roles, team = [Role.PRACTITIONER], number // IN_A_TEAM
    if number % IN_A_TEAM == 0:
        roles = [Role.MANAGER]
    elif number % IN_A_TEAM == 1:
        roles = [Role.CHAMPION, Role.PRACTITIONER]
    elif (chance := random.random()) < 0.08:
        roles, team = [Role.PARTNER], None
    elif chance < 0.12:
        roles = [random.choice([Role.EDITOR, Role.REVIEWER, Role.ORGANISER])]
    return User(email=email, first_name=first, last_name=last, password=password), roles, team


@dataclass(frozen=True)
class Tool:
    """One tool before it is stored: the page and the keys of what it carries."""

    page: ToolPage
    items: list[int]
    standards: list[int]
    terms: list[int]
    tags: list[int]
    languages: list[ToolLanguage]
    related: list[RelatedTool]


class ToolMaker:
    """Makes the n-th tool of a seed out of the vocabulary, the people and the demo texts that there are."""

    def __init__(self, index: ToolkitIndexPage, seed: int, today: date):
        self.index, self.seed, self.today = index, seed, today
        first_model = PracticeModel.objects.first()
        self.items = list(Item.objects.filter(family__model=first_model).values_list("pk", flat=True))
        self.other_items = list(Item.objects.exclude(family__model=first_model).values_list("pk", flat=True))
        self.standards = list(Standard.objects.values_list("pk", flat=True))
        self.terms = {name: list(Term.objects.filter(vocabulary=name).values_list("pk", flat=True)) for name in CARRIED}
        keepers = User.objects.filter(email__endswith="@volume.hub.example", groups__name=Role.CHAMPION)
        self.keepers = list(
            (keepers or User.objects.filter(is_active=True)).order_by("pk").values_list("pk", flat=True)
        )
        self.streams = {name: ToolPage._meta.get_field(name) for name in writing.SECTIONS.values()}

    @cached_property
    def demo(self) -> list[tuple[dict, dict[str, list]]]:
        return [writing.read(path) for path in tool_files()]

    @cached_property
    def tags(self) -> list[int]:
        words = sorted({word for facts, _ in self.demo for word in facts["tags"]})
        there = {tag.name.casefold(): tag.pk for tag in Tag.objects.all()}
        return [there.get(word.casefold()) or Tag.objects.create(name=word).pk for word in words]

    @cached_property
    def blocks(self) -> dict[str, list[tuple[dict, int]]]:
        """For each section the blocks of all demo tools, each with its number of words."""
        pool = {name: [] for name in self.streams}
        for _, sections in self.demo:
            for name, blocks in sections.items():
                pool[name] += [(block, len(json.dumps(block["value"]).split())) for block in blocks]
        return pool

    def title(self, number: int) -> str:
        # A step that shares no divisor with the number of titles meets each once before any comes again.
        every = len(SHAPES) * len(THEMES) * len(COMPANIES)
        round_, place = divmod(number, every)
        place = (place * 7919 + self.seed * 104_729) % every
        place, shape = divmod(place, len(SHAPES))
        company, theme = divmod(place, len(THEMES))
        words = f"{SHAPES[shape]}: {THEMES[theme]} {COMPANIES[company]}".strip()
        return f"{words}, part {round_ + 1}" if round_ else words

    def slug(self, number: int) -> str:
        return f"{slugify(self.title(number))}-v{self.seed}-{number}"

    def tool(self, number: int, earlier: list[int]) -> Tool:
        """The tool with that number. `earlier` are keys of tools that it may lead to."""
        random = _random(f"tool {number} of {self.seed}")
        # What it leads to depends on what else there is; the tool itself must not.
        links = _random(f"links of tool {number} of {self.seed}")
        facts, _ = random.choice(self.demo)
        state = random.choices(list(STATES), STATES.values())[0]
        adults = random.random() < 0.25
        age_min, age_max = (None, None) if adults else random.choice(AGES)
        minutes = random.choice([None, *MINUTES])
        steward, deputy = links.sample(self.keepers, 2) if len(self.keepers) > 1 else (None, None)
        reviewed_on, next_review = self._reviews(state, random)
        published = None
        if state != "draft":
            published = datetime.combine(reviewed_on, time(9, random.randrange(60)), UTC)
        withdrawn = state == "withdrawn"
        page = ToolPage(
            title=(title := self.title(number)),
            draft_title=title,
            slug=(slug := self.slug(number)),
            url_path=f"{self.index.url_path}{slug}/",
            depth=self.index.depth + 1,
            numchild=0,
            locale_id=self.index.locale_id,
            live=published is not None,
            has_unpublished_changes=published is None,
            first_published_at=published,
            last_published_at=published,
            latest_revision_created_at=published or datetime.combine(self.today, time(9), UTC),
            summary=facts["purpose"],
            age_min=age_min,
            age_max=age_max,
            for_adults=adults,
            minutes_min=minutes,
            minutes_max=minutes and minutes + random.choice([0, 0, 10, 30]),
            several_sessions=minutes is None or random.random() < 0.1,
            also_typed="\n".join(random.sample(facts["also_typed"], min(3, len(facts["also_typed"])))),
            steward_id=steward,
            deputy_id=deputy,
            reviewed_on=reviewed_on,
            next_review=next_review,
            withdrawn_on=self.today - timedelta(days=random.randrange(1, 300)) if withdrawn else None,
            withdrawn_reason="A newer tool does this better." if withdrawn else "",
            replaced_by_id=links.choice(earlier) if withdrawn and earlier else None,
            audience=random.choices(["partner", "staff"], [7, 3])[0],
            source_statement=facts["source"],
            licence_statement=LICENCES["own"],
            intensity=random.choice([Intensity.LIGHT, Intensity.LIGHT, Intensity.MEDIUM]),
            skill=random.choice(Skill.values),
            evidence_basis=random.choice(EvidenceBasis.values),
            evidence_note=facts["evidence_note"],
            printable=random.random() < 0.9,
            works_offline=random.random() < 0.9,
            **self._sections(random),
        )
        items = _some(random, self.items, random.randint(1, 4))
        if self.other_items and random.random() < 0.15:
            items = [*items[1:], random.choice(self.other_items)]
        languages = [
            "en",
            *random.sample([code for code in Language.values if code != "en"], random.choice([0, 0, 1, 3])),
        ]
        related = links.sample(earlier, min(len(earlier), links.choice([0, 2, 3, 3])))
        return Tool(
            page,
            items,
            _some(random, self.standards, random.randint(1, 4)),
            [
                term
                for name, (least, most) in CARRIED.items()
                for term in _some(random, self.terms[name], random.randint(least, most))
            ],
            _some(random, self.tags, random.randint(2, 5)),
            [self._language(place, code, reviewed_on, random) for place, code in enumerate(languages)],
            [RelatedTool(tool_id=other, sort_order=place) for place, other in enumerate(related)],
        )

    @staticmethod
    def _language(place: int, code: str, reviewed_on: date, random: Random) -> ToolLanguage:
        checked = place == 0 or random.random() < 0.7
        return ToolLanguage(
            code=code, sort_order=place, human_checked=checked, checked_on=reviewed_on if checked else None
        )

    def _reviews(self, state: str, random: Random) -> tuple[date, date]:
        """When it was reviewed last, and when it is reviewed next: in 24 months at most."""
        if state == "overdue":
            reviewed_on = self.today - timedelta(days=random.randrange(430, 800))
            return reviewed_on, self.today - timedelta(days=random.randrange(1, 60))
        reviewed_on = self.today - timedelta(days=random.randrange(10, 330))
        ahead = random.randrange(0, 31) if state == "due" else random.randrange(31, 390)
        return reviewed_on, self.today + timedelta(days=ahead)

    def _sections(self, random: Random) -> dict[str, StreamValue]:
        """Text for the sections, as it is stored: some 150 to 400 words in all."""
        wanted, filled = random.randint(FEWEST_WORDS, MOST_WORDS), dict.fromkeys(ALWAYS_FILLED, 0)
        for name in self.streams:
            if name not in filled and random.random() < 0.6:
                filled[name] = 0
        chosen = {name: [] for name in filled}
        shuffled = {name: random.sample(self.blocks[name], len(self.blocks[name])) for name in filled}
        while wanted > 0 and any(shuffled.values()):
            for name, pool in shuffled.items():
                if pool and (wanted > 0 or not chosen[name]):
                    block, words = pool.pop()
                    chosen[name].append({**block, "id": str(uuid.UUID(int=random.getrandbits(128), version=4))})
                    wanted -= words
        return {
            name: StreamValue(self.streams[name].stream_block, blocks, is_lazy=True) for name, blocks in chosen.items()
        }


def load_tools(
    total: int, *, seed: int, today: date, revisions: bool = True, tell: Tell = lambda done, of: None
) -> int:
    """Put the tools of this seed that are missing below the toolkit index; returns how many were new.

    Each lot is whole, so that a run that was stopped goes on where it was.
    """
    index = ToolkitIndexPage.objects.get()
    maker = ToolMaker(index, seed, today)
    there = set(ToolPage.objects.child_of(index).values_list("slug", flat=True))
    missing = [number for number in range(total) if maker.slug(number) not in there]
    earlier = list(ToolPage.objects.child_of(index).in_use(today).order_by("pk").values_list("pk", flat=True))
    for done, numbers in _lots(missing):
        with transaction.atomic():
            lot = [maker.tool(number, earlier) for number in numbers]
            _store(lot, index, revisions)
        earlier += [tool.page.pk for tool in lot if tool.page.live and not tool.page.withdrawn_on]
        tell(done, len(missing))
    if missing:
        # Nothing above sends the signals that would say so.
        editions.bump(editions.CONTENT)
    return len(missing)


def _store(lot: list[Tool], index: ToolkitIndexPage, revisions: bool) -> None:
    pages = [tool.page for tool in lot]
    # Locked on PostgreSQL (on SQLite all is), so that no editor takes the same place in the tree.
    parent = HubPage.objects.select_for_update().get(pk=index.pk)
    last = HubPage.objects.child_of(parent).order_by("-path").values_list("path", flat=True).first()
    place = HubPage._str2int(last[-HubPage.steplen :]) if last else 0
    for page in pages:
        place += 1
        page.path = HubPage._get_path(parent.path, page.depth, place)
    _insert(HubPage, pages)
    _insert(ToolPage, pages)
    HubPage.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    for relation, column in (("items", "item_id"), ("standards", "standard_id"), ("terms", "term_id")):
        through = getattr(HubPage, relation).through
        through.objects.bulk_create(
            through(hubpage_id=tool.page.pk, **{column: key}) for tool in lot for key in getattr(tool, relation)
        )
    for tool in lot:
        for row in (*tool.languages, *tool.related):
            row.page_id = tool.page.pk
    tagged = {tool.page.pk: [PageTag(content_object_id=tool.page.pk, tag_id=tag) for tag in tool.tags] for tool in lot}
    PageTag.objects.bulk_create(row for rows in tagged.values() for row in rows)
    ToolLanguage.objects.bulk_create(row for tool in lot for row in tool.languages)
    RelatedTool.objects.bulk_create(row for tool in lot for row in tool.related)
    if revisions:
        _revise(lot, tagged)


def _insert(model: type[models.Model], rows: list) -> None:
    """Put one table's part of the rows into it: `bulk_create` refuses a model that adds a table to its parent's."""
    fields = [column for column in model._meta.local_concrete_fields if not isinstance(column, models.AutoField)]
    at_once = connection.ops.bulk_batch_size(fields, rows)
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        if model._meta.parents:
            model._base_manager._insert(some, fields=fields)
        else:
            keys = model._base_manager._insert(some, fields=fields, returning_fields=[model._meta.pk])
            for row, (key,) in zip(some, keys, strict=True):
                row.pk = key


def _revise(lot: list[Tool], tagged: dict[int, list[PageTag]]) -> None:
    """Give each page the one revision that publishing it would have left."""
    page_type, base_type = lot[0].page.get_content_type(), lot[0].page.get_base_content_type()
    nothing = {relation.get_accessor_name(): [] for relation in get_all_child_relations(ToolPage)}
    Revision.objects.bulk_create(
        Revision(
            content_type=page_type,
            base_content_type=base_type,
            object_id=str(tool.page.pk),
            created_at=tool.page.latest_revision_created_at,
            object_str=tool.page.title,
            content={
                **get_serializable_data_for_fields(tool.page),
                **nothing,
                "items": tool.items,
                "standards": tool.standards,
                "terms": tool.terms,
                "tagged_items": [get_serializable_data_for_fields(row) for row in tagged[tool.page.pk]],
                "languages": [get_serializable_data_for_fields(row) for row in tool.languages],
                "related_tools": [get_serializable_data_for_fields(row) for row in tool.related],
            },
        )
        for tool in lot
    )
    own = Revision.objects.filter(
        base_content_type=base_type, object_id=Cast(OuterRef("pk"), models.CharField(max_length=255))
    )
    pages = HubPage.objects.filter(pk__in=[tool.page.pk for tool in lot])
    pages.update(latest_revision=Subquery(own.values("pk")))
    pages.live().update(live_revision=F("latest_revision"))


def _lots(rows: list) -> Iterator[tuple[int, list]]:
    """The rows in lots, each with how many are done when it is."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        yield start + len(some), some
