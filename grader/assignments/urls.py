"""Assignments and extensions."""

from django.urls import path

from grader.assignments import extending, views

urlpatterns = [
    path("teaching/<int:pk>/assignments/", views.assignments, name="assignments"),
    path("teaching/<int:pk>/assignments/add/", views.add, name="assignments_add"),
    path("teaching/assignments/<int:pk>/", views.edit, name="assignment_edit"),
    path("teaching/assignments/<int:pk>/take-out/", views.take_out, name="assignment_take_out"),
    path("teaching/assignments/<int:pk>/put-back/", views.put_back, name="assignment_put_back"),
    path("teaching/assignments/<int:pk>/extensions/", extending.extensions, name="extensions"),
    path("teaching/extensions/<int:pk>/take-back/", extending.take_back, name="extension_take_back"),
]
