"""Recordings in templates."""

from django import template

from courses.classroom.recordings.clock import clock

register = template.Library()
register.filter("clock", clock)
