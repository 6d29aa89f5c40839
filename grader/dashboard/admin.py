"""The watch list's rows for admins, to look at; its pages change them, and note who did."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from grader.dashboard.models import Note, Watch


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Watch)
class WatchAdmin(ReadOnlyAdmin):
    list_display = ["student", "session", "added_by", "added_at", "ended_at"]
    list_select_related = ["student", "session", "added_by"]
    search_fields = ["student__email"]


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    list_display = ["student", "session", "author", "written_at"]
    list_select_related = ["student", "session", "author"]
    search_fields = ["student__email"]
