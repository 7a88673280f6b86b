"""How pages are made in the CMS, where Wagtail's own way lets two presses of one form meet."""

import hashlib

from django.core.cache import cache
from django.db import transaction
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from pages.models import HubPage

REMEMBERED_SECONDS = 120


class OnceCreateView(CreateView):
    """One form makes one page, however quickly it is sent twice.

    Wagtail saves a new page by itself while its editor types. An editor who presses "Save draft" during that moment
    sends the same form again: two rows under one address, which ends as a 500. Here the second waits for the first
    and then takes its place; were it refused, the editor would be told that her own page stands in her way.
    """

    def post(self, request):
        with transaction.atomic():
            HubPage.objects.select_for_update().get(pk=self.parent_page.pk)
            # What the first made is counted in the parent.
            self.parent_page.refresh_from_db(fields=["numchild"])
            earlier = self._made_by_this_form()
            if earlier:
                earlier.delete()
                self.parent_page.refresh_from_db(fields=["numchild"])
            response = super().post(request)
            if self.page.pk and not self.form.errors:
                cache.set(self._form_key, self.page.pk, REMEMBERED_SECONDS)
            elif earlier:
                # What was saved a moment ago is better than nothing.
                transaction.set_rollback(True)
        return response

    @property
    def _form_key(self) -> str:
        # Every time a form is drawn, its token against forgery is masked anew: it tells one drawn form from another.
        drawn = self.request.POST.get("csrfmiddlewaretoken", "")
        return f"page-made-by:{self.request.user.pk}:{hashlib.sha256(drawn.encode()).hexdigest()}"

    def _made_by_this_form(self) -> HubPage | None:
        """The draft that this same form, saved by itself, made a moment ago."""
        made = cache.get(self._form_key) if self.request.POST.get("csrfmiddlewaretoken") else None
        page = HubPage.objects.child_of(self.parent_page).filter(pk=made, owner=self.request.user, live=False).first()
        return page if page and page.revisions.count() == 1 else None


class HubPageViewSet(PageViewSet):
    """Every page type of the hub in the CMS."""

    model = HubPage
    add_view_class = OnceCreateView
