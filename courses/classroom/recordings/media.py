"""Links to files of recordings, which one person can use for a while, and the files themselves."""

from collections.abc import Iterator

from django.conf import settings
from django.core import signing
from django.core.files.storage import FileSystemStorage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.http import require_safe

from courses.classroom.recordings.models import Recording, recording_storage
from courses.classroom.recordings.ranges import Span, Unsatisfiable, span_of
from courses.people.models import User

SALT = "courses.classroom.recordings.media"
BLOCK = 256 * 1024


class Expired(Exception):
    """The link was good, and is not any more."""


def link_to(recording: Recording, person: User) -> str:
    """The address of the recording's file, for this person and MEDIA_LINK_SECONDS."""
    return reverse("media", args=[signing.dumps([recording.pk, person.pk], salt=SALT)])


def recording_of(token: str, person: object) -> Recording:
    """The recording that a link leads this person to. Raises Expired; Http404 where it was made for somebody else."""
    try:
        recording, whose = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    if not isinstance(person, User) or person.pk != whose:
        raise Http404
    found = get_object_or_404(Recording.objects.open_to(person), pk=recording, state=Recording.State.READY)
    try:
        signing.loads(token, salt=SALT, max_age=settings.MEDIA_LINK_SECONDS)
    except signing.SignatureExpired as error:
        raise Expired from error
    return found


@require_safe
def media(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file, whole or in part: from the disk, through the server in front, or from the storage elsewhere."""
    try:
        recording = recording_of(token, request.user)
    except Expired:
        return render(request, "courses/recordings/expired.html", status=410)
    storage, name = recording_storage(), str(recording.file.name)
    if not isinstance(storage, FileSystemStorage):
        response: HttpResponseBase = HttpResponseRedirect(elsewhere(recording))
        response["Cache-Control"] = "no-store"
        return response
    if settings.MEDIA_ACCEL:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL.rstrip('/')}/{name}"
    else:
        response = from_disk(request, recording)
    response["Content-Type"] = recording.content_type
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=settings.MEDIA_LINK_SECONDS)
    return response


def elsewhere(recording: Recording) -> str:
    """A signed address in the storage, which sends ranges itself."""
    parameters = {"ResponseContentType": recording.content_type, "ResponseContentDisposition": "inline"}
    return recording_storage().url(str(recording.file.name), parameters=parameters)  # type: ignore[call-arg]


def from_disk(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    """The file, or the range of it that was asked for, block by block."""
    storage, name = recording_storage(), str(recording.file.name)
    try:
        size = storage.size(name)
    except FileNotFoundError as error:
        raise Http404 from error
    # A file never changes, and its name is drawn by lot.
    etag, modified = quote_etag(name), int(storage.get_modified_time(name).timestamp())
    known: HttpResponse | None = get_conditional_response(request, etag=etag, last_modified=modified)
    response = answer(request, recording, size, etag, modified) if known is None else known
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    return response


def answer(request: HttpRequest, recording: Recording, size: int, etag: str, modified: int) -> HttpResponseBase:
    """200 with everything, 206 with a part, or 416."""
    wanted = request.headers.get("Range", "") if request.method == "GET" else ""
    if not still_holds(request.headers.get("If-Range", ""), etag, modified):
        wanted = ""
    try:
        span = span_of(wanted, size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    sent = span or Span(0, size - 1)
    response: HttpResponseBase = HttpResponse()
    if request.method == "GET":
        response = StreamingHttpResponse(blocks(str(recording.file.name), sent), status=206 if span else 200)
    response["Content-Length"] = str(sent.length)
    if span:
        response["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
    return response


def still_holds(condition: str, etag: str, modified: int) -> bool:
    """Whether the part that is asked for fits what the client has: the If-Range header."""
    if condition.startswith(('"', "W/")):
        return condition == etag
    return not condition or parse_http_date_safe(condition) == modified


def blocks(name: str, span: Span) -> Iterator[bytes]:
    """The bytes of a span. The file is closed at their end, or when the client has gone."""
    with recording_storage().open(name) as file:
        file.seek(span.first)
        left = span.length
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
