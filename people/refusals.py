"""Why something is not done: the ways in which a verb says no, whichever room it stands in."""

from django.http import Http404


class NotPossible(Exception):
    """It cannot be done as things stand; `words` say why, and what to do next: a screen shows them.

    `code` is for programs, where one of several reasons is met in another way.
    """

    def __init__(self, words: str, *, code: str = ""):
        super().__init__(words)
        self.words, self.code = words, code


class NotAllowed(NotPossible):
    """It is another's to decide, and whoever asks may know that it is there."""

    def __init__(self, words: str = "This is for somebody else to decide."):
        super().__init__(words, code="not-allowed")


class NotThere(Http404):
    """For this person it does not exist: a screen that says nothing else answers that nothing is there."""
