"""Calendars."""

from django.urls import path

from courses.classroom.calendar import views

urlpatterns = [
    path("profile/calendar/", views.calendar, name="calendar"),
    path("calendar/<slug:token>.ics", views.feed, name="calendar_feed"),
    path(
        "courses/<slug:course>/sessions/<slug:session>/timetable.ics", views.session_calendar, name="session_calendar"
    ),
]
