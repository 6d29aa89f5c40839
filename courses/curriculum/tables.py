"""TOML tables that know the line of each key, so that an author is told where to look."""

import datetime
import re
import tomllib
import zoneinfo
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from courses import markdown

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"\s*\"?([^\s\"=]+)\"?\s*=\s*(.*)")
HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?")
MULTILINE_QUOTES = ('"""', "'''")


class ContentError(Exception):
    """A content file that cannot be used: which one, on which line (0: the whole of it), and why."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}" if line else f"{file}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """Where something stands: its file, its first line, and the lines of its keys, counted from 1."""

    file: Path
    line: int
    key_lines: Mapping[str, int]

    def error(self, reason: str, key: str = "") -> ContentError:
        return ContentError(self.file, self.key_lines.get(key, self.line), reason)


class Table:
    """One TOML table. Each method reads a key and checks it; `close` refuses keys that nobody read."""

    def __init__(self, values: dict[str, Any], source: Source) -> None:
        self.values = values
        self.source = source
        self.read: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """A string; one that must not be empty when there is no default."""
        value: str = self._value(key, str, "a text in quotes", default)
        if default is None and not value.strip():
            raise self.source.error(f"“{key}” is empty", key)
        return value.strip()

    def markdown(self, key: str, default: str | None = None) -> str:
        """Markdown whose formulas can be shown."""
        text = self.text(key, default)
        for flaw in markdown.flaws(text):
            raise self.source.error(f"in “{key}” {flaw.reason}", key)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of Markdown texts, () when the key is missing."""
        values = self._value(key, list, 'a list such as ["one", "two"]', [])
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.source.error(f"“{key}” has {value!r}, expected a text in quotes", key)
            for flaw in markdown.flaws(value):
                raise self.source.error(f"in “{key}” {flaw.reason}", key)
        return tuple(values)

    def meanings(self, key: str) -> dict[str, str]:
        """A table of symbols, each with its meaning in Markdown; {} when the key is missing."""
        values: dict[str, Any] = self._value(key, dict, "a table of symbols and texts", {})
        return {symbol: meaning(symbol, text, self.source) for symbol, text in values.items()}

    def slug(self, key: str) -> str:
        value = self.text(key)
        check_slug(value, self.source, key)
        return value

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in options:
            raise self.source.error(f"“{key}” is “{value}”, expected one of {', '.join(options)}", key)
        return value

    def time_zone(self, key: str) -> str:
        value = self.text(key)
        if value not in zoneinfo.available_timezones():
            raise self.source.error(f"“{value}” is no IANA time zone; write one such as America/New_York", key)
        return value

    def flag(self, key: str, default: bool) -> bool:
        value: bool = self._value(key, bool, "true or false", default)
        return value

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number of at least 1."""
        value: int = self._value(key, int, "a whole number", default)
        if isinstance(value, bool) or value < 1:
            raise self.source.error(f"“{key}” is {self.values[key]}, expected a whole number from 1 on", key)
        return value

    def optional_count(self, key: str) -> int | None:
        """A whole number of at least 1; None when the key is missing."""
        self.read.add(key)
        return self.count(key) if key in self.values else None

    def price(self, key: str) -> Decimal | None:
        """An amount of money, such as 9999 or 149.50; None when the key is missing."""
        self.read.add(key)
        if key not in self.values:
            return None
        value = self._value(key, (int, Decimal), "an amount such as 9999 or 149.50", None)
        amount = Decimal(value)
        if isinstance(value, bool) or not amount.is_finite() or amount < 0 or amount != round(amount, 2):
            raise self.source.error(f"“{key}” is {value}, expected an amount such as 9999 or 149.50", key)
        return amount

    def date(self, key: str) -> datetime.date:
        value: datetime.date = self._value(key, datetime.date, "a date such as 2027-01-11 without quotes", None)
        if isinstance(value, datetime.datetime):
            raise self.source.error(f"“{key}” has a time of day, expected a date such as 2027-01-11", key)
        return value

    def slugs(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of slugs, none of them twice."""
        values = self._value(key, list, 'a list such as ["one", "two"]', default)
        for value in values:
            check_slug(value, self.source, key)
        for value in values:
            if values.count(value) > 1:
                raise self.source.error(f"“{value}” stands twice in “{key}”", key)
        return tuple(values)

    def close(self) -> None:
        """Refuse what no method read: most likely a key's name is misspelled."""
        for key in self.values:
            if key not in self.read:
                raise self.source.error(f"“{key}” is no key known here; known are {', '.join(sorted(self.read))}", key)

    def _value(self, key: str, kind: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self.read.add(key)
        if key not in self.values:
            if default is None:
                raise self.source.error(f"the key “{key}” is missing; write {key} = {expected}")
            return default
        value = self.values[key]
        if not isinstance(value, kind):
            raise self.source.error(f"“{key}” is {value!r}, expected {expected}", key)
        return value


def meaning(symbol: str, text: object, source: Source) -> str:
    """What a symbol means, in Markdown whose formulas can be shown. Raises ContentError."""
    if not isinstance(text, str) or not text.strip():
        raise source.error(f"“{symbol}” is {text!r}, expected a text that says what it means", symbol)
    for flaw in markdown.flaws(text):
        raise source.error(f"in “{symbol}” {flaw.reason}", symbol)
    return text


def check_slug(value: object, source: Source, key: str = "") -> None:
    """Refuse what is no slug: lower-case words and numbers joined by hyphens."""
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        raise source.error(f"{value!r} is no slug; write one such as back-propagation", key)


def read_text(file: Path) -> str:
    """The file's text. Raises ContentError where it is not UTF-8."""
    content = file.read_bytes()
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ContentError(file, line, "the file is not UTF-8") from error


def parse(
    file: Path, text: str, *, arrays: Collection[str] = (), first_line: int = 1
) -> tuple[Table, dict[str, list[Table]]]:
    """The keys at the top of a TOML text, and its [[arrays]] of tables by name.

    `first_line` is the line of the file on which the text begins. Raises ContentError.
    """
    try:
        # Decimal keeps an amount such as 149.50 exact.
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        raise ContentError(file, line + first_line - 1, f"no TOML: {error}") from error
    blocks = _blocks(file, text, first_line)
    tables: dict[str, list[Table]] = {}
    for name in arrays:
        sources = [source for header, source in blocks if header == name]
        items = values.pop(name, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise blocks[0][1].error(f"“{name}” is no list of tables; begin each with [[{name}]]", name)
        if len(items) != len(sources):
            raise blocks[0][1].error(f"write each entry of “{name}” as a table that begins with [[{name}]]")
        tables[name] = [Table(item, source) for item, source in zip(items, sources, strict=True)]
    return Table(values, blocks[0][1]), tables


def _blocks(file: Path, text: str, first_line: int) -> list[tuple[str, Source]]:
    """The text's tables in order, each with its header's name and its keys' lines; the first has none."""
    top_lines: dict[str, int] = {}
    key_lines = top_lines
    blocks = [("", Source(file, first_line, top_lines))]
    open_quotes = ""
    for number, line in enumerate(text.splitlines(), start=first_line):
        if open_quotes:
            if open_quotes in line:
                open_quotes = ""
        elif header := HEADER.fullmatch(line.split("#")[0].rstrip()):
            key_lines = {}
            blocks.append((header[1], Source(file, number, key_lines)))
            top_lines.setdefault(header[1], number)
        elif key := KEY.match(line):
            key_lines.setdefault(key[1], number)
            for quotes in MULTILINE_QUOTES:
                if key[2].startswith(quotes) and key[2].count(quotes) == 1:
                    open_quotes = quotes
    return blocks
