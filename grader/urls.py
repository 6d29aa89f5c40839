"""The examiner's pages."""

from django.urls import URLPattern, path

from grader.assignments import urls as assignments
from grader.dashboard import urls as dashboard
from grader.gradebook import page
from grader.gradebook import urls as gradebook
from grader.gradebook.comments import urls as comments
from grader.gradebook.requests import urls as requests
from grader.gradebook.revisions import urls as revisions
from grader.gradebook.rubric import urls as rubric
from grader.health import health
from grader.submissions import questions
from grader.submissions import views as submissions

urlpatterns: list[URLPattern] = [
    path("health/", health, name="health"),
    path("exercises/<slug:slug>/", submissions.exercise, name="exercise"),
    path("exercises/<slug:slug>/run/", submissions.run, name="run"),
    path("exercises/<slug:slug>/ask/", questions.ask_about_exercise, name="ask_about_exercise"),
    path("submissions/", page.my_submissions, name="my_submissions"),
    path("submissions/<int:pk>/", page.submission, name="submission"),
    path("submissions/<int:pk>/ask/", questions.ask_about_submission, name="ask_about_submission"),
    path("submissions/<int:pk>/cancel/", submissions.cancel, name="cancel"),
    *assignments.urlpatterns,
    *comments.urlpatterns,
    *rubric.urlpatterns,
    *requests.urlpatterns,
    *gradebook.urlpatterns,
    *revisions.urlpatterns,
    *dashboard.urlpatterns,
]
