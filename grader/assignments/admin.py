"""Exercises, which come from folders and are only looked at; assignments and extensions, for admins."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from courses.people.admin import AuditedAdmin
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.assignments.extension import Extension
from grader.assignments.models import Exercise


@admin.register(Exercise)
class ExerciseAdmin(ModelAdmin):
    list_display = ["title", "slug", "lecture", "points", "flavor", "current"]
    list_filter = ["flavor", "current"]
    list_select_related = ["lecture"]
    search_fields = ["title", "slug"]
    readonly_fields = [field.name for field in Exercise._meta.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Exercise | None = None) -> bool:
        return False


class NeverDeleted(AuditedAdmin):
    """Made and taken out on the session's own pages, which say what follows."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Assignment)
class AssignmentAdmin(NeverDeleted):
    """What it asks of students can be corrected here."""

    list_display = ["exercise", "session", "opens_at", "due_at", "weight", "hidden", "posted_at", "removed_at"]
    list_filter = ["hidden", ("removed_at", admin.EmptyFieldListFilter), "session__course"]
    list_select_related = ["exercise", "session__course"]
    search_fields = ["exercise__title", "exercise__slug", "session__slug", "session__place"]
    date_hierarchy = "due_at"
    ordering = ["-due_at", "-pk"]
    readonly_fields = ["session", "exercise", "posted_at", "removed_at"]
    model_notes = True

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Assignment | None:
        """What is saved is first read anew, and kept from others until then."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            found.session.lock()
            found.refresh_from_db()
        return found

    def save_model(self, request: HttpRequest, obj: Assignment, form: forms.ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)
        obj.keep(request.user)


@admin.register(Extension)
class ExtensionAdmin(NeverDeleted):
    """To look at: the session's own page grants them, and writes to the student."""

    list_display = ["student", "assignment", "session", "due_at", "granted_by", "granted_at"]
    list_filter = ["assignment__session__course"]
    list_select_related = ["student", "assignment__exercise", "assignment__session__course", "granted_by"]
    search_fields = ["student__email", "student__name", "assignment__exercise__title"]
    date_hierarchy = "due_at"
    ordering = ["-due_at", "-pk"]

    @admin.display
    def session(self, extension: Extension) -> str:
        return str(extension.assignment.session)

    def has_change_permission(self, request: HttpRequest, obj: Extension | None = None) -> bool:
        return False
