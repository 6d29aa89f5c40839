"""The trail of what staff changed."""

from django.urls import path

from courses.enrollment.history import views

urlpatterns = [
    path("history/", views.history, name="history"),
    path("teaching/<int:pk>/history/", views.session_history, name="session_history"),
]
