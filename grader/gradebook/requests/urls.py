"""Requests to look at a score again."""

from django.urls import path

from grader.gradebook.requests import views

urlpatterns = [
    path("assignments/<int:pk>/regrade/", views.ask, name="regrade_ask"),
    path("regrade-requests/<int:pk>/withdraw/", views.withdraw, name="regrade_withdraw"),
    path("teaching/<int:pk>/requests/", views.queue, name="regrade_requests"),
    path("teaching/requests/<int:pk>/answer/", views.answer, name="regrade_answer"),
]
