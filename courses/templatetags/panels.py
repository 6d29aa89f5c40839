"""{% panel "lecture" request lecture %}: what others show at this place."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from courses import panels

register = template.Library()


@register.simple_tag
def panel(place: str, request: HttpRequest, subject: Any) -> SafeString:
    """All panels of a place, one after another."""
    return format_html_join("", "{}", ((html,) for html in panels.rendered(place, request, subject)))
