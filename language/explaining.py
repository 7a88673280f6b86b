"""Marking words in drawn HTML: words that are explained, for readers; phrases to avoid, for an editor who looks.

Works on the HTML that templates have drawn, so that it holds for every page type, and only between tags. Asks the
database nothing. What it returns is as well-formed as what it was given.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from practice.plain_words import ExplainedWord, PlainWords

TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.S)
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
CLASS = re.compile(r'\bclass="([^"]*)"')
PARAGRAPH = re.compile(r"<p((?:\s[^>]*)?)>(.*?)</p>", re.S)
SENTENCE = re.compile(r"(?<=[.!?])[”’)]?\s+")
VOID = {"br", "img", "input", "hr", "source", "track", "wbr", "use", "path", "circle", "rect", "meta", "link", "col"}
NEVER = {"script", "style", "svg", "textarea", "select", "pre", "code", "title"}
# A mark inside a link or a button would be a control in a control; a heading is read as a whole.
NOT_EXPLAINED_IN = NEVER | {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "label", "nav", "form", "th"}
# What somebody could say aloud stays as it is said, and a card is one large link.
NOT_EXPLAINED_IN_CLASSES = {"words", "card", "notice", "facts"}
EXPLAINED_IN = {"p", "li"}


def explain(html: str, lists: PlainWords) -> tuple[str, list[ExplainedWord]]:
    """The first mention of each word becomes a button that opens its meaning; also says which words those are."""
    if lists.word_pattern is None or not lists.word_pattern.search(html):
        return html, []
    used: dict[str, ExplainedWord] = {}

    def one(match: re.Match) -> str:
        word = lists.word(unescape(match[0]))
        if word is None or word.slug in used:
            return match[0]
        used[word.slug] = word
        return (
            f'<button class="explained" type="button" popovertarget="word-{word.slug}" aria-haspopup="dialog">'
            f"{match[0]}</button>"
        )

    def is_text(names: list[str], classes: set[str]) -> bool:
        inside = set(names)
        return bool(inside & EXPLAINED_IN) and not inside & NOT_EXPLAINED_IN and not classes & NOT_EXPLAINED_IN_CLASSES

    return _between_tags(html, lambda text: lists.word_pattern.sub(one, text), is_text), list(used.values())


def mark_phrases(html: str, lists: PlainWords) -> str:
    """Every phrase to avoid as `<mark data-avoid="its key">`, for the checks in the editor."""
    if lists.phrase_pattern is None:
        return html

    def one(match: re.Match) -> str:
        phrase = lists.phrase(unescape(match[0]))
        return f'<mark data-avoid="{phrase.pk}">{match[0]}</mark>' if phrase else match[0]

    return _between_tags(html, lambda text: lists.phrase_pattern.sub(one, text), lambda names, _: not NEVER & {*names})


def mark_long_sentences(html: str, *, most: int) -> str:
    """Paragraphs that hold a sentence of more words than that get `data-long-sentence`, with how many words."""

    def one(match: re.Match) -> str:
        sentences = SENTENCE.split(unescape(TAG.sub("", match[2])))
        words = max(len(sentence.split()) for sentence in sentences)
        return f'<p{match[1]} data-long-sentence="{words}">{match[2]}</p>' if words > most else match[0]

    return PARAGRAPH.sub(one, html)


def _between_tags(html: str, change: Callable[[str], str], wanted: Callable[[list[str], set[str]], bool]) -> str:
    pieces, opened = [], []
    for piece in TAG.split(html):
        if not piece.startswith("<"):
            names = [name for name, _ in opened]
            classes = {one for _, several in opened for one in several}
            pieces.append(change(piece) if piece.strip() and wanted(names, classes) else piece)
            continue
        pieces.append(piece)
        if not (name := NAME.match(piece)):
            continue
        tag = name[1].lower()
        if piece.startswith("</"):
            while opened and opened.pop()[0] != tag:
                pass
        elif tag not in VOID and not piece.endswith("/>"):
            found = CLASS.search(piece)
            opened.append((tag, found[1].split() if found else []))
    return "".join(pieces)


def meanings(words: list[ExplainedWord], address: str) -> str:
    """What the buttons open, to stand after the text: a term, its meaning, the way to all words."""
    return "".join(
        f'<div class="explanation box" popover id="word-{word.slug}"><p><strong>{escape(word.term)}</strong></p>'
        f"<p>{escape(word.meaning)}</p>"
        f'<p class="small"><a href="{address}#{word.slug}">All words explained</a></p></div>'
        for word in words
    )
