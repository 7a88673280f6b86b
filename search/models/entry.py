"""The index: one row for each thing that can be found, whatever table it comes from."""

from django.db import models


class EntryKind(models.TextChoices):
    """The values of the `type` parameter, in the order in which they are offered."""

    TOOL = "tool", "Tools"
    RESEARCH = "research", "Research"
    CHAMPION = "champion", "Champions"
    EVENT = "event", "Events"
    GUIDANCE = "guidance", "Guidance"
    STORY = "story", "Stories"
    MODEL = "model", "Practice model"
    DOCUMENT = "document", "Documents"


class Entry(models.Model):
    """A page, practice item, method or document as search needs it: its words, and what it can be filtered by.

    Every engine is fed from here. `change` is the number of the last change (`search.index.indexing`), so that a
    process or a search server that knows everything up to one number asks only for what came after. What is no longer
    to be found stays as an empty row that is `gone`, so that they hear of that too.
    """

    key = models.CharField(max_length=40, unique=True, help_text="The source, for example page-12.")
    change = models.BigIntegerField(db_index=True)
    gone = models.BooleanField(default=False)
    # From what state of its source it was made; `indexing.mend` compares.
    stamp = models.CharField(max_length=64, blank=True)

    kind = models.CharField(max_length=12, choices=EntryKind, blank=True)
    title = models.CharField(max_length=255)
    address = models.CharField(max_length=500)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    also_typed = models.TextField(blank=True)
    # Ages, minutes, dates, audience, place in the tree, and keys of items, terms and tags: see `search.index.entries`.
    facts = models.JSONField(default=dict)

    # The stems of each field, as `search.understanding.words` makes them: what engines match.
    title_words = models.TextField(blank=True)
    typed_words = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    label_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self):
        return self.title


class EntryVector(models.Model):
    """What an entry means, as the numbers of a sentence model; made only where that extra is switched on."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="vector")
    encoder = models.CharField(max_length=40)
    # The entry's change that it was made after, and a hash of the text, so that nothing is computed twice.
    change = models.BigIntegerField()
    text_hash = models.CharField(max_length=64)
    vector = models.BinaryField()

    def __str__(self):
        return str(self.entry)
