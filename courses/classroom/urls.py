"""The catalog, sessions, lectures and laboratories; running sessions, meetings, recordings, calendars."""

from django.urls import URLPattern, path

from courses.classroom import views
from courses.classroom.announcements import urls as announcements
from courses.classroom.calendar import urls as calendar
from courses.classroom.meetings import urls as meetings
from courses.classroom.recordings import urls as recordings
from courses.classroom.releases import urls as releases
from courses.classroom.teaching import urls as teaching

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/sessions/<slug:session>/", views.session, name="session"),
    path("courses/<slug:course>/lectures/<slug:lecture>/", views.lecture, name="lecture"),
    path("courses/<slug:course>/lectures/<slug:lecture>/read/", views.read, name="read"),
    path("courses/<slug:course>/lectures/<slug:lecture>/<slug:name>.svg", views.figure, name="figure"),
    path("laboratories/", views.laboratories, name="laboratories"),
    path("laboratories/<slug:slug>/", views.laboratory, name="laboratory"),
    *teaching.urlpatterns,
    *meetings.urlpatterns,
    *announcements.urlpatterns,
    *calendar.urlpatterns,
    *recordings.urlpatterns,
    *releases.urlpatterns,
]
