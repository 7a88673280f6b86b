"""Why something is not done: the two ways in which a verb says no, whichever room it stands in."""


class NotPossible(Exception):
    """It cannot be done as things stand; `words` say why, and what to do next. A screen shows them."""

    def __init__(self, words: str):
        super().__init__(words)
        self.words = words


class NotAllowed(Exception):
    """It is not this person's to do. To them it does not exist: a screen answers that nothing is there."""
