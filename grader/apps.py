from django.apps import AppConfig


class GraderConfig(AppConfig):
    """The examiner: exercises, submissions, reports."""

    name = "grader"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses import panels
        from grader.assignments.panels import exercises_of_lecture

        panels.register("lecture", exercises_of_lecture)
