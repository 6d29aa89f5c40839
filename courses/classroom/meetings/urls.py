"""Timetables and attendance."""

from django.urls import path

from courses.classroom.meetings import register, views

urlpatterns = [
    path("teaching/<int:pk>/meetings/", views.timetable, name="timetable"),
    path("teaching/<int:pk>/meetings/new/", views.new, name="meeting_new"),
    path("teaching/<int:pk>/meetings/series/", views.new_series, name="meeting_series"),
    path("teaching/meetings/<int:pk>/", views.edit, name="meeting_edit"),
    path("teaching/meetings/<int:pk>/cancel/", views.cancel, name="meeting_cancel"),
    path("teaching/meetings/<int:pk>/attendance/", register.meeting_attendance, name="meeting_attendance"),
    path("teaching/<int:pk>/attendance/", register.attendance, name="attendance"),
    path("teaching/<int:pk>/attendance.csv", register.attendance_csv, name="attendance_csv"),
    path("meetings/<int:pk>/join/", views.join, name="join"),
]
