"""A policy: what the council has decided, in which version, since when, and what changed."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from guidance.models.text import KEPT, GuidanceText, editor
from guidance.policies import consulting, versions
from pages.editing.forms import HubPageForm
from pages.publishing.refusals import NotPublished

A_VERSION = RegexValidator(
    r"^[0-9]{1,4}(\.[0-9]{1,4}){0,2}\Z", "Write the version as figures with points: 2, 2.1 or 2.1.3."
)


class PolicyForm(HubPageForm):
    """Says at the field what keeps a version from being published; a number that goes backwards even of a draft."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("version"):
            given = {name: cleaned.get(name) for name in ("version", "effective_on")}
            told = versions.objection(self.instance, **given, change_note=cleaned.get("change_note") or "")
            for name, words in told.items():
                if name == "version" or not self.is_deferred_validation:
                    self.add_error(name if name in self.fields else None, words)
        return cleaned


class PolicyPage(GuidanceText):
    """One policy. Its address stays the same from version to version; each version says what it changed."""

    version = models.CharField(
        max_length=14, blank=True, validators=[A_VERSION], help_text="Such as 2.1. It never goes back."
    )
    effective_on = models.DateField("in force from", null=True, blank=True)
    change_note = models.TextField(
        "what changed",
        max_length=600,
        blank=True,
        help_text="What is different from the version before, in two or three lines.",
    )
    full_text_url = models.URLField(
        "where the full text is kept",
        max_length=500,
        blank=True,
        help_text="If another site, such as the procedures portal, keeps the text that counts.",
    )

    proposal = models.TextField(
        "what is proposed",
        max_length=1500,
        blank=True,
        help_text="What is to change, and what you would like to hear. Shown while people can comment.",
    )
    comments_from = models.DateField("comments from", null=True, blank=True)
    comments_until = models.DateField("comments until", null=True, blank=True, help_text="The last whole day.")
    you_said = models.TextField(
        "what you said",
        max_length=4000,
        blank=True,
        help_text="After the last day: what people said and what came of it. No names.",
    )
    # The first day of the window that those words are about; kept by `save`.
    said_of = models.DateField(null=True, blank=True, editable=False)

    kind, kind_plural = "Policy", "Policies"
    can_be_public = True
    template = "guidance/policy_page.html"
    required_to_publish = ("summary", "version", "effective_on", "change_note", "body", *KEPT)
    search_fields = [*GuidanceText.search_fields, index.SearchField("change_note")]
    reading_class = "guidance.reading.PolicyReading"
    edit_handler = editor(
        "The policy",
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("effective_on")]),
                FieldPanel("change_note"),
                FieldPanel("full_text_url"),
            ],
            heading="This version",
        ),
        MultiFieldPanel(
            [
                FieldPanel("proposal"),
                FieldRowPanel([FieldPanel("comments_from"), FieldPanel("comments_until")]),
                FieldPanel("you_said"),
            ],
            heading="Ask colleagues first",
        ),
        form=PolicyForm,
    )

    class Meta:
        verbose_name = "policy"
        verbose_name_plural = "policies"

    def clean(self):
        super().clean()
        errors = {}
        if bool(self.comments_from) != bool(self.comments_until):
            lacking = "comments_until" if self.comments_from else "comments_from"
            errors[lacking] = "Give both days, the first and the last, or neither."
        elif self.comments_from and self.comments_until < self.comments_from:
            errors["comments_until"] = "The last day cannot come before the first."
        if self.comments_from and not self.proposal.strip():
            errors["proposal"] = "Say what is proposed: people can only comment on what they know."
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        # Every way of publishing ends here, so that no version is missing from the list. Saving a draft of a live page
        # comes here too, for a few fields and with the draft's words.
        published = self.live and self.version and kwargs.get("update_fields") is None
        with transaction.atomic():
            if published and self.pk:
                if words := self.why_not_live():
                    raise NotPublished(words)
                versions.keep_version(self, now=timezone.now())
                versions.leave_what_holds(self, on=self.today())
            if published:
                self.said_of = consulting.window_answered_by(self)
            super().save(*args, **kwargs)
            if published:
                versions.keep_version(self, now=timezone.now(), again=False)

    def why_not_live(self):
        if not self.version:
            return ""
        given = {"version": self.version, "effective_on": self.effective_on, "change_note": self.change_note}
        return " ".join(versions.objection(self, **given).values())

    def holds(self, on):
        return versions.holds(self, on=on)

    def serve(self, request, *args, **kwargs):
        if not getattr(request, "is_preview", False):
            versions.show_what_holds(self, on=self.today())
        return super().serve(request, *args, **kwargs)

    def is_in_force(self, today=None) -> bool:
        """Whether its day has come. A policy without a day counts as in force."""
        return self.effective_on is None or self.effective_on <= (today or timezone.localdate())
