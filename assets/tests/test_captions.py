"""Captions that no player could show are refused with the line and what to do."""

import pytest

from assets.captions import BadCaptions, read_captions

GOOD = """WEBVTT - a film

NOTE by hand
and checked

STYLE
::cue { color: white }

opening
00:01.000 --> 00:04.000 line:0
A door opens.
Rain.

01:00:05.500 --> 01:00:06.000
- Hello.
"""


def test_captions_as_editors_make_them_are_read():
    cues = read_captions(GOOD.replace("\n", "\r\n").encode("utf-8-sig"))
    assert [(cue.start, cue.end, cue.words) for cue in cues] == [
        (1, 4, "A door opens. Rain."),
        (3605.5, 3606, "- Hello."),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1 must be the word WEBVTT"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "Line 1 must be the word WEBVTT"),
        (b"WEBVTT\n", "not one caption"),
        (b"WEBVTT\n00:01.000 --> 00:02.000\nHello", "Leave a line empty below WEBVTT"),
        (b"WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHello", "Line 3 should give the times"),
        (b"WEBVTT\n\n00:01.000 --> 00:61.000\nHello", "Line 3 should give the times"),
        (b"WEBVTT\n\n00:03.000 --> 00:02.000\nHello", "ends before it starts"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "has no words"),
        (b"WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb", "Line 6 starts before"),
        (b"WEBVTT\n\nname\n", "Line 3 should give the times"),
        (b"WEBVTT\n\n\xff\xfe", "cannot be read"),
        (b"\x00\x00\x00\x18ftypmp42" * 100_000, "far larger than captions"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(content, words):
    with pytest.raises(BadCaptions, match=words):
        read_captions(content)
