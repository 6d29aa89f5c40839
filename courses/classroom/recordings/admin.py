"""Recordings, for admins to look at: files are uploaded, published and deleted on the session's pages."""

from django.contrib import admin

from courses.classroom.admin import ReadOnly
from courses.classroom.meetings.models import names
from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.parts import Caption
from courses.classroom.recordings.uploads import Upload


@admin.register(Recording)
class RecordingAdmin(ReadOnly):
    list_display = ["__str__", "meeting", "state", "published_at", "size", "seconds"]
    list_filter = ["state", "meeting__session__course"]
    list_select_related = ["meeting__session__course"]
    prefetched = names("meeting__")
    search_fields = ["title", "meeting__title", "file_name"]
    fields = ["meeting", "title", "external_url", "state", "refusal", "file_name", "file", "content_type", "size",
              "seconds", "created_by", "created_at", "published_at", "announced_at"]  # fmt: skip


@admin.register(Caption)
class CaptionAdmin(ReadOnly):
    list_display = ["recording", "language"]
    list_filter = ["language"]
    list_select_related = ["recording__meeting__session__course"]
    prefetched = names("recording__meeting__")


@admin.register(Upload)
class UploadAdmin(ReadOnly):
    list_display = ["file_name", "recording", "owner", "length", "begun_at", "expires_at", "due_at", "error"]
    list_select_related = ["recording__meeting__session__course", "owner"]
    prefetched = names("recording__meeting__")
