"""People's own pages."""

from django.urls import path

from courses.people import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/mail/", views.mail_preferences, name="mail_preferences"),
    path("mail/off/<str:token>/", views.mute_mail, name="mute_mail"),
]
