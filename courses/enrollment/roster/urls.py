"""Rosters."""

from django.urls import path

from courses.enrollment.roster import intake, views

urlpatterns = [
    path("teaching/<int:pk>/roster/", views.roster, name="roster"),
    path("teaching/<int:pk>/roster/roster.csv", views.export, name="roster_export"),
    path("teaching/<int:pk>/roster/write/", views.write, name="roster_write"),
    path("teaching/<int:pk>/roster/move/", views.move, name="roster_move"),
    path("teaching/<int:pk>/roster/add/", intake.add, name="roster_add"),
    path("teaching/<int:pk>/roster/import/", intake.import_sheet, name="roster_import"),
    path("teaching/<int:pk>/roster/<int:enrollment>/withdraw/", views.withdraw, name="roster_withdraw"),
]
