"""What the screen shows on which an issue is put together."""

from dataclasses import dataclass
from functools import cached_property

from pages.models import HubPage
from stories.models import NewsPage
from stories.newsletters import editions
from stories.newsletters.forms import IssueForm
from stories.newsletters.text import stream_text


@dataclass(frozen=True)
class PageOfIssue:
    """A page of the issue or one to choose: `note` says what keeps some or all readers from seeing it."""

    page: HubPage
    kind: str
    line: str = ""
    error: str = ""
    note: str = ""
    is_ticked: bool = False


class Screen:
    """An issue and what could go into it. `form` is what was sent and could not be kept, if anything."""

    def __init__(self, page: NewsPage, request, form: IssueForm | None = None):
        self.page, self.hub, self.request, self._sent = page, request.hub, request, form
        self.draft = page.get_latest_revision_as_object()

    @cached_property
    def form(self) -> IssueForm:
        draft = self.draft
        return self._sent or IssueForm(
            initial={
                "title": draft.title,
                "issued_on": draft.issued_on,
                "summary": draft.summary,
                "intro": "\n\n".join(stream_text(draft.body)),
            }
        )

    @cached_property
    def intro_is_elsewhere(self) -> bool:
        """Whether the text was written in the CMS with headings or links, which this screen would lose."""
        return not editions.is_plain(self.draft)

    @cached_property
    def _items(self) -> list[tuple[int, str]]:
        return self._sent.items if self._sent else self.draft.chosen()

    @cached_property
    def chosen(self) -> list[PageOfIssue]:
        pages = HubPage.objects.in_bulk([pk for pk, _ in self._items])
        errors = self._sent.line_errors if self._sent else {}
        return [
            PageOfIssue(page, page.specific_class.kind, line, errors.get(pk, ""), self._note(page))
            for pk, line in self._items
            if (page := pages.get(pk))
        ]

    def _note(self, page: HubPage) -> str:
        if not page.live or page.state(self.hub.today).slug == "withdrawn":
            return "No longer on the hub, so nobody sees it in the issue."
        if any(page.path.startswith(path) for path, _ in self.hub.frame.closed):
            return "In a section for some groups only: others do not see it."
        return "For council staff only: partners do not see it." if page.audience == HubPage.Audience.STAFF else ""

    @cached_property
    def words(self) -> str:
        sent = self.request.POST if self._sent else self.request.GET
        return " ".join(sent.get("q", "").replace("\x00", "").split())[:100]

    @cached_property
    def since(self):
        return editions.new_since(self.page, self.hub.today)

    @cached_property
    def last(self) -> NewsPage | None:
        return editions.last_issue_before(self.page)

    @cached_property
    def candidates(self) -> list[PageOfIssue]:
        leave_out = [pk for pk, _ in self._items]
        ticked = set(self._sent.ticked) if self._sent else set()
        pages = editions.candidates(self.hub, since=self.since, words=self.words, leave_out=leave_out)
        return [
            PageOfIssue(page, page.specific_class.kind, note=self._note(page), is_ticked=page.pk in ticked)
            for page in pages
        ]

    @cached_property
    def may_publish(self) -> bool:
        return self.page.permissions_for_user(self.hub.user).can_publish()
