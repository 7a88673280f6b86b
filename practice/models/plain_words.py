"""Words that need explaining, and words that are better left out: both are kept by editors as data."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify


def lines(text: str) -> list[str]:
    """What stands on each line; empty ones left out."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class GlossaryTerm(models.Model):
    """A word of the trade and what it means, in words that a new colleague or a parent would use."""

    term = models.CharField(max_length=80, unique=True, help_text="As it stands in a text: early help, section 47.")
    slug = models.SlugField("address", max_length=80, unique=True, editable=False)
    also_called = models.TextField(
        blank=True, help_text="Other forms and abbreviations, one on each line: CP plan, child protection plans."
    )
    meaning = models.CharField(
        "what it means", max_length=300, help_text="One to three plain sentences, at most 300 characters."
    )
    source = models.CharField(max_length=200, blank=True, help_text="Such as: Children Act 1989, section 47.")
    owner = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who answers for it being right.",
    )
    checked_on = models.DateField("last checked", null=True, blank=True)
    is_marked = models.BooleanField(
        "explain it where it stands",
        default=True,
        help_text="On each page its first mention opens the meaning. Untick for a word that has everyday uses as well.",
    )

    class Meta:
        ordering = ["term"]
        verbose_name = "word explained"
        verbose_name_plural = "words explained"

    def __str__(self):
        return self.term

    @property
    def forms(self) -> list[str]:
        """The term and all that it is also called."""
        return [self.term, *lines(self.also_called)]

    @property
    def also_called_in_words(self) -> str:
        return ", ".join(lines(self.also_called))

    def clean(self):
        super().clean()
        if not slugify(self.term):
            raise ValidationError({"term": "Use letters: the word becomes an address."})
        mine = {form.casefold() for form in self.forms}
        for other in GlossaryTerm.objects.exclude(pk=self.pk):
            if taken := mine & {form.casefold() for form in other.forms}:
                field = "term" if self.term.casefold() in taken else "also_called"
                raise ValidationError({field: f"“{sorted(taken)[0]}” is explained already, at “{other.term}”."})

    def save(self, *args, **kwargs):
        self.slug = slugify(self.term)[:80]
        super().save(*args, **kwargs)


class PhraseToAvoid(models.Model):
    """Words that keep a reader out or make a person smaller, and better ones. Editors are told; nothing is blocked."""

    class Kind(models.TextChoices):
        PERSON_FIRST = "person-first", "Puts a label before a person"
        BLAME = "blame", "Blames or judges"
        JARGON = "jargon", "Only colleagues understand it"

    phrase = models.CharField(
        max_length=80,
        unique=True,
        help_text="As people write it. Capitals only count where there is nothing else: LAC.",
    )
    also = models.TextField("other forms", blank=True, help_text="One on each line: refused to engage, won’t engage.")
    better = models.CharField("better words", max_length=200)
    why = models.CharField(max_length=300, help_text="One sentence that convinces a colleague.")
    kind = models.CharField(max_length=14, choices=Kind)
    is_on = models.BooleanField("look for it", default=True)

    class Meta:
        ordering = ["phrase"]
        verbose_name = "phrase to avoid"
        verbose_name_plural = "phrases to avoid"

    def __str__(self):
        return self.phrase

    @property
    def forms(self) -> list[str]:
        return [self.phrase, *lines(self.also)]

    def clean(self):
        super().clean()
        if self.better.casefold().strip() == self.phrase.casefold().strip():
            raise ValidationError({"better": "These are the same words."})


class KnownWord(models.Model):
    """A short form or a name that points to nobody: CIN, GP, Barnardo’s. Forms do not ask whether it is a person."""

    word = models.CharField(
        max_length=60, unique=True, help_text="As it is written: CIN, EHCP, Barnardo’s. Not a name that people bear."
    )
    meaning = models.CharField("what it stands for", max_length=160, blank=True)

    class Meta:
        ordering = ["word"]
        verbose_name = "word that names nobody"
        verbose_name_plural = "words that name nobody"

    def __str__(self):
        return self.word
