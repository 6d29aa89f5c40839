"""How long things take, in buckets that may be added: of days, of exercises, of flavors.

A bucket ends at a power of ten to a tenth: …, 1, 1.26, 1.58, 2, … seconds. So quantiles over any range come out of
few numbers, to within 12 percent, which charts say.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, FloatField, IntegerField, Value
from django.db.models.functions import Cast, Ceil, Greatest, Least, Ln

PER_DECADE = 10
# A hundredth of a second, and a million seconds: all that is shorter, or longer, falls into the buckets at the ends.
FIRST, LAST = -2 * PER_DECADE, 6 * PER_DECADE
LN_10 = 2.302585092994046
PRECISION = "Read from buckets, each a quarter wider than the one before: right to within 12 %."


def bucket_of(field: str) -> Any:
    """The bucket of a column of seconds, for a query."""
    seconds = Greatest(F(field), Value(10 ** ((FIRST - 0.5) / PER_DECADE)), output_field=FloatField())
    place = Ceil(Ln(seconds, output_field=FloatField()) * Value(PER_DECADE / LN_10), output_field=FloatField())
    return Least(Cast(place, IntegerField()), Value(LAST), output_field=IntegerField())


def ends_at(bucket: int) -> float:
    """The seconds at which a bucket ends."""
    return float(10 ** (bucket / PER_DECADE))


def quantile(numbers: Mapping[int, int], share: float) -> float | None:
    """The seconds within which this share of all was done; None of nothing.

    numbers : by bucket, how many fell into it. The middle of the bucket is told, as ratios go.
    """
    total, passed = sum(numbers.values()), 0
    for bucket in sorted(numbers):
        passed += numbers[bucket]
        if passed >= share * total:
            return float(10 ** ((bucket - 0.5) / PER_DECADE))
    return None


def added(*numbers: Mapping[int, int]) -> dict[int, int]:
    """Several as one."""
    sums: dict[int, int] = {}
    for each in numbers:
        for bucket, number in each.items():
            sums[bucket] = sums.get(bucket, 0) + number
    return sums


def words_of_seconds(seconds: float | None) -> str:
    """As people say it: “0.4 s”, “12 s”, “3 min”, “2.5 h”."""
    if seconds is None:
        return "–"
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= length:
            number = seconds / length
            return f"{number:.0f} {unit}" if number >= 10 else f"{number:.1f} {unit}"
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s" if seconds >= 0.1 else f"{seconds:.2f} s"
