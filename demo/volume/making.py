"""The n-th tool of a seed, made of the words of the demo tools, cut into blocks and put together anew."""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random

from django.utils.text import slugify
from taggit.models import Tag
from wagtail.blocks import StreamValue

from demo import writing
from demo.loading import LICENCES, tool_files
from demo.volume.chance import chance_of, some_of
from demo.volume.words import (
    AGES,
    ALWAYS_FILLED,
    CARRIED,
    COMPANIES,
    FEWEST_WORDS,
    MINUTES,
    MOST_WORDS,
    SHAPES,
    STATES,
    THEMES,
)
from pages.models import EvidenceBasis
from people.models import User
from people.roles import Role
from practice.models import Item, PracticeModel, Standard, Term
from toolkits.models import RelatedTool, ToolkitIndexPage, ToolLanguage, ToolPage
from toolkits.models.choices import Intensity, Language, Skill


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
        random = chance_of(f"tool {number} of {self.seed}")
        # What it leads to depends on what else there is; the tool itself must not.
        links = chance_of(f"links of tool {number} of {self.seed}")
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
        items = some_of(random, self.items, random.randint(1, 4))
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
            some_of(random, self.standards, random.randint(1, 4)),
            [
                term
                for name, (least, most) in CARRIED.items()
                for term in some_of(random, self.terms[name], random.randint(least, most))
            ],
            some_of(random, self.tags, random.randint(2, 5)),
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
