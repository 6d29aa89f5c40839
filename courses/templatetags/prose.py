"""Markdown in templates."""

from django import template
from django.utils.safestring import SafeString

from courses import markdown

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Markdown as safe HTML, with formulas as MathML."""
    return markdown.render(text)
