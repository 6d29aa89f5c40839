"""The gradebook of a session, and a student's own scores."""

from django.urls import path

from grader.gradebook.cells.views import cell
from grader.gradebook.exchange.views import export, import_sheet
from grader.gradebook.figures.views import statistics
from grader.gradebook.grid.views import gradebook, total
from grader.gradebook.mine.views import my_grades, of_student
from grader.gradebook.posting.views import posting

urlpatterns = [
    path("grades/", my_grades, name="my_grades"),
    path("grades/<int:pk>/", my_grades, name="my_session_grades"),
    path("teaching/<int:pk>/gradebook/", gradebook, name="gradebook"),
    path("teaching/<int:pk>/gradebook/total/", total, name="gradebook_total"),
    path("teaching/<int:pk>/gradebook/post/", posting, name="gradebook_post"),
    path("teaching/<int:pk>/gradebook/statistics/", statistics, name="gradebook_statistics"),
    path("teaching/<int:pk>/gradebook/export/", export, name="gradebook_export"),
    path("teaching/<int:pk>/gradebook/import/", import_sheet, name="gradebook_import"),
    path("teaching/<int:pk>/gradebook/students/<int:student>/", of_student, name="gradebook_student"),
    path("teaching/<int:pk>/gradebook/<int:assignment>/<int:student>/", cell, name="gradebook_cell"),
]
