"""Invitations and staff."""

from django.urls import path

from courses.enrollment.invitations import views

urlpatterns = [
    path("people/", views.invitations, name="invitations"),
    path("people/invitations/<int:pk>/resend/", views.resend, name="invitation_resend"),
    path("people/invitations/<int:pk>/withdraw/", views.withdraw, name="invitation_withdraw"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("teaching/<int:pk>/staff/", views.session_staff, name="session_staff"),
    path("teaching/<int:pk>/staff/assistants/<int:person>/remove/", views.remove_assistant, name="staff_remove"),
    path("teaching/<int:pk>/staff/instructors/", views.assign, name="staff_assign"),
    path("teaching/<int:pk>/staff/instructors/<int:instructor>/remove/", views.unassign, name="staff_unassign"),
]
