"""The school's pages."""

from django.urls import path

from courses.classroom import views as classroom
from courses.enrollment import views as enrollment

urlpatterns = [
    path("", enrollment.home, name="home"),
    path("courses/<slug:course>/", enrollment.course, name="course"),
    path("courses/<slug:course>/sessions/<slug:session>/", enrollment.session, name="session"),
    path("courses/<slug:course>/sessions/<slug:session>/enroll/", enrollment.enroll, name="enroll"),
    path("courses/<slug:course>/sessions/<slug:session>/withdraw/", enrollment.withdraw, name="withdraw"),
    path("courses/<slug:course>/lectures/<slug:lecture>/", classroom.lecture, name="lecture"),
]
