"""Sessions, for admins."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from courses.people.admin import AuditedAdmin, ReadOnlyAdmin
from courses.people.models import User
from courses.sessions.models import Session, SessionRefused
from courses.sessions.releases import LectureRelease


@admin.register(Session)
class SessionAdmin(AuditedAdmin):
    """Facts are edited here; a session is canceled on its own page, which says what follows."""

    list_display = ["course", "where", "starts_on", "ends_on", "seats_taken", "seats", "get_state_display"]
    list_filter = ["published", "modality", "course"]
    list_select_related = ["course"]
    search_fields = ["slug", "place", "course__title"]
    date_hierarchy = "starts_on"
    ordering = ["-starts_on", "-pk"]
    autocomplete_fields = ["course", "instructors", "assistants"]
    readonly_fields = ["published", "seats_taken", "closed_at", "canceled_at"]
    actions = ["publish", "unpublish"]
    model_notes = True

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Session | None:
        """What is saved is first read anew, and kept from others until then."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            found.lock()
        return found

    @admin.display(description="state")
    def get_state_display(self, session: Session) -> str:
        return session.get_state_display()

    def save_model(self, request: HttpRequest, obj: Session, form: forms.ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)
        if change:
            obj.keep(request.user)
        else:
            super().save_model(request, obj, form, change)

    @admin.action(description="Publish")
    def publish(self, request: HttpRequest, sessions: QuerySet[Session]) -> None:
        self._each(request, sessions, Session.publish, "published")

    @admin.action(description="Take back from the catalog")
    def unpublish(self, request: HttpRequest, sessions: QuerySet[Session]) -> None:
        self._each(request, sessions, Session.take_back, "taken back")

    def _each(
        self, request: HttpRequest, sessions: QuerySet[Session], do: Callable[[Session, Any], None], done: str
    ) -> None:
        """Do it to each of them; those that refuse are told with the reason."""
        number = 0
        for session in sessions:
            try:
                do(session, request.user)
            except SessionRefused as refused:
                self.message_user(request, f"{session}: {refused}", "error")
            else:
                number += 1
        self.message_user(request, f"Sessions {done}: {number}.")

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        """Drafts alone: what was published is part of the record."""
        return obj is not None and obj.state == Session.State.DRAFT


@admin.register(LectureRelease)
class LectureReleaseAdmin(ReadOnlyAdmin):
    """When lectures open; the dates are set on the session's own page."""

    list_display = ["lecture", "session", "opens_at"]
    list_select_related = ["lecture", "session__course"]
    list_filter = ["session__course"]
    search_fields = ["lecture__title", "session__slug", "session__course__title"]
    date_hierarchy = "opens_at"
    ordering = ["-opens_at", "-pk"]
