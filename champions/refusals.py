"""What cannot be done, in words."""


class NotPossible(Exception):
    """`words` say why and what to do next; `code` is for programs."""

    def __init__(self, code: str, words: str):
        super().__init__(words)
        self.code, self.words = code, words
