"""Asking an advisor."""

from django.urls import path

from courses.support.inquiries import views

urlpatterns = [path("inquiries/new/", views.inquire, name="inquiry_new")]
