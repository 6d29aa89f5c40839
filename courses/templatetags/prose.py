"""Markdown in templates."""

from django import template
from django.utils.safestring import SafeString

from courses import markdown
from courses.catalog.models import Lecture
from courses.people import mail

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Markdown as safe HTML, with formulas as MathML."""
    return markdown.render(text)


@register.filter
def prose_inline(text: str) -> SafeString:
    """A line of Markdown as safe HTML, without a paragraph around it."""
    return markdown.render_inline(text)


@register.filter
def literal(value: object) -> SafeString:
    """What people typed, in a mail's template: a name that holds Markdown is that name, and no Markdown."""
    return SafeString(mail.literal(value))


@register.filter
def lecture_text(lecture: Lecture) -> SafeString:
    """A lecture's text, whose symbols explain themselves where they come first."""
    return markdown.render(lecture.body, lecture.symbols)
