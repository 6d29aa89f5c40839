"""Scores as people type them: points, or percent of full marks."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError

TYPED = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,10})?) ?(%?)")
CENT = Decimal("0.01")


def number(value: float | Decimal) -> str:
    """A number with at most two places: 18.5."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points_of(text: str, of: float) -> Decimal | None:
    """The points of `of` that the text says, in hundredths; None where it says nothing. Raises ValidationError.

    A comma parts the places as well as a point does; 85 % are 85 hundredths of full marks.
    """
    text = " ".join(text.split())
    if not text:
        return None
    found = TYPED.fullmatch(text)
    if found is None:
        raise ValidationError(f"“{text[:40]}” is no score. Write points such as 12.5, or percent such as 85 %.")
    given, full = Decimal(found[1].replace(",", ".")), Decimal(str(round(of, 2)))
    if not full:
        raise ValidationError("There are no marks to be had for this assignment.")
    points = given * full / 100 if found[2] else given
    if points > full:
        raise ValidationError(f"{text} is above full marks, which are {number(full)}.")
    return points.quantize(CENT)
