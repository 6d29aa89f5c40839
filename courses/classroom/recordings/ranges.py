"""Which bytes of a file a request wants: the Range header (RFC 9110, section 14), one range at a time."""

import re
from dataclasses import dataclass

# So much is sent where a player asks for everything from a byte on; it asks again. A player that pauses would
# otherwise keep the thread that sends.
MOST = 4 * 2**20


class Unsatisfiable(Exception):
    """The range begins behind the end of the file."""


@dataclass(frozen=True)
class Span:
    """Bytes from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def span_of(header: str, size: int) -> Span | None:
    """The bytes that a Range header names in a file of `size` bytes; None where all are to be sent.

    That is so without a header, for another unit, for several ranges and for what is no range. Raises Unsatisfiable.
    """
    found = re.fullmatch(r"bytes[ \t]*=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", header, re.ASCII | re.IGNORECASE)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return _ending(int(last), size)
    span = Span(int(first), min(int(last), size - 1) if last else min(int(first) + MOST, size) - 1)
    if last and int(last) < int(first):
        return None
    if span.first >= size:
        raise Unsatisfiable
    return span


def _ending(length: int, size: int) -> Span:
    """The last bytes of a file. Raises Unsatisfiable."""
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Span(max(0, size - length), size - 1)
