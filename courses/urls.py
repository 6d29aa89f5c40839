"""The school's pages."""

from django.urls import path

from courses.classroom import views as classroom
from courses.enrollment import views as enrollment
from courses.people import views as people
from courses.support import views as support

urlpatterns = [
    path("", classroom.home, name="home"),
    path("profile/", people.profile, name="profile"),
    path("courses/<slug:course>/", classroom.course, name="course"),
    path("courses/<slug:course>/sessions/<slug:session>/", enrollment.session, name="session"),
    path("courses/<slug:course>/sessions/<slug:session>/enroll/", enrollment.enroll, name="enroll"),
    path("courses/<slug:course>/sessions/<slug:session>/withdraw/", enrollment.withdraw, name="withdraw"),
    path("courses/<slug:course>/lectures/<slug:lecture>/", classroom.lecture, name="lecture"),
    path("courses/<slug:course>/lectures/<slug:lecture>/read/", classroom.read, name="read"),
    path("courses/<slug:course>/lectures/<slug:lecture>/<slug:name>.svg", classroom.figure, name="figure"),
    path("questions/", support.tickets, name="tickets"),
    path("questions/<int:pk>/", support.ticket, name="ticket"),
    path("laboratories/", classroom.laboratories, name="laboratories"),
    path("laboratories/<slug:slug>/", classroom.laboratory, name="laboratory"),
]
