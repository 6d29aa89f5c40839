"""Running sessions."""

from django.urls import path

from courses.classroom.teaching import preview, views

urlpatterns = [
    path("teaching/", views.teaching, name="teaching"),
    path("teaching/new/", views.new, name="session_new"),
    path("teaching/<int:pk>/", views.overview, name="session_overview"),
    path("teaching/<int:pk>/state/", views.change_state, name="session_state"),
    path("teaching/<int:pk>/edit/", views.edit, name="session_edit"),
    path("teaching/<int:pk>/duplicate/", views.duplicate, name="session_duplicate"),
    path("teaching/<int:pk>/cancel/", views.cancel, name="session_cancel"),
    path("teaching/<int:pk>/preview/", preview.preview, name="session_preview"),
]
