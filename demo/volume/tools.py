"""Tools put in by whole tables, as publishing each of them would have left it."""

from datetime import date

from django.db import connection, models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.models import Revision

from demo.volume.chance import Tell, lots
from demo.volume.making import Tool, ToolMaker
from pages.models import HubPage, PageTag
from practice import editions
from toolkits.models import RelatedTool, ToolkitIndexPage, ToolLanguage, ToolPage


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
    for done, numbers in lots(missing):
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
