from django.apps import AppConfig


class GraderConfig(AppConfig):
    """The examiner: exercises, submissions, reports."""

    name = "grader"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses import panels
        from courses.classroom import progress
        from grader.assignments.panels import exercises_of_lecture
        from grader.submissions.progress import work_of

        panels.register("lecture", exercises_of_lecture)
        progress.register(work_of)
