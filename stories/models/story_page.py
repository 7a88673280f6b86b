"""Learning from practice: what made something work, or what a miss has taught, told without anybody to recognise."""

from datetime import timedelta

from django.db import models
from django.forms.utils import ErrorList
from django.http import Http404
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.search import index

from language.careful import found_in
from pages.blocks import RELATED
from pages.editing import panels
from pages.editing.forms import HubPageForm
from pages.models import HubPage
from practice.models import Vocabulary
from stories import clearing, consent, reopening
from stories.clearing import STREAMS
from stories.text import TEXT, head

NOBODY_TO_RECOGNISE = (
    "<p>Write so that the family, their neighbours and the child in ten years' time would not know that it is about "
    "them. Leave out names, initials, exact ages, dates, places, schools, jobs and anything rare. Change details that "
    "do not matter to what was learned. Read it aloud once as if you were the parent.</p>"
)


class Lesson(models.TextChoices):
    """What a story is learned from. A miss is worth as much as a success."""

    SUCCESS = "success", "Learning from success"
    MIXED = "mixed", "A mixed experience"
    MISS = "miss", "Learning from a miss"


class Voice(models.TextChoices):
    """Whose story it is. What a child, a young person or a care leaver tells of themselves stays theirs."""

    COLLEAGUE = "colleague", "A colleague’s"
    CHILD = "child", "A child’s or young person’s own"
    CARE_LEAVER = "care-leaver", "A care leaver’s own"


class StoryForm(HubPageForm):
    """A story goes live only as two people have read it; a draft is always saved."""

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            told = clearing.words_of(cleaned)
            self._ask_for_consent(cleaned, told)
            if not clearing.is_cleared(self.instance.pk, told):
                self._say_what_is_missing(told)
        return cleaned

    def _ask_for_consent(self, cleaned: dict, told: dict) -> None:
        """Somebody's own story goes live while they agree, and says in no field who they are."""
        if cleaned.get("voice", Voice.COLLEAGUE) == Voice.COLLEAGUE:
            if words := reopening.why_closed(self.instance, told, timezone.localdate()):
                self.add_error("voice" if "voice" in self.fields else None, words)
            return
        if found_in(cleaned.get("told_by") or ""):
            self.add_error("told_by", "This may be a name. Write who they are without it: A young person in care.")
        begins = timezone.localdate(max(cleaned.get("go_live_at") or timezone.now(), timezone.now()))
        if not consent.holds(self.instance.pk, begins):
            self.add_error("voice" if "voice" in self.fields else None, consent.NO_CONSENT)

    def _say_what_is_missing(self, told: dict[str, str]) -> None:
        for name, found in clearing.seen_in(told).items():
            certain = [f"“{clue.words}” looks like {clue.label}" for clue in found if clue.certain]
            if certain and name in self.fields:
                words = f"{', '.join(certain)}. Take it out, or let the second reader decide."
                # A stream shows only errors of its own kind.
                whole = StreamBlockValidationError(non_block_errors=ErrorList([words]))
                self.add_error(name, whole if name in STREAMS else words)
        self.add_error(None, NOT_READ)


NOT_READ = (
    "Two people read a story for anybody who might be recognised before it goes live. Save it as a draft, then open "
    "“Anonymity check” in the menu of the page. Nothing you wrote is lost."
)


