"""When lectures open."""

from django.urls import path

from courses.classroom.releases import views

urlpatterns = [path("teaching/<int:pk>/lectures/", views.releases, name="session_lectures")]
