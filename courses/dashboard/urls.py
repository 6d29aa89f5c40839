"""The dashboard's pages."""

from django.urls import path

from courses.dashboard import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/enrollments/", views.enrollments, name="dashboard_enrollments"),
    path("dashboard/payments/", views.payments, name="dashboard_payments"),
]
