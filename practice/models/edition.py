from django.db import models


class Edition(models.Model):
    """How often something has changed: a number that goes up with each change, one row a subject.

    Every process reads it once a request and keeps what it has drawn or looked up under it, so that a change counts
    at once everywhere and nothing needs to be told.
    """

    subject = models.CharField(max_length=30, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self):
        return f"{self.subject} {self.number}"
