"""Recordings, for admins to look at: files are uploaded, published and deleted on the session's pages."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator

from courses.classroom.meetings.models import names
from courses.classroom.recordings.clock import clock
from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.parts import Caption
from courses.classroom.recordings.uploads import Upload
from courses.people.admin import ReadOnlyAdmin
from courses.sessions.models import Session


@admin.display(description="recording")
def name(row: Recording | Caption | Upload) -> str:
    """What the recording is called, no longer than a phone has room for."""
    return Truncator(row if isinstance(row, Recording) else row.recording).chars(50)


@admin.display(description="session")
def session(row: Recording | Caption) -> Session:
    return row.session if isinstance(row, Recording) else row.recording.session


@admin.register(Recording)
class RecordingAdmin(ReadOnlyAdmin):
    list_display = [name, session, "state", "published_at", "length", "file_size"]
    list_filter = ["state", "meeting__session__course"]
    list_select_related = ["meeting__session__course"]
    prefetched = names("meeting__")
    search_fields = ["title", "meeting__title", "file_name"]
    fields = ["meeting", "title", "external_url", "state", "refusal", "file_name", "file", "content_type", "file_size",
              "length", "created_by", "created_at", "published_at", "announced_at"]  # fmt: skip
    ordering = ["-meeting__starts_at", "-pk"]

    @admin.display(description="size", ordering="size")
    def file_size(self, recording: Recording) -> str:
        return filesizeformat(recording.size) if recording.size else ""

    @admin.display(description="length", ordering="seconds")
    def length(self, recording: Recording) -> str:
        return clock(recording.seconds) if recording.seconds else ""


@admin.register(Caption)
class CaptionAdmin(ReadOnlyAdmin):
    list_display = [name, session, "language"]
    fields = ["recording", "language", "captions"]
    list_filter = ["language"]
    list_select_related = ["recording__meeting__session__course"]
    prefetched = names("recording__meeting__")

    @admin.display(description="text (WebVTT)")
    def captions(self, caption: Caption) -> str:
        return caption.text


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["file_name", name, "owner", "file_size", "begun_at", "expires_at", "due_at", "error"]
    list_select_related = ["recording__meeting__session__course", "owner"]
    prefetched = names("recording__meeting__")

    @admin.display(description="size", ordering="length")
    def file_size(self, upload: Upload) -> str:
        return filesizeformat(upload.length)
