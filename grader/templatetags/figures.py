"""`figures` of a number: three of them, however large or small it is."""

from django import template

register = template.Library()


@register.filter
def figures(value: float | None) -> str:
    """0.00302, 1.64e+303; a dash where there is no number."""
    return "–" if value is None else f"{value:.3g}"
