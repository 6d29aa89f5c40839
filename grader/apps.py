from django.apps import AppConfig


class GraderConfig(AppConfig):
    """The examiner: exercises, submissions, reports."""

    name = "grader"
    default_auto_field = "django.db.models.BigAutoField"
