"""The examiner's pages."""

from django.urls import path

from grader.health import health
from grader.submissions import questions
from grader.submissions import views as submissions

urlpatterns = [
    path("health/", health, name="health"),
    path("exercises/<slug:slug>/", submissions.exercise, name="exercise"),
    path("exercises/<slug:slug>/run/", submissions.run, name="run"),
    path("exercises/<slug:slug>/ask/", questions.ask_about_exercise, name="ask_about_exercise"),
    path("submissions/", submissions.my_submissions, name="my_submissions"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/ask/", questions.ask_about_submission, name="ask_about_submission"),
    path("submissions/<int:pk>/cancel/", submissions.cancel, name="cancel"),
]
