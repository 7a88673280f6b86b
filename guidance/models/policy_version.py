"""The versions of a policy that were in force, and who wants to hear of the next."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class KeptText(models.JSONField):
    """The text of a version. It tells Wagtail which pictures and documents it shows, as a page does of its own."""

    def extract_references(self, value):
        if value.get("body"):
            policy = self.model._meta.get_field("page").related_model
            body = policy._meta.get_field("body")
            yield from body.extract_references(body.to_python(value["body"]))

    def deconstruct(self):
        # The database and the migrations know it as what it is stored as.
        name, _, arguments, named = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, named


class PolicyVersion(models.Model):
    """One version as it was published: what changed, since when, by whom. Written by every way of publishing."""

    # Whoever may read the page may read every version with its files (`pages.visibility.files`).
    keeps_text_of_page = True

    page = models.ForeignKey("guidance.PolicyPage", on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=14)
    effective_on = models.DateField("in force from", null=True, blank=True)
    change_note = models.TextField("what changed", blank=True)
    # What it says; empty where it was published before texts were kept, or was taken out.
    text = KeptText(default=dict, blank=True, encoder=DjangoJSONEncoder)
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # When its followers were written to; the first version is news to nobody.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["page", "version"], name="a_version_is_published_once")]

    def __str__(self):
        return f"{self.page.title}, version {self.version}"

    @property
    def address(self) -> str:
        """Where it can be read for good, whatever holds today. Its page has to be at hand."""
        return f"{self.page.address}versions/{self.version}/"


class PolicyFollower(models.Model):
    """Somebody who is written to when a new version is published."""

    page = models.ForeignKey("guidance.PolicyPage", on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="policies_followed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="one_follows_a_policy_once")]

    def __str__(self):
        return f"{self.person} follows {self.page_id}"
