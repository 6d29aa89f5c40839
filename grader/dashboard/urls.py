"""The dashboards' pages: of grading and students for admins, of a session for its staff."""

from django.urls import path

from grader.dashboard import views
from grader.dashboard.session import views as session
from grader.dashboard.watching import views as watching

urlpatterns = [
    path("dashboard/grading/", views.grading, name="dashboard_grading"),
    path("dashboard/grading/submissions/", views.work, name="dashboard_submissions"),
    path("dashboard/students/", views.school, name="dashboard_students"),
    path("dashboard/students/at-risk/", views.at_risk, name="dashboard_at_risk"),
    path("teaching/figures/", session.side_by_side, name="teaching_figures"),
    path("teaching/<int:pk>/figures/", session.figures, name="session_figures"),
    path("teaching/<int:pk>/watch/", watching.watch_list, name="watch_list"),
    path("teaching/<int:pk>/watch/<int:student>/note/", watching.write, name="watch_note"),
    path("teaching/<int:pk>/watch/<int:student>/end/", watching.end, name="watch_end"),
]
