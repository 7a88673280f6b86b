"""For editors: which files cannot be searched inside, and how the consent of each photograph stands."""

from django.db.models import Q
from django.urls import reverse
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy, CollectionPermissionPolicy

from assets.models import HubDocument, HubImage
from assets.usage import pages_with


class NotSearchableReport(ReportView):
    """Files whose words could not be read: a scan, a password, damage. They are found by title and tags alone."""

    page_title = "Files not searchable inside"
    header_icon = "doc-full"
    index_url_name = "not_searchable"
    index_results_url_name = "not_searchable_results"
    model = HubDocument
    permission_policy = CollectionPermissionPolicy(HubDocument)
    any_permission_required = ["add", "change"]
    list_export = ["title", "reading_note", "created_at"]
    columns = [
        TitleColumn(
            "title", get_url=lambda document: reverse("wagtaildocs:edit", args=[document.pk]), sort_key="title"
        ),
        Column("reading_note", label="Why"),
        DateColumn("created_at", label="Uploaded", sort_key="created_at"),
    ]

    def get_queryset(self):
        files = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["add", "change"])
        return files.filter(reading_state=HubDocument.ReadingState.NOT_SEARCHABLE).order_by("title")


class PagesColumn(Column):
    """The published pages that hold a photograph: these have lost it, or will."""

    def get_value(self, instance):
        return "; ".join(page.title for page in pages_with(instance)) or "None"


class ConsentReport(ReportView):
    """Pictures that show people or of which nobody has said so: what was agreed, until when, and on which pages."""

    page_title = "Photographs and consent"
    header_icon = "image"
    index_url_name = "photograph_consent"
    index_results_url_name = "photograph_consent_results"
    model = HubImage
    permission_policy = CollectionOwnershipPermissionPolicy(HubImage, owner_field_name="uploaded_by_user")
    any_permission_required = ["add", "change"]
    paginate_by = 50
    list_export = ["title", "consent_state", "consent_scope", "consent_until", "consent_note"]
    export_headings = {"consent_state": "How the consent stands"}
    columns = [
        TitleColumn("title", get_url=lambda image: reverse("wagtailimages:edit", args=[image.pk]), sort_key="title"),
        Column("consent_state", label="How the consent stands"),
        Column("get_consent_scope_display", label="Who may see it"),
        DateColumn("consent_until", label="Consent ends on", sort_key="consent_until"),
        PagesColumn("pages", label="On the published pages"),
    ]

    def get_queryset(self):
        images = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["add", "change"])
        asked = Q(people_shown=HubImage.PeopleShown.PEOPLE) | Q(people_shown="") | ~Q(consent_withdrawn_on=None)
        return images.filter(asked).order_by("consent_until", "title")
