"""{{ progress.states|of:lecture.pk }}: a value by its key, or nothing."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[int, Any] | str, key: int) -> Any:
    """The key's value; "" where there are no values, or none for the key."""
    return values.get(key, "") if isinstance(values, Mapping) else ""
