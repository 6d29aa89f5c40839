"""The API under /api/v1: its addresses, and how errors read (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path, re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import exceptions
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter
from rest_framework.views import APIView, exception_handler

from courses.classroom.announcements.api import Announcements
from courses.classroom.api import Lectures
from courses.classroom.meetings.api import Attendances, Meetings
from courses.classroom.recordings.api import Recordings
from courses.classroom.teaching.api import Sessions
from courses.enrollment.api import Courses, Enrollments
from courses.enrollment.invitations.api import Invitations
from courses.enrollment.orders.api import Orders
from courses.enrollment.roster.api import Members
from courses.enrollment.waiting.api import Queue, Waiting
from courses.people.api import MailView, TokenView
from grader.assignments.api import Exercises
from grader.submissions.api import Submissions

log = logging.getLogger(__name__)


def problem(error: Exception, context: dict[str, Any]) -> Response:
    """Every error as application/problem+json: type, title, status, detail, and errors by field."""
    response = exception_handler(error, context)
    if response is None:
        log.error("the API failed at %s", context["request"].path, exc_info=error)
        response = Response(status=500)
        detail: Any = "Something failed on our side. It is not your fault; try again in a minute."
    elif isinstance(error, Http404 | exceptions.NotFound):
        detail = "There is nothing at this address that you may see."
    elif isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        detail = str(error) or "You may not do this."
    elif isinstance(error, exceptions.ValidationError):
        detail = "Some values cannot be taken; `errors` says which and why."
    else:
        detail = str(getattr(error, "detail", error))
    status = HTTPStatus(response.status_code)
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
    response.data = body
    response.content_type = "application/problem+json"
    return response


class Unknown(APIView):
    """Any other address under /api/v1."""

    permission_classes = [AllowAny]
    throttle_classes = []

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        raise Http404

    post = put = patch = delete = get


router = DefaultRouter()
router.include_root_view = False
router.include_format_suffixes = False
router.register("courses", Courses, "api-course")
router.register("sessions", Sessions, "api-session")
router.register("meetings", Meetings, "api-meeting")
router.register("attendance", Attendances, "api-attendance")
router.register("announcements", Announcements, "api-announcement")
router.register(r"sessions/(?P<session>\d+)/members", Members, "api-member")
router.register(r"sessions/(?P<session>\d+)/waiting", Queue, "api-queue")
router.register("invitations", Invitations, "api-invitation")
router.register("lectures", Lectures, "api-lecture")
router.register("enrollments", Enrollments, "api-enrollment")
router.register("recordings", Recordings, "api-recording")
router.register("waiting", Waiting, "api-waiting")
router.register("orders", Orders, "api-order")
router.register("exercises", Exercises, "api-exercise")
router.register("submissions", Submissions, "api-submission")

public = {"permission_classes": [AllowAny]}
# Swagger's page draws itself with styles that its script inserts.
documentation = csp_update({"style-src": ["'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema", **public)
)
urlpatterns = [
    path("", include(router.urls)),
    path("me/mail/", MailView.as_view(), name="api-mail"),
    path("token/", TokenView.as_view(), name="api-token"),
    path("schema/", SpectacularAPIView.as_view(**public), name="api-schema"),
    path("docs/", documentation, name="api-docs"),
    re_path("", Unknown.as_view(), name="api-unknown"),
]
