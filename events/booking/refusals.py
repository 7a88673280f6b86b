"""What the gate says when something cannot be done: what happened, and what to do next. Pure."""


class NotPossible(Exception):
    """A booking, or a change of one, that cannot be made. `code` is for programs, the words are for people."""

    def __init__(self, code: str, words: str):
        super().__init__(words)
        self.code, self.words = code, words


class Busy(NotPossible):
    """So many people pressed at once that this one's turn did not come."""

    def __init__(self):
        super().__init__("busy", "The hub is very busy. Nothing was changed and no place was taken. Please try again.")


class NotThere(NotPossible):
    """What is asked for is not on the hub for this person: a screen answers as if it did not exist."""

    def __init__(self):
        super().__init__("not-there", "This event is not on the hub.")


class NotAllowed(NotPossible):
    """Somebody asks for what is another's to decide."""

    def __init__(self, words: str = "This is for somebody else to decide."):
        super().__init__("not-allowed", words)
