"""The pages on which staff keep a session's recordings. Assistants read them; who teaches changes them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from courses.classroom.recordings import plain
from courses.classroom.recordings.forms import CaptionForm, NewRecordingForm, RecordingForm, chapters_form
from courses.classroom.recordings.models import Recording, RecordingRefused
from courses.classroom.recordings.parts import Caption, Chapter
from courses.classroom.recordings.uploads import VIDEO_ENDINGS, NoRoom, UploadRefused
from courses.enrollment import frame
from courses.people import audit
from courses.people.models import User
from courses.sessions.models import Session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recordings(request: HttpRequest, pk: int) -> HttpResponse:
    """The recordings of a session by meeting, with what they take; adding one of a meeting that has begun."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk) if request.method == "POST" else frame.staffed(request, pk)
    form = NewRecordingForm(session, frame.data(request), initial={"meeting": request.GET.get("meeting")})
    if form.is_valid():
        added = add(request.user, session, form.cleaned_data)
        messages.success(request, "The recording is added, as a draft.")
        return redirect("recording_edit", added.pk)
    meetings = [
        meeting
        for meeting in session.meetings.named().prefetch_related("recordings__upload")
        if meeting.has_begun or meeting.recordings.all()
    ]
    return frame.page(
        request, session, "recordings", "courses/recordings/list", form,
        meetings=meetings, taken=Recording.objects.bytes_of(session), quota=settings.RECORDING_QUOTA,
    )  # fmt: skip


@transaction.atomic
def add(actor: User, session: Session, values: dict[str, Any]) -> Recording:
    """A new draft of one of the session's meetings."""
    added = Recording.objects.create(created_by=actor, **values)
    audit.record(actor, f"added the recording “{added}”", session)
    return added


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recording_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one recording: title, file, captions, chapters, publishing."""
    recording = staffed(request, pk)
    if request.method != "POST":
        return page(request, recording)
    recording = run(request, pk)
    form, chapters = RecordingForm(recording, request.POST), chapters_form(recording, request.POST)
    if not (form.is_valid() & chapters.is_valid()):
        return page(request, recording, status=400, form=form, chapters=chapters)
    assert isinstance(request.user, User)
    change(request.user, recording, form.cleaned_data, chapters.chapters())
    messages.success(request, "The recording is saved.")
    return redirect("recording_edit", pk)


@transaction.atomic
def change(actor: User, recording: Recording, values: dict[str, Any], chapters: list[Chapter] | None = None) -> None:
    """Set these fields and, unless None, these chapters; note what was before."""
    before = {name: (getattr(recording, name), value) for name, value in values.items()}
    changed = {name: pair for name, pair in before.items() if pair[0] != pair[1]}
    for name, (_, value) in changed.items():
        setattr(recording, name, value)
    recording.save(update_fields=list(changed))
    if chapters is not None:
        old, new = (" · ".join(f"{c.at} {c.title}" for c in some) for some in (recording.chapters.all(), chapters))
        if old != new or any(chapter.lecture_id for chapter in chapters):
            Chapter.objects.replace(recording, chapters)
        if old != new:
            changed["chapters"] = (old, new)
    if changed:
        audit.record(actor, f"changed the recording “{recording}”", recording.session, changed)


def page(request: HttpRequest, recording: Recording, status: int = 200, **shown: Any) -> HttpResponse:
    """The recording's page, with forms as they were sent where they were refused."""
    context = {
        "recording": recording,
        "upload": getattr(recording, "upload", None),
        "form": RecordingForm(recording),
        "chapters": chapters_form(recording),
        "caption_form": CaptionForm(),
        "endings": ",".join([*VIDEO_ENDINGS, "video/mp4", "video/webm"]),
        **shown,
    }
    return frame.page(request, recording.session, "recordings", "courses/recordings/edit", status=status, **context)


def staffed(request: HttpRequest, pk: int) -> Recording:
    found = Recording.objects.staffed_by(request.user).select_related("meeting__session__course", "upload")
    return get_object_or_404(found, pk=pk)


def run(request: HttpRequest, pk: int) -> Recording:
    """A recording that the person may change. Raises Http404."""
    found = Recording.objects.run_by(request.user).select_related("meeting__session__course", "upload")
    return get_object_or_404(found, pk=pk)


@csrf_exempt  # It is checked in `take_file`: before that, the request must not be read.
@login_required
@require_POST
def recording_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A file by an ordinary form, for whoever has no JavaScript. Who may not, sends nothing."""
    recording = run(request, pk)
    try:
        plain.announced(request, recording)
    except NoRoom as refused:
        return page(request, recording, status=413, upload_error=str(refused))
    request.upload_handlers = [plain.ToDisk(request)]
    return take_file(request, recording)


@csrf_protect
def take_file(request: HttpRequest, recording: Recording) -> HttpResponse:
    try:
        plain.take(request, recording)
    except UploadRefused as refused:
        recording.refresh_from_db()
        return page(request, recording, status=400, upload_error=str(refused))
    return redirect("recording_edit", recording.pk)


@login_required
@require_POST
def recording_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up the upload that is under way."""
    assert isinstance(request.user, User)
    recording = run(request, pk)
    try:
        if hasattr(recording, "upload"):
            recording.upload.give_up(request.user)
    except UploadRefused as refused:
        messages.error(request, str(refused))
    return redirect("recording_edit", pk)


@login_required
@require_POST
def recording_captions(request: HttpRequest, pk: int) -> HttpResponse:
    """Add captions, replace those of the same language, or remove some."""
    assert isinstance(request.user, User)
    recording = run(request, pk)
    if language := request.POST.get("remove"):
        get_object_or_404(recording.captions, language=language).remove(request.user)
        return redirect("recording_edit", pk)
    form = CaptionForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, recording, status=400, caption_form=form)
    values = form.cleaned_data
    caption = Caption.objects.put(request.user, recording, values["language"], values["text"])
    messages.success(request, f"The captions ({caption.language}) are saved.")
    return redirect("recording_edit", pk)


@login_required
@require_POST
def recording_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, or make a draft again."""
    assert isinstance(request.user, User)
    recording = run(request, pk)
    try:
        if "draft" in request.POST:
            recording.take_back(request.user)
        else:
            recording.publish(request.user)
    except RecordingRefused as refused:
        return page(request, recording, status=400, refusal=str(refused))
    return redirect("recording_edit", pk)


@login_required
@require_POST
def recording_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft, or its file alone."""
    assert isinstance(request.user, User)
    recording = run(request, pk)
    session, name = recording.session, str(recording)
    try:
        if "file" in request.POST:
            recording.discard_file(request.user)
            return redirect("recording_edit", pk)
        recording.remove(request.user)
    except RecordingRefused as refused:
        return page(request, recording, status=400, refusal=str(refused))
    messages.success(request, f"“{name}” is deleted.")
    return redirect("recordings", session.pk)
