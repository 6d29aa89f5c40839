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
from courses.classroom.releases.api import Releases
from courses.classroom.teaching.api import Sessions
from courses.dashboard.api import DashboardView, EnrollmentsView, PaymentsView
from courses.enrollment.api import Courses, Enrollments
from courses.enrollment.invitations.api import Invitations
from courses.enrollment.orders.api import Orders
from courses.enrollment.roster.api import Members
from courses.enrollment.waiting.api import Queue, Waiting
from courses.people.api import MailView, TokenView
from courses.support.api import Answers, Questions
from courses.support.hours.api import OfficeHours
from courses.support.inquiries.api import InquiriesView
from grader.assignments.api import Assignments, Exercises, Extensions
from grader.assignments.turnout import TurnoutView
from grader.dashboard.api import AtRiskView, GradedView, GradingView, HandedInView, StudentsView
from grader.dashboard.session.api import BesideView, FiguresView, MisconceptionsView
from grader.dashboard.watching.api import WatchList
from grader.gradebook.api import Gradebook, Overrides
from grader.gradebook.cells.api import CellView
from grader.gradebook.comments.api import Comments
from grader.gradebook.exchange.api import SheetApplyView, SheetPreviewView, SheetView
from grader.gradebook.figures.api import StatisticsView
from grader.gradebook.grid.api import SchemeView
from grader.gradebook.mine.api import GradesView, StudentGradesView
from grader.gradebook.posting.api import HideView, PostView, PreviewView
from grader.gradebook.requests.api import RegradeRequests
from grader.gradebook.revisions.api import CheckRevisions
from grader.gradebook.rubric.api import Criteria, Marks
from grader.submissions.api import Submissions
from grader.submissions.asking import AboutExercise, AboutSubmission

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
    body |= getattr(error, "members", {})
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
router.register(r"sessions/(?P<session>\d+)/releases", Releases, "api-release")
router.register(r"sessions/(?P<session>\d+)/watch", WatchList, "api-watch")
router.register("invitations", Invitations, "api-invitation")
router.register("lectures", Lectures, "api-lecture")
router.register("enrollments", Enrollments, "api-enrollment")
router.register("recordings", Recordings, "api-recording")
router.register("waiting", Waiting, "api-waiting")
router.register("orders", Orders, "api-order")
router.register("office-hours", OfficeHours, "api-hour")
router.register("questions", Questions, "api-question")
router.register("faq", Answers, "api-faq")
router.register("inquiries", InquiriesView, "api-inquiry")
router.register("exercises", Exercises, "api-exercise")
router.register("assignments", Assignments, "api-assignment")
router.register("extensions", Extensions, "api-extension")
router.register("submissions", Submissions, "api-submission")
router.register("comments", Comments, "api-comment")
router.register("criteria", Criteria, "api-criterion")
router.register("marks", Marks, "api-mark")
router.register("gradebook", Gradebook, "api-gradebook")
router.register("overrides", Overrides, "api-override")
router.register("regrade-requests", RegradeRequests, "api-regrade-request")
router.register("check-revisions", CheckRevisions, "api-check-revision")

public = {"permission_classes": [AllowAny]}
# Swagger's page draws itself with styles that its script inserts.
documentation = csp_update({"style-src": ["'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema", **public)
)
urlpatterns = [
    path("", include(router.urls)),
    path("dashboard/", DashboardView.as_view(), name="api-dashboard"),
    path("dashboard/enrollments/", EnrollmentsView.as_view(), name="api-dashboard-enrollments"),
    path("dashboard/payments/", PaymentsView.as_view(), name="api-dashboard-payments"),
    path("dashboard/grading/", GradingView.as_view(), name="api-dashboard-grading"),
    path("dashboard/grading/submissions/", HandedInView.as_view(), name="api-dashboard-submissions"),
    path("dashboard/grading/results/", GradedView.as_view(), name="api-dashboard-results"),
    path("dashboard/students/", StudentsView.as_view(), name="api-dashboard-students"),
    path("dashboard/students/at-risk/", AtRiskView.as_view(), name="api-dashboard-at-risk"),
    path("teaching/figures/", BesideView.as_view(), name="api-teaching-figures"),
    path("sessions/<int:session>/figures/", FiguresView.as_view(), name="api-session-figures"),
    path("sessions/<int:session>/misconceptions/", MisconceptionsView.as_view(), name="api-session-misconceptions"),
    path("gradebook/preview/", PreviewView.as_view(), name="api-gradebook-preview"),
    path("gradebook/post/", PostView.as_view(), name="api-gradebook-post"),
    path("gradebook/hide/", HideView.as_view(), name="api-gradebook-hide"),
    path("gradebook/<int:assignment>/<int:student>/", CellView.as_view(), name="api-gradebook-cell"),
    path("sessions/<int:session>/turnout/", TurnoutView.as_view(), name="api-turnout"),
    path("sessions/<int:session>/statistics/", StatisticsView.as_view(), name="api-statistics"),
    path("sessions/<int:session>/scheme/", SchemeView.as_view(), name="api-scheme"),
    path("sessions/<int:session>/sheet/", SheetView.as_view(), name="api-sheet"),
    path("sessions/<int:session>/sheet/preview/", SheetPreviewView.as_view(), name="api-sheet-preview"),
    path("sessions/<int:session>/sheet/apply/", SheetApplyView.as_view(), name="api-sheet-apply"),
    path("sessions/<int:session>/grades/<int:student>/", StudentGradesView.as_view(), name="api-student-grades"),
    path("grades/<int:session>/", GradesView.as_view(), name="api-grades"),
    path("exercises/<slug:slug>/ask/", AboutExercise.as_view(), name="api-exercise-ask"),
    path("submissions/<int:pk>/ask/", AboutSubmission.as_view(), name="api-submission-ask"),
    path("me/mail/", MailView.as_view(), name="api-mail"),
    path("token/", TokenView.as_view(), name="api-token"),
    path("schema/", SpectacularAPIView.as_view(**public), name="api-schema"),
    path("docs/", documentation, name="api-docs"),
    re_path("", Unknown.as_view(), name="api-unknown"),
]
