"""From an unmet search to a page that somebody writes."""

from django.db import transaction

from people.refusals import NotAllowed
from search.models import UnmetSearch
from toolkits.models import ToolkitIndexPage, ToolPage


@transaction.atomic
def commission(unmet: UnmetSearch, *, person) -> ToolPage:
    """Begin a tool as a draft, called by what people typed and found by it; raises `NotAllowed`."""
    index = ToolkitIndexPage.objects.first()
    if index is None or not index.permissions_for_user(person).can_add_subpage():
        raise NotAllowed("You may not add tools. Ask an editor to commission this page.")
    title = unmet.phrase[:1].upper() + unmet.phrase[1:]
    page = ToolPage(title=title, also_typed=unmet.phrase, live=False, owner=person)
    index.add_child(instance=page)
    page.save_revision(user=person, log_action=True)
    unmet.state, unmet.note = UnmetSearch.State.DONE, f"Commissioned: {title}"[:200]
    unmet.save(update_fields=["state", "note"])
    return page
