from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The school: what is taught, when, to whom."""

    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"
