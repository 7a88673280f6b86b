"""Where a film was taken, which phones write beside the pictures. Pure.

An MP4 is boxes in boxes. Those that hold what is known of the film are renamed to `free`, as an empty box is called:
nothing moves, so every picture stays where the film says it is.
"""

from collections.abc import Iterator
from typing import IO

TOLD = {b"udta", b"meta", b"uuid"}
"""Boxes of what is known: position, phone, name of the film, day."""
INTO = {b"moov", b"trak"}
MOST_BOXES = 10_000
HEAD, LONG_HEAD = 8, 16


def forget_place(film: IO[bytes]) -> None:
    """Take place, phone and names out of an open MP4, which must be readable and writable."""
    film.seek(0, 2)
    for at, kind in _boxes(film, 0, film.tell()):
        if kind in TOLD:
            film.seek(at + 4)
            film.write(b"free")
    film.seek(0)


def _boxes(film: IO[bytes], start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Where each box begins and what it is, the outer ones and those in which something is told; ends when damaged."""
    waiting, seen = [(start, end)], 0
    while waiting:
        at, until = waiting.pop()
        while at + HEAD <= until and seen < MOST_BOXES:
            seen += 1
            film.seek(at)
            head = film.read(LONG_HEAD)
            size, kind = int.from_bytes(head[:4], "big"), head[4:8]
            first = HEAD
            if size == 1:
                size, first = int.from_bytes(head[8:16], "big"), LONG_HEAD
            size = size or until - at
            if size < first:
                return
            yield at, kind
            if kind in INTO:
                waiting.append((at + first, min(at + size, until)))
            at += size
