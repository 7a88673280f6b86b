"""What stands on the landing page, each part worked out when the template asks for it."""

from functools import cached_property

from events.reading.my_bookings import next_date
from home.duties.due import Due, due_items
from learning.time import month_of, month_parts
from pages.lists import cards
from pages.models import HubPage
from pages.reading.shelves import family_tiles
from toolkits.table import tool_table

TOOLS_ON_HOME = 6
# Quick ways in: label, and the address parameters of the tool index.
QUICK_WAYS = [
    ("Age 6", "age=6"),
    ("Up to 15 minutes", "minutes=15"),
    ("With a child alone", "with=child"),
    ("Bring nothing", "materials=none"),
    ("First visit", "stage=first-visit"),
]


class HomeReading:
    """The landing page for one reader."""

    practice_url = "/practice/"

    def __init__(self, page, request):
        self.page, self.hub = page, request.hub

    @cached_property
    def week(self) -> dict:
        """What the reader has coming up, and how much of their protected time they have had."""
        date = next_date(self.hub.user, self.hub.now)
        meeting = date and date.meeting
        bookings = [{"when": meeting.when, "where": meeting.where, "title": str(date.session)}] if date else []
        return {"bookings": bookings, "time": month_of(self.hub.today, self._asked[1])}

    @cached_property
    def _asked(self) -> tuple[list[Due], list]:
        return due_items(self.hub.user, self.hub.now, month_parts(self.hub.user, self.hub.today))

    @property
    def due(self) -> list[Due]:
        """What waits for the reader, by what they do on the hub."""
        return self._asked[0]

    @property
    def greeting_name(self) -> str:
        return self.hub.user.first_name

    tools_url = "/toolkits/"

    @property
    def example_chips(self) -> list[dict]:
        return [{"label": label, "url": f"{self.tools_url}?{query}"} for label, query in QUICK_WAYS]

    @cached_property
    def families(self) -> list[dict]:
        return family_tiles(self.hub, self.hub.shown_model) if self.hub.shown_model else []

    @cached_property
    def _tools(self):
        table = tool_table(self.hub.edition)
        return table, table.seen_by(self.hub.reader)

    @cached_property
    def tools_total(self) -> int:
        return self._tools[1].bit_count()

    @cached_property
    def tools(self) -> list:
        """The pages that editors chose; where they chose none, the newest tools."""
        ids = list(self.page.chosen_pages.values_list("page_id", flat=True)) if self.page.pk else []
        if ids:
            pages = self.hub.readable(HubPage.objects.filter(pk__in=ids))
        else:
            table, visible = self._tools
            newest = sorted(table.facets.keys(visible), key=table.order["newest"].__getitem__)
            ids = newest[:TOOLS_ON_HOME]
            pages = HubPage.objects.filter(pk__in=ids)
        found = {page.pk: page for page in pages}
        return cards.cards(self.hub, [found[pk] for pk in ids if pk in found])
