"""How pages are made in the CMS, where Wagtail's own way lets two presses of one form meet."""

import hashlib

from django.core.cache import cache
from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import PageSubscription

from pages.models import HubPage
from pages.visibility.privacy import HubPrivacyView

REMEMBERED_SECONDS = 120


class OnceCreateView(CreateView):
    """One form makes one page, however often it is sent.

    Wagtail saves a new page by itself while its editor types. An editor who presses "Save draft" during that moment,
    or a slow line that lets two of these meet, sends the same form again: two rows under one address, which ends as a
    500. Here the second waits for the first and goes on with the page that it made, under the same number: the browser
    may know it by then.
    """

    earlier = None

    def post(self, request):
        with transaction.atomic():
            HubPage.objects.select_for_update().get(pk=self.parent_page.pk)
            # What the first made is counted in the parent.
            self.parent_page.refresh_from_db(fields=["numchild"])
            self.earlier = self._made_by_this_form()
            if self.earlier:
                self._go_on_with(self.earlier.specific)
            response = super().post(request)
            if self.page.pk and not self.form.errors:
                cache.set(self._form_key, self.page.pk, REMEMBERED_SECONDS)
        return response

    def _go_on_with(self, page: HubPage) -> None:
        """Let the form fill the page that is there. All its parts come from the form, so none is kept from before."""
        for relation in get_all_child_relations(page):
            getattr(page, relation.get_accessor_name()).set([])
        self.page = page
        known = PageSubscription.objects.filter(page=page, user=self.request.user).first()
        self.subscription = known or self.subscription
        # The page is in its place already: what would add it there saves it.
        self.parent_page.add_child = lambda instance: instance.save()

    def set_default_privacy_setting(self):
        if not self.earlier:
            super().set_default_privacy_setting()

    @property
    def _form_key(self) -> str:
        # Every time a form is drawn, its token against forgery is masked anew: it tells one drawn form from another.
        drawn = self.request.POST.get("csrfmiddlewaretoken", "")
        return f"page-made-by:{self.request.user.pk}:{hashlib.sha256(drawn.encode()).hexdigest()}"

    def _made_by_this_form(self) -> HubPage | None:
        """The draft that this same form, saved by itself, made a moment ago."""
        made = cache.get(self._form_key) if self.request.POST.get("csrfmiddlewaretoken") else None
        own = HubPage.objects.child_of(self.parent_page).filter(owner=self.request.user, live=False)
        return own.filter(pk=made).first() if made else None


class HubPageViewSet(PageViewSet):
    """Every page type of the hub in the CMS."""

    model = HubPage
    add_view_class = OnceCreateView
    set_privacy_view_class = HubPrivacyView
