from django.apps import AppConfig


class GraderConfig(AppConfig):
    """The examiner: exercises, submissions, reports."""

    name = "grader"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses import panels
        from courses.classroom import progress
        from courses.classroom.calendar import appointments
        from courses.classroom.teaching import duplicating
        from courses.dashboard import frame as dashboards
        from courses.dashboard import report, rollups, tiles
        from courses.enrollment import frame
        from grader.assignments.calendar import due_dates
        from grader.assignments.duplicating import copy_assignments
        from grader.assignments.panels import assignments_to_duplicate, exercises_of_lecture
        from grader.dashboard.counted import GRADING, TIMES
        from grader.dashboard.report import lines_of
        from grader.dashboard.standing import DailyStandings
        from grader.dashboard.students import tiles_of_school
        from grader.gradebook.corrections.notices import regraded
        from grader.gradebook.requests import tab
        from grader.gradebook.rubric.panels import rubrics_to_meet
        from grader.submissions import changes
        from grader.submissions import panels as work
        from grader.submissions.progress import work_of

        frame.register(
            "Work",
            frame.Tab("assignments", "Assignments", "assignments"),
            frame.Tab("gradebook", "Gradebook", "gradebook"),
            frame.Tab("requests", "Requests", "regrade_requests", waiting=tab.waiting),
            frame.Tab("figures", "Figures", "session_figures"),
        )
        panels.register("lecture", exercises_of_lecture)
        panels.register("exercise", rubrics_to_meet)
        panels.register("session", work.work_of_session)
        panels.register("session preview", work.work_in_preview)
        panels.register("session duplicate", assignments_to_duplicate)
        panels.register("home", work.work_due)
        panels.register("top bar", work.due_in_top_bar)
        dashboards.register(
            dashboards.Tab("grading", "Grading", "dashboard_grading"),
            dashboards.Tab("students", "Students", "dashboard_students"),
        )
        tiles.register(tiles_of_school)
        rollups.register(GRADING)
        rollups.register(TIMES)
        rollups.register(DailyStandings())
        report.register(lines_of)
        duplicating.register(copy_assignments)
        appointments.register(due_dates)
        progress.register(work_of)
        changes.register(regraded)
