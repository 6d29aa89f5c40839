"""Announcements."""

from django.urls import path

from courses.classroom.announcements import views

urlpatterns = [
    path("teaching/<int:pk>/announcements/", views.announcements, name="announcements"),
    path("teaching/announcements/<int:pk>/", views.edit, name="announcement_edit"),
    path("teaching/announcements/<int:pk>/delete/", views.delete, name="announcement_delete"),
]
