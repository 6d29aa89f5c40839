"""Captions: is a text WebVTT (https://www.w3.org/TR/webvtt1/), and what is said in it when."""

import re
from dataclasses import dataclass

import webvtt

from courses.classroom.recordings.clock import clock

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"[ \t]*{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?")
# What may stand beside captions, each in a block of its own.
OTHER_BLOCKS = ("NOTE", "STYLE", "REGION")


class CaptionError(Exception):
    """A text is no WebVTT; the message says the line and what to write there."""


@dataclass(frozen=True)
class Said:
    """What is said from a second on."""

    seconds: int
    text: str

    @property
    def at(self) -> str:
        return clock(self.seconds)


def check(text: str) -> str:
    """The text as it is kept: without a byte-order mark, with plain line ends. Raises CaptionError."""
    text = text.removeprefix("\ufeff").replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise CaptionError(f"Line 1 is “{lines[0][:40]}”. A WebVTT file begins with WEBVTT, and an empty line.")
    captions, latest = 0, 0
    for number, block in blocks(lines):
        if block[0].split(maxsplit=1)[0] in OTHER_BLOCKS:
            continue
        at = 0 if "-->" in block[0] else 1
        if at >= len(block) or "-->" not in block[at]:
            raise CaptionError(
                f"Line {number}: “{block[0][:40]}” belongs to no caption. A caption begins with a line such as "
                "00:12.000 --> 00:15.500."
            )
        begin = start_of(block[at], number + at)
        if begin < latest:
            raise CaptionError(f"Line {number + at} begins before the caption above it. Put captions in their order.")
        captions, latest = captions + 1, begin
    if not captions:
        raise CaptionError("There is no caption in it. A caption is a line such as 00:12.000 --> 00:15.500, and text.")
    return text


def blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """What stands between empty lines below the header, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    inside = True  # The header goes on until the first empty line.
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            inside = False
        elif not inside or (number == 2 and "-->" in line):
            found.append((number, [line]))
            inside = True
        elif found:
            found[-1][1].append(line)
    return found


def start_of(line: str, number: int) -> int:
    """The millisecond at which a caption begins. Raises CaptionError where its line of times is none."""
    found = TIMING.fullmatch(line)
    if found is None:
        raise CaptionError(
            f"Line {number}: “{line[:60]}” are no times. Write minutes, seconds and thousandths, such as "
            "00:12.000 --> 00:15.500."
        )
    values = [int(part or 0) for part in found.groups()]
    begin, end = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (values[:4], values[4:]))
    if end <= begin:
        raise CaptionError(f"Line {number}: the caption ends before it begins. The later time comes second.")
    return begin


def transcript(text: str) -> list[Said]:
    """What captions say, in their order, without what styles them."""
    said = []
    for caption in webvtt.from_string(text).captions:
        words = " ".join(caption.text.split())
        if words:
            said.append(Said(int(caption.start_in_seconds), f"{caption.voice}: {words}" if caption.voice else words))
    return said
