"""Seats, orders, waiting lists, rosters, invitations and the trail of changes."""

from django.urls import URLPattern, path

from courses.enrollment import views
from courses.enrollment.history import urls as history
from courses.enrollment.invitations import urls as invitations
from courses.enrollment.orders import urls as orders
from courses.enrollment.roster import urls as roster
from courses.enrollment.waiting import urls as waiting

urlpatterns: list[URLPattern] = [
    path("courses/<slug:course>/sessions/<slug:session>/enroll/", views.enroll, name="enroll"),
    path("courses/<slug:course>/sessions/<slug:session>/withdraw/", views.withdraw, name="withdraw"),
    path("courses/<slug:course>/sessions/<slug:session>/transfer/", views.move, name="transfer"),
    *orders.urlpatterns,
    *waiting.urlpatterns,
    *roster.urlpatterns,
    *invitations.urlpatterns,
    *history.urlpatterns,
]
