"""Rubrics and marks."""

from django.urls import path

from grader.gradebook.rubric import views
from grader.gradebook.rubric.desk import desk

urlpatterns = [
    path("teaching/<int:pk>/assignments/<int:assignment>/rubric/", views.rubric, name="rubric"),
    path("teaching/<int:pk>/assignments/<int:assignment>/mark/", views.marks, name="marks"),
    path("teaching/<int:pk>/assignments/<int:assignment>/mark/<int:student>/", desk, name="mark"),
    path("teaching/criteria/<int:pk>/", views.edit, name="criterion_edit"),
    path("teaching/criteria/<int:pk>/move/", views.move, name="criterion_move"),
    path("teaching/criteria/<int:pk>/delete/", views.delete, name="criterion_delete"),
]
