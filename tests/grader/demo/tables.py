"""What tables hold, by SQL that both databases read alike; moments are compared here, since SQLite keeps them as text."""

import datetime
import zoneinfo
from collections import namedtuple
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db import connection

DAY = datetime.timedelta(days=1)


def read(sql: str) -> list[Any]:
    """The rows, their columns by name; moments (named …_at), days (…_on) and amounts as both databases mean them."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        kind = namedtuple("Row", [column[0] for column in cursor.description])  # noqa: PYI024
        meant = [meaning(name) for name in kind._fields]
        return [kind(*(mean(value) for mean, value in zip(meant, row, strict=True))) for row in cursor.fetchall()]


def meaning(column: str) -> Any:
    if column.endswith("_at"):
        return moment
    if column.endswith("_on"):
        return lambda value: datetime.date.fromisoformat(value) if isinstance(value, str) else value
    if column.startswith("amount"):
        return lambda value: Decimal(str(value)).quantize(Decimal("0.01"))
    return lambda value: float(value) if isinstance(value, Decimal) else value


def moment(value: Any) -> datetime.datetime | None:
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    return value and (value if value.tzinfo else value.replace(tzinfo=datetime.UTC))


def date_of(at: datetime.datetime) -> datetime.date:
    """The day by the school's clock."""
    return at.astimezone(zoneinfo.ZoneInfo(settings.SCHOOL_TIME_ZONE)).date()


def share(part: float, whole: float) -> int | None:
    """In percent."""
    return int((Decimal(100 * part) / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP)) if whole else None


def by(rows: list[Any], *columns: str) -> Mapping[Any, list[Any]]:
    """The rows by what stands in these columns; nothing where there are none."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        key = tuple(getattr(row, column) for column in columns)
        found.setdefault(key if len(columns) > 1 else key[0], []).append(row)
    return found
