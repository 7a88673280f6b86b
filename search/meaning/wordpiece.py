"""Parting a text into the pieces that the sentence model knows (BERT's WordPiece, in lower case). Pure."""

import unicodedata
from pathlib import Path

MOST_PIECES = 256
LONGEST_WORD = 100
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"


class WordPiece:
    """The pieces of one vocabulary file, a piece on each line."""

    def __init__(self, vocabulary: Path):
        lines = vocabulary.read_text(encoding="utf-8").splitlines()
        self._number = {piece: number for number, piece in enumerate(lines)}

    def encode(self, text: str) -> list[int]:
        """The numbers of the text's pieces, between those for beginning and end; a long text is cut."""
        pieces = [piece for word in words(text[: 8 * MOST_PIECES]) for piece in self._pieces(word)]
        return [self._number[piece] for piece in (BEGIN, *pieces[: MOST_PIECES - 2], END)]

    def _pieces(self, word: str) -> list[str]:
        """The longest known beginning, then the longest known continuation, and so on."""
        if len(word) > LONGEST_WORD:
            return [UNKNOWN]
        pieces, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self._number:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return [UNKNOWN]
        return pieces


def words(text: str) -> list[str]:
    """Words in lower case without accents; every punctuation mark and every Chinese character is a word of its own."""
    spaced = []
    for sign in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(sign)
        if category == "Mn" or sign == "\x00" or sign == "\ufffd":
            continue
        if category.startswith("C") and not sign.isspace():
            continue
        alone = category.startswith("P") or (
            sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " "
        )
        spaced.append(f" {sign} " if alone or "\u4e00" <= sign <= "\u9fff" else " " if sign.isspace() else sign)
    return "".join(spaced).split()
