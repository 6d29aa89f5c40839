"""Places in a recording as people write them: 754 seconds are 12:34."""

import re

WRITTEN = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")


def clock(seconds: int) -> str:
    """12:34, or 1:02:03 from an hour on."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def seconds_of(text: str) -> int:
    """The seconds that 12:34, 1:02:03 or a bare 754 mean. Raises ValueError with what to write instead."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is no place in a recording. Write minutes and seconds, such as 12:34 or 1:02:03.")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if seconds > 59 or (hours and minutes > 59):
        raise ValueError(f"“{text}” has more than 59 seconds or minutes. Write it such as 12:34 or 1:02:03.")
    return hours * 3600 + minutes * 60 + seconds
