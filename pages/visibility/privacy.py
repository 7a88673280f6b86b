"""Closing a section in the CMS: another room may have somebody inside who would stand before a closed door."""

from wagtail import hooks
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import PageViewRestriction

WHY_NOT = "why_not_close_page"
"""A hook: given the page, the groups that may read from now on, and the restriction that there is, says why not."""
OPEN = (PageViewRestriction.NONE, PageViewRestriction.LOGIN)


class HubPrivacyView(SetPrivacyView):
    """Wagtail's, that is refused in words where it would shut out people who rely on what is below."""

    def form_valid(self, form):
        chosen = form.cleaned_data
        if chosen["restriction_type"] not in OPEN:
            for why_not in hooks.get_hooks(WHY_NOT):
                if words := why_not(self.page, list(chosen.get("groups") or []), self.restriction):
                    form.add_error("restriction_type", words)
                    return self.form_invalid(form)
        return super().form_valid(form)
