"""Dates as people read them: {{ at|moment }} is “July 17, 2027, 6:00 PM (New York)”, in the reader's time zone."""

import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def moment(at: datetime.datetime) -> str:
    """A point in time in the reader's time zone, named by its city."""
    city = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return f"{date_format(timezone.localtime(at), 'F j, Y, g:i A')} ({city})"
