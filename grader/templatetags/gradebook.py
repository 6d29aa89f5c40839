"""Scores in templates."""

from django import template

from grader.gradebook.cells.typed import number
from grader.gradebook.words import lateness, percent

register = template.Library()
register.filter("lateness", lateness)


@register.filter("percent")
def percent_or_dash(value: float | str | None) -> str:
    """“85 %”; a dash where there is none, which a template may have as an empty text."""
    return percent(None if isinstance(value, str) else value)


@register.filter
def tenths(value: float | str | None) -> str:
    """“85.0 %”, always with one place, for columns; a dash where there is none."""
    return "–" if value is None or isinstance(value, str) else f"{value:.1f}\u00a0%"


@register.filter
def marks(value: float | None) -> str:
    """A number with at most two places; a dash for none."""
    return "–" if value is None else number(value)
