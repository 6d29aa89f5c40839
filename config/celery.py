"""The Celery application: a message is only a bell, the database is the queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("gradus")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "courses.people",
        "courses.enrollment",
        "courses.classroom",
        "courses.dashboard",
        "courses.support",
        "grader.submissions",
        "grader.gradebook",
    ]
)
