"""The tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation, expiration, termination.

Signed in by session, with the X-CSRFToken header, or by token, as the API.
"""

import base64
import binascii
import errno
import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.classroom.recordings import uploads
from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.uploads import Upload, UploadRefused
from courses.people.models import User

VERSION = "1.0.0"
STATUS: dict[type[UploadRefused], int] = {
    uploads.NoRoom: 413,
    uploads.NoVideo: 415,
    uploads.NotWanted: 409,
    uploads.WrongOffset: 409,
    uploads.Busy: 423,
    uploads.Gone: 410,
}


def header(name: str, what: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description=what)


RESUMABLE = header("Tus-Resumable", VERSION)
OFFSET = header("Upload-Offset", "the byte at which the piece begins")


class Refused(APIException):
    """A request that is not done, with its status and what to do instead."""

    def __init__(self, status: int, detail: str) -> None:
        self.status_code = status
        super().__init__(detail)


class Tus(APIView):
    """What all requests have in common."""

    # Pieces come faster than a person clicks; the quota bounds them.
    throttle_classes = []

    def get_permissions(self) -> list[Any]:
        return [AllowAny() if self.request.method == "OPTIONS" else IsAuthenticated()]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """Some networks let only GET and POST through; the method may be named in a header."""
        override = request.headers.get("X-HTTP-Method-Override", "")
        if request.method == "POST" and override in ("PATCH", "DELETE", "HEAD"):
            request.method = override
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            raise Refused(412, f"Say which version of tus you speak: Tus-Resumable: {VERSION}.")

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, UploadRefused):
            exc = Refused(STATUS[type(exc)], str(exc))
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        if response.status_code == 412 or request.method == "OPTIONS":
            response["Tus-Version"] = VERSION
        return response

    @extend_schema(exclude=True)
    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204, headers={"Tus-Extension": "creation,expiration,termination"})


class Creation(Tus):
    """Where uploads begin."""

    @extend_schema(
        operation_id="upload_begin",
        request=None,
        parameters=[
            RESUMABLE,
            header("Upload-Length", "bytes of the whole file"),
            header("Upload-Metadata", "recording (its id), filename and filetype, each in Base64: “recording MTI=,…”"),
        ],
        responses={
            201: OpenApiResponse(None, "Location says where the pieces go"),
            409: OpenApiResponse(None, "the recording takes no file; Location names the upload that is under way"),
            413: OpenApiResponse(None, "over the session's quota, or the disk"),
            415: OpenApiResponse(None, "no video by its name or type"),
        },
    )
    def post(self, request: Request) -> Response:
        """Begin an upload for a recording that the person may change."""
        assert isinstance(request.user, User)
        given = metadata_of(request.headers.get("Upload-Metadata", ""))
        recording = get_object_or_404(Recording.objects.run_by(request.user), pk=number(given.get("recording", "")))
        try:
            upload = Upload.objects.begin(
                request.user, recording, length=length_of(request), file_name=given.get("filename", ""),
                content_type=given.get("filetype", ""), metadata=request.headers.get("Upload-Metadata", ""),
            )  # fmt: skip
        except uploads.NotWanted as refused:
            response = self.handle_exception(refused)
            if (other := Upload.objects.arriving().filter(recording=recording).first()) is not None:
                response["Location"] = address_of(other)
            return response
        return Response(status=201, headers={"Location": address_of(upload), **expires(upload)})


class Piecewise(Tus):
    """An upload that has begun."""

    def upload(self, request: Request, pk: uuid.UUID) -> Upload:
        """Raises Http404 for whom it does not concern, Gone after its time."""
        assert isinstance(request.user, User)
        upload = get_object_or_404(Upload.objects.for_person(request.user), pk=pk)
        if upload.has_expired:
            raise uploads.Gone("Nothing came for this upload for three days. Begin it again.")
        return upload

    @extend_schema(exclude=True)
    def head(self, request: Request, pk: uuid.UUID) -> Response:
        """How much is there."""
        upload = self.upload(request, pk)
        headers = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length), **expires(upload)}
        return Response(headers=headers | ({"Upload-Metadata": upload.metadata} if upload.metadata else {}))

    @extend_schema(
        operation_id="upload_add",
        request={"application/offset+octet-stream": OpenApiTypes.BINARY},
        parameters=[RESUMABLE, OFFSET],
        responses={
            204: OpenApiResponse(None, "Upload-Offset says how much is there now; HEAD says the same"),
            409: OpenApiResponse(None, "the piece begins elsewhere than what is there ends"),
            410: OpenApiResponse(None, "given up, or expired"),
            423: OpenApiResponse(None, "another request is adding to it"),
        },
    )
    def patch(self, request: Request, pk: uuid.UUID) -> Response:
        """Add a piece. What has arrived when a connection breaks is kept."""
        upload = self.upload(request, pk)
        if request.content_type != "application/offset+octet-stream":
            raise Refused(415, "A piece is sent as Content-Type: application/offset+octet-stream.")
        if "CONTENT_LENGTH" not in request.META or "Transfer-Encoding" in request.headers:
            raise Refused(411, "Say how long the piece is: Content-Length.")
        try:
            # The bytes of the connection itself: nothing of them is kept in memory.
            begin, length = request.headers.get("Upload-Offset", ""), request.META["CONTENT_LENGTH"]
            offset = upload.receive(request._request, number(begin), number(length))
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise Refused(507, "The disk is full. What has arrived is kept; tell an administrator.") from error
        return Response(status=204, headers={"Upload-Offset": str(offset), **expires(upload)})

    @extend_schema(operation_id="upload_give_up", request=None, parameters=[RESUMABLE], responses={204: None})
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Give the upload up; what has arrived is deleted."""
        assert isinstance(request.user, User)
        self.upload(request, pk).give_up(request.user)
        return Response(status=204)


def address_of(upload: Upload) -> str:
    return reverse("upload", args=[upload.pk])


def expires(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(upload.expires_at.timestamp())}


def metadata_of(text: str) -> dict[str, str]:
    """Keys and values of an Upload-Metadata header. Raises Refused where they are not Base64."""
    values = {}
    for pair in filter(None, (pair.strip() for pair in text.split(","))):
        key, _, value = pair.partition(" ")
        try:
            values[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise Refused(400, f"Upload-Metadata: the value of {key} is not text in Base64.") from error
        if "\0" in values[key]:
            raise Refused(400, f"Upload-Metadata: the value of {key} holds a zero byte.")
    return values


def length_of(request: Request) -> int:
    """The announced length. Raises Refused."""
    length = number(request.headers.get("Upload-Length", ""))
    if length == 0:
        raise Refused(400, "An empty file is no video.")
    return length


def number(text: str) -> int:
    """A whole number of a header. Raises Refused."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refused(400, "Upload-Length, Upload-Offset and the metadata's recording are whole numbers.")
    return int(text)
