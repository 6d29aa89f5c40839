from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The school: what is taught, when, to whom."""

    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses import panels
        from courses.classroom.calendar import appointments
        from courses.dashboard import rollups
        from courses.dashboard.counted import ENROLLMENTS, REVENUE
        from courses.enrollment import endings, frame
        from courses.support.hours.calendar import appointments_of
        from courses.support.hours.endings import end_bookings
        from courses.support.hours.panels import next_of_person, next_of_session

        rollups.register(ENROLLMENTS)
        rollups.register(REVENUE)
        frame.register("Classes", frame.Tab("hours", "Office hours", "session_hours"))
        panels.register("session", next_of_session)
        panels.register("home", next_of_person)
        appointments.register(appointments_of)
        endings.register(end_bookings)
