"""Invitations, for admins to look at; they are sent and withdrawn on the page of people who teach."""

from django.contrib import admin

from courses.enrollment.invitations.models import Invitation
from courses.people.admin import ReadOnlyAdmin


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "role", "instructor", "answer", "invited_by", "invited_at", "expires_at", "accepted_by"]
    list_filter = ["role"]
    list_select_related = ["instructor", "invited_by", "accepted_by"]
    search_fields = ["email"]
    fields = ["email", "role", "instructor", "sessions", "invited_by", "invited_at", "expires_at", "accepted_by"]
    # Its page has a button that accepts it, as whoever looks.
    view_on_site = False

    @admin.display(description="state")
    def answer(self, invitation: Invitation) -> str:
        return invitation.state.label