class StoryPage(HubPage):
    """One story along six questions, from what was going on to what a reader can take to their own work."""

    voice = models.CharField(
        "whose story it is",
        max_length=12,
        choices=Voice,
        default=Voice.COLLEAGUE,
        help_text="A child’s, a young person’s or a care leaver’s own story is shown while they agree, and no longer.",
    )
    lesson = models.CharField("what kind of story", max_length=10, choices=Lesson, blank=True)
    told_by = models.CharField(
        max_length=120, blank=True, help_text="A role, or a colleague's name if they wish: A worker in early help."
    )
    situation = StreamField(
        TEXT,
        blank=True,
        verbose_name="what was going on",
        help_text="What did people hope for, and what was in the way? What was already strong?",
    )
    what_we_did = StreamField(
        TEXT, blank=True, verbose_name="what we did", help_text="What did each person do or say? Family members too."
    )
    what_happened = StreamField(
        TEXT, blank=True, verbose_name="what happened then", help_text="What changed, what did not, how do you know?"
    )
    what_made_it = StreamField(
        TEXT,
        blank=True,
        verbose_name="what made the difference",
        help_text="At its best moment, or its worst: what made that possible? What was luck?",
    )
    what_next = StreamField(
        TEXT, blank=True, verbose_name="what I do now", help_text="What would you do again, and what differently?"
    )
    try_this = StreamField(
        TEXT, blank=True, verbose_name="take it to your own work", help_text="One or two things to try this week."
    )
    related = StreamField(RELATED, blank=True, max_num=6, verbose_name="used in this story")

    # The story that this was copied from, or itself: what was agreed to, or taken back, holds for every copy.
    origin = models.PositiveBigIntegerField(null=True, editable=False, db_index=True)

    kind, kind_slug, kind_plural = "Story", "story", "Stories"
    reading_class = "stories.reading.StoryReading"
    read_late = (*STREAMS, "related")
    suggested_in = ("what_happened", "situation", "what_we_did", "what_made_it", "what_next")
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    required_to_publish = (
        "summary",
        "lesson",
        "told_by",
        "situation",
        "what_we_did",
        "what_happened",
        "what_made_it",
        "what_next",
        "items",
        "steward",
        "deputy",
        "reviewed_on",
        "next_review",
    )
    search_fields = [*HubPage.search_fields, *(index.SearchField(name) for name in STREAMS)]

    content_panels = [
        HelpPanel(NOBODY_TO_RECOGNISE, heading="Before you write"),
        *head("See what a change of place can do for a meeting."),
        FieldPanel("voice"),
        FieldRowPanel([FieldPanel("lesson"), FieldPanel("told_by")]),
        *(FieldPanel(name) for name in STREAMS),
        FieldPanel("related"),
    ]
    edit_handler = panels.tabs(
        "The story",
        content_panels,
        fitting=panels.fits(Vocabulary.NEED, Vocabulary.METHOD, Vocabulary.WITH, Vocabulary.STAGE, Vocabulary.THEME),
        form=StoryForm,
    )

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"

    def save(self, *args, **kwargs):
        # Every way of publishing ends here: the form, a workflow, many at once, a time in the future, a program. Saving
        # a draft of a live story comes here too, for a few fields that hold none of its words.
        whole = kwargs.get("update_fields") is None
        if whole and self.live:
            if words := self.why_not_live():
                raise clearing.NotCleared(words)
            self._set_its_last_day()
        super().save(*args, **kwargs)
        if self.origin is None:
            self.origin = self.pk
            type(self).objects.filter(pk=self.pk).update(origin=self.pk)

    def save_revision(self, *args, **kwargs):
        saved = super().save_revision(*args, **kwargs)
        # What readers see stays open while somebody drafts other words for it.
        if not self.live and self.reopenings.filter(undone_at=None).exists():
            reopening.end_if_other_words(self, saved.created_at)
        return saved

    def _set_its_last_day(self) -> None:
        """From the day after the consent's last every list, search and the address itself know that it is gone."""
        if agreed := consent.standing(self.pk):
            self.withdrawn_on = agreed.ends_on + timedelta(days=1)
            self.withdrawn_reason = consent.WITHDRAWN_WHY
        elif self.withdrawn_reason == consent.WITHDRAWN_WHY:
            self.withdrawn_on, self.withdrawn_reason = None, ""

    @property
    def needs_consent(self) -> bool:
        """Whether it is somebody's own story of their childhood or of care, and so theirs to take back."""
        return self.voice != Voice.COLLEAGUE

    def why_not_live(self):
        told = clearing.words_of_page(self)
        if self.needs_consent and not consent.holds(self.pk, self.today()):
            return consent.NO_CONSENT
        if words := reopening.why_closed(self, told, self.today()):
            return words
        return "" if clearing.is_cleared(self.pk, told) else NOT_READ

    def serve(self, request, *args, **kwargs):
        # From the first minute, whether or not the job that takes it off for good has run.
        ended = self.needs_consent and self.state(self.today()).slug == "withdrawn"
        if ended and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)
