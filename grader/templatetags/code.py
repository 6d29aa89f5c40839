"""`code` in messages: what stands between backticks is shown as code, everything else as it is."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def code(text: str) -> SafeString:
    return SafeString(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))
