"""What the gate alone has to say when something cannot be done."""

from people.refusals import NotPossible


class Busy(NotPossible):
    """So many people pressed at once that this one's turn did not come."""

    def __init__(self):
        words = "The hub is very busy. Nothing was changed and no place was taken. Please try again."
        super().__init__(words, code="busy")
