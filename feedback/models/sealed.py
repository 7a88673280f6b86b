"""What an anonymous form was told, while it waits for others: sealed, and apart from who it was that answered."""

import uuid

from django.db import models

from feedback.models.surveys import Survey


class SealedAnswers(models.Model):
    """What one person said in an anonymous form, sealed until enough others wait with it.

    Nothing in it can be read without the hub's secret key, which is not in the database. `feedback.answers.letting_in`
    opens it among others, in another transaction and in an order of chance.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sealed")
    box = models.BinaryField()
    # Written anew among the others that wait, so that neither its place nor its transaction tells when it came.
    stirred = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"A sealed answer to {self.survey}"


class AnsweredMark(models.Model):
    """That somebody has answered an anonymous form: kept so that nobody answers twice, until enough have answered.

    `token` stands for a person and cannot be turned into one without the hub's secret key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="marks")
    token = models.CharField(max_length=64)
    stirred = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["survey", "token"], name="one_mark_of_a_person")]

    def __str__(self):
        return f"Somebody answered {self.survey}"
