"""Meetings, attendance, announcements and calendars, for admins to look at.

What changes here is told to people and noted, which the pages of a session do: the rows are read only.
"""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from courses.classroom.announcements.models import Announcement
from courses.classroom.calendar.models import CalendarFeed
from courses.classroom.meetings.models import Attendance, Meeting, names
from courses.people.admin import ReadOnlyAdmin
from courses.sessions.models import Session


@admin.display(description="meeting")
def name(row: Meeting | Attendance) -> str:
    """What the meeting is called, no longer than a phone has room for."""
    return Truncator(row if isinstance(row, Meeting) else row.meeting).chars(50)


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = [name, "session", "starts_at", "ends_at", "room", "canceled_at"]
    list_filter = ["session__course", ("canceled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["session__course"]
    prefetched = names()
    search_fields = ["title", "room", "session__slug", "session__course__title"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "-pk"]
    fields = ["session", "title", "starts_at", "ends_at", "room", "join_url", "lectures", "canceled_at", "changed_at"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["person", name, "session", "starts_at", "status", "joined_at"]
    ordering = ["-meeting__starts_at", "person__name", "pk"]
    list_filter = ["status", "meeting__session__course"]
    list_select_related = ["person", "meeting__session__course"]
    prefetched = names("meeting__")
    search_fields = ["person__email", "person__name", "meeting__session__slug"]

    @admin.display
    def session(self, row: Attendance) -> Session:
        return row.meeting.session

    @admin.display(ordering="meeting__starts_at")
    def starts_at(self, row: Attendance) -> datetime:
        return row.meeting.starts_at


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    list_display = ["title", "session", "author", "posted_at"]
    list_filter = ["session__course"]
    list_select_related = ["session__course", "author"]
    search_fields = ["title", "text", "author__email", "session__slug"]
    date_hierarchy = "posted_at"


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
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
