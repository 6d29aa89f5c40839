#!/usr/bin/env python
"""Gradus's command line."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # Production is what nobody has said anything else about.
        aside = "" if "GRADUS_ENV" in os.environ else " To work on this machine alone: export GRADUS_ENV=development"
        sys.exit(f"{str(error).rstrip('.')}.{aside}")
