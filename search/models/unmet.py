"""What people looked for and did not find, without saying who they are."""

from django.db import models


class Glimpse(models.Model):
    """That somebody looked for something, as two seals that nobody can read back: of the phrase, and of who typed it.

    The words themselves are kept only once three people have typed them; then the glimpses of that phrase are deleted.
    """

    phrase_seal = models.CharField(max_length=64, db_index=True)
    person_seal = models.CharField(max_length=64)
    seen_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phrase_seal", "person_seal"], name="one_glimpse_of_a_person")]

    def __str__(self):
        return self.phrase_seal[:8]


class UnmetSearch(models.Model):
    """A phrase that at least three people typed and that found nothing."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Dealt with"

    phrase = models.CharField(max_length=200, unique=True)
    times = models.PositiveIntegerField(default=0)
    last_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    note = models.CharField("what was done", max_length=200, blank=True)

    class Meta:
        ordering = ["-times", "phrase"]
        verbose_name_plural = "unmet searches"

    def __str__(self):
        return self.phrase


class FollowedBy(models.Model):
    """What people typed next, after an unmet search, that did find something."""

    unmet = models.ForeignKey(UnmetSearch, on_delete=models.CASCADE, related_name="refinements")
    phrase = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-times", "phrase"]
        constraints = [models.UniqueConstraint(fields=["unmet", "phrase"], name="one_row_for_a_refinement")]

    def __str__(self):
        return self.phrase


class Wish(models.Model):
    """What a reader hoped to find, in a few words of their own. Who wrote it is not kept, nor the hour."""

    text = models.CharField("what you wanted", max_length=300)
    searched_for = models.CharField(max_length=200, blank=True)
    written_on = models.DateField()
    done = models.BooleanField("dealt with", default=False)

    class Meta:
        ordering = ["-written_on", "-pk"]
        verbose_name_plural = "wishes"

    def __str__(self):
        return self.text[:60]
