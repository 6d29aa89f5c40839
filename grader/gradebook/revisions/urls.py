"""The checks of an assignment."""

from django.urls import path

from grader.gradebook.revisions.views import checks

urlpatterns = [path("teaching/<int:pk>/assignments/<int:assignment>/checks/", checks, name="checks")]
