"""Sessions, for admins."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from courses.sessions.models import Session


@admin.register(Session)
class SessionAdmin(ModelAdmin):
    list_display = ["course", "where", "starts_on", "ends_on", "seats_taken", "seats", "published"]
    list_filter = ["published", "modality", "course"]
    list_select_related = ["course"]
    search_fields = ["slug", "place", "course__title"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["course", "instructors", "assistants"]
    readonly_fields = ["seats_taken"]
    actions = ["publish", "unpublish"]

    @admin.action(description="Publish")
    def publish(self, request: HttpRequest, sessions: QuerySet[Session]) -> None:
        self.message_user(request, f"{sessions.update(published=True)} sessions are published.")

    @admin.action(description="Take back from the catalog")
    def unpublish(self, request: HttpRequest, sessions: QuerySet[Session]) -> None:
        self.message_user(request, f"{sessions.update(published=False)} sessions are no longer published.")
