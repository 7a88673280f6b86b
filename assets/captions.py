"""Captions of a film, as WebVTT: read to be sure that a player can show them. Pure: no Django.

Follows the W3C's WebVTT as far as an editor can get it wrong: the first line, the times, and words in every cue.
"""

import re
from dataclasses import dataclass

LARGEST = 1_000_000
"""Of bytes; the captions of a film of three hours are a fifth of it."""
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+.*)?")
NOT_SPOKEN = ("NOTE", "STYLE", "REGION")


class BadCaptions(ValueError):
    """No player could show these; the message says which line and what to do, in plain words."""


@dataclass(frozen=True)
class Cue:
    """One caption: from when to when, in seconds, and its words."""

    start: float
    end: float
    words: str


def read_captions(content: bytes) -> list[Cue]:
    """The cues of a WebVTT file in order; raises `BadCaptions`."""
    if len(content) > LARGEST:
        raise BadCaptions("This file is far larger than captions are. Is it the film itself?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCaptions("The words in it cannot be read. Save it as WebVTT in UTF-8.") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise BadCaptions("Line 1 must be the word WEBVTT. Files that end in .srt have to be saved as WebVTT first.")
    cues, earlier = [], 0.0
    for number, block in _blocks(lines):
        cue = _cue(number, block)
        if cue.start < earlier:
            raise BadCaptions(f"Line {number} starts before the caption above it. Put the captions in order of time.")
        earlier = cue.start
        cues.append(cue)
    if not cues:
        raise BadCaptions("There is not one caption in it.")
    return cues


def _blocks(lines: list[str]):
    """The number of the first line and the lines of each block that should be a caption."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
            continue
        heading = number - len(block) == 1
        if block and not heading and not re.match(rf"(?:{'|'.join(NOT_SPOKEN)})(?:\s|$)", block[0]):
            yield number - len(block), block
        elif heading and any("-->" in line for line in block):
            raise BadCaptions("Leave a line empty below WEBVTT, before the first caption.")
        block = []


def _cue(number: int, block: list[str]) -> Cue:
    if "-->" not in block[0] and "-->" in "".join(block[1:2]):
        number, block = number + 1, block[1:]  # the name of the caption stands above its times
    times = TIMES.fullmatch(block[0].strip())
    if not times:
        raise BadCaptions(f"Line {number} should give the times like this: 00:01.000 --> 00:04.000")
    parts = [int(part or 0) for part in times.groups()]
    start, end = (_seconds(*parts[:4]), _seconds(*parts[4:]))
    if end <= start:
        raise BadCaptions(f"The caption at line {number} ends before it starts.")
    words = " ".join(line.strip() for line in block[1:])
    if not words:
        raise BadCaptions(f"The caption at line {number} has no words.")
    return Cue(start, end, words)


def _seconds(hours: int, minutes: int, seconds: int, thousandths: int) -> float:
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
