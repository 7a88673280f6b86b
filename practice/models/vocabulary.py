"""The words that pages are described by. One table, one vocabulary a column value: a page's facets are one query."""

from django.db import models

from practice.models.base import PracticeRecord, PracticeRecordQuerySet


class Vocabulary(models.TextChoices):
    """Which list a term belongs to. The value is also the name of its address parameter."""

    NEED = "need", "Need"
    WITH = "with", "Who with"
    SETTING = "setting", "Where"
    METHOD = "method", "Method"
    STAGE = "stage", "Stage of the work"
    MATERIALS = "materials", "What to bring"
    ACCESS = "access", "Access"
    ROLE = "role", "Role"
    THEME = "theme", "Quality theme"


class Term(PracticeRecord):
    """One word or phrase of a vocabulary: "Child alone", "School", "Scaling"."""

    vocabulary = models.CharField(max_length=12, choices=Vocabulary, editable=False)
    label = models.CharField(max_length=80)
    slug = models.SlugField("address", max_length=60, help_text="How it stands in a web address.")
    gloss = models.CharField("in a few words", max_length=200, blank=True)
    description = models.TextField(blank=True, help_text="For a method or a quality theme: what it is, in plain words.")

    class Meta(PracticeRecord.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="one_term_for_an_address"),
            models.UniqueConstraint(fields=["vocabulary", "label"], name="one_term_for_a_label"),
        ]

    # Set by the proxies below, each of which is one vocabulary with its own screen in the CMS, in this order.
    of: Vocabulary | None = None
    menu_label = ""

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.vocabulary = self.of or self.vocabulary
        super().save(*args, **kwargs)


class TermManager(models.Manager.from_queryset(PracticeRecordQuerySet)):
    """The terms of one vocabulary."""

    def __init__(self, vocabulary):
        super().__init__()
        self.vocabulary = vocabulary

    def get_queryset(self):
        return super().get_queryset().filter(vocabulary=self.vocabulary)

    def deconstruct(self):
        return (False, "django.db.models.Manager", None, [], {})


class Need(Term):
    of = Vocabulary.NEED
    menu_label = "Needs"
    objects = TermManager(Vocabulary.NEED)

    class Meta:
        proxy = True
        verbose_name = "need"
        verbose_name_plural = "needs"


class WithWhom(Term):
    of = Vocabulary.WITH
    menu_label = "Who with"
    objects = TermManager(Vocabulary.WITH)

    class Meta:
        proxy = True
        verbose_name = "who the work is with"
        verbose_name_plural = "who the work is with"


class Setting(Term):
    of = Vocabulary.SETTING
    menu_label = "Where"
    objects = TermManager(Vocabulary.SETTING)

    class Meta:
        proxy = True
        verbose_name = "setting"
        verbose_name_plural = "settings"


class Method(Term):
    of = Vocabulary.METHOD
    menu_label = "Methods"
    objects = TermManager(Vocabulary.METHOD)

    class Meta:
        proxy = True
        verbose_name = "method"
        verbose_name_plural = "methods"


class Stage(Term):
    of = Vocabulary.STAGE
    menu_label = "Stages of the work"
    objects = TermManager(Vocabulary.STAGE)

    class Meta:
        proxy = True
        verbose_name = "stage of the work"
        verbose_name_plural = "stages of the work"


class Material(Term):
    of = Vocabulary.MATERIALS
    menu_label = "What to bring"
    objects = TermManager(Vocabulary.MATERIALS)

    class Meta:
        proxy = True
        verbose_name = "thing to bring"
        verbose_name_plural = "things to bring"


class AccessNeed(Term):
    of = Vocabulary.ACCESS
    menu_label = "Access"
    objects = TermManager(Vocabulary.ACCESS)

    class Meta:
        proxy = True
        verbose_name = "access need"
        verbose_name_plural = "access needs"


class PractitionerRole(Term):
    """A specialist of a joined-up team whose work a tool belongs to: the domestic abuse worker, the drug worker."""

    of = Vocabulary.ROLE
    menu_label = "Roles"
    objects = TermManager(Vocabulary.ROLE)

    class Meta:
        proxy = True
        verbose_name = "role in the team"
        verbose_name_plural = "roles in the team"


class QualityTheme(Term):
    """What audits and reviews of practice keep coming back to; the pages that carry it are what helps."""

    of = Vocabulary.THEME
    menu_label = "Quality themes"
    objects = TermManager(Vocabulary.THEME)

    class Meta:
        proxy = True
        verbose_name = "quality theme"
        verbose_name_plural = "quality themes"
