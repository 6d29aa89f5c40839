"""Meetings, attendance, announcements and calendars, for admins to look at.

What changes here is told to people and noted, which the pages of a session do: the rows are read only.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from courses.classroom.announcements.models import Announcement
from courses.classroom.calendar.models import CalendarFeed
from courses.classroom.meetings.models import Attendance, Meeting, names


class ReadOnly(ModelAdmin):
    """Rows to find and to look at; `prefetched` is what their names are made of."""

    prefetched: ClassVar[list[Prefetch]] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(*self.prefetched)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(ReadOnly):
    list_display = ["__str__", "session", "starts_at", "ends_at", "room", "canceled_at"]
    list_filter = ["session__course", ("canceled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["session__course"]
    prefetched = names()
    search_fields = ["title", "room", "session__slug", "session__course__title"]
    date_hierarchy = "starts_at"
    fields = [
        "session", "title", "starts_at", "ends_at", "room", "join_url", "lectures", "canceled_at", "sequence",
        "changed_at",
    ]  # fmt: skip


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly):
    list_display = ["person", "meeting", "status", "joined_at"]
    list_filter = ["status", "meeting__session__course"]
    list_select_related = ["person", "meeting__session__course"]
    prefetched = names("meeting__")
    search_fields = ["person__email", "person__name", "meeting__session__slug"]


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly):
    list_display = ["title", "session", "author", "posted_at"]
    list_filter = ["session__course"]
    list_select_related = ["session__course", "author"]
    search_fields = ["title", "text", "author__email", "session__slug"]
    date_hierarchy = "posted_at"


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnly):
    """Whose calendar has an address, and since when; the address itself is the person's secret."""

    list_display = ["person", "made_at"]
    list_select_related = ["person"]
    search_fields = ["person__email", "person__name"]
    fields = ["person", "made_at"]
    actions = ["reset"]

    @admin.action(description="Make new addresses; the old ones lead nowhere")
    def reset(self, request: HttpRequest, feeds: QuerySet[CalendarFeed]) -> None:
        for feed in feeds:
            feed.reset()
        self.message_user(request, "They have new addresses.")
