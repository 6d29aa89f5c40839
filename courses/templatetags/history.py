"""What the audit trail kept of fields, as people read it."""

import datetime
import re
from typing import Any

from django import template

from courses.sessions.models import day
from courses.templatetags.dates import moment

register = template.Library()

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*[+-]\d\d:?\d\d")


@register.filter
def field(name: str) -> str:
    """A column's name in words; an address stays as it is."""
    return name if "@" in name else name.removesuffix("_id").replace("_", " ")


@register.filter
def kept(value: Any) -> str:
    """A value as it was kept: days and moments as people write them, yes or no, a dash for nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    if DAY.fullmatch(text):
        return day(datetime.date.fromisoformat(text))
    if MOMENT.fullmatch(text):
        return moment(datetime.datetime.fromisoformat(text))
    return text or "–"
