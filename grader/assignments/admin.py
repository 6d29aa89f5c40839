"""Exercises, for admins: they come from folders, so that nothing is edited here."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

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
