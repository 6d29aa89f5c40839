"""Office hours."""

from django.urls import path

from courses.support.hours import views

urlpatterns = [
    path("courses/<slug:course>/sessions/<slug:session>/hours/", views.office_hours, name="office_hours"),
    path("office-hours/bookings/<int:pk>/cancel/", views.booking_cancel, name="booking_cancel"),
    path("teaching/<int:pk>/hours/", views.session_hours, name="session_hours"),
    path("teaching/hours/<int:pk>/", views.hour_edit, name="hour_edit"),
    path("teaching/hours/<int:pk>/cancel/", views.hour_cancel, name="hour_cancel"),
]
