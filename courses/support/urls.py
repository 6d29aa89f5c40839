"""Questions and answers, and inquiries of visitors."""

from django.urls import path

from courses.support import views
from courses.support.hours import urls as hours
from courses.support.inquiries import urls as inquiries

urlpatterns = [
    path("questions/", views.tickets, name="tickets"),
    path("questions/new/", views.new, name="question_new"),
    path("questions/<int:pk>/", views.ticket, name="ticket"),
    path("questions/<int:pk>/assign/", views.assign, name="question_assign"),
    path("questions/<int:pk>/close/", views.close, name="question_close"),
    path("questions/<int:pk>/reopen/", views.reopen, name="question_reopen"),
    path("questions/files/<int:pk>/", views.file, name="question_file"),
    *inquiries.urlpatterns,
    *hours.urlpatterns,
]
