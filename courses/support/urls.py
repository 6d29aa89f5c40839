"""Questions and answers."""

from django.urls import path

from courses.support import views

urlpatterns = [
    path("questions/", views.tickets, name="tickets"),
    path("questions/<int:pk>/", views.ticket, name="ticket"),
]
