"""Waiting lists."""

from django.urls import path

from courses.enrollment.waiting import views

urlpatterns = [
    path("courses/<slug:course>/sessions/<slug:session>/seat/accept/", views.accept_seat, name="accept_seat"),
    path("courses/<slug:course>/sessions/<slug:session>/waiting/leave/", views.leave_waiting, name="leave_waiting"),
    path("teaching/<int:pk>/waiting/", views.waiting_list, name="waiting_list"),
]
