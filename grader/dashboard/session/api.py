"""A session's figures by program, for its staff: tiles and charts, mistakes; and one's sessions side by side."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.dashboard.api import DashboardSerializer, RangeSerializer, asked_by, told
from courses.dashboard.ranges import Range, RangeForm, school_today
from courses.enrollment.access import sessions_staffed_by
from courses.people.models import User
from courses.sessions.models import Session
from grader.dashboard.session import questions
from grader.dashboard.session.beside import chart_of
from grader.dashboard.session.figures import SessionFigures
from grader.dashboard.session.misconceptions import Misconception
from grader.dashboard.session.views import begun


def _staffed(request: Request, session: int) -> Session:
    return get_object_or_404(sessions_staffed_by(request.user).select_related("course"), pk=session)


class FiguresView(APIView):
    """Attendance, submissions, scores, progress and mistakes of a session, counted live."""

    @extend_schema(parameters=[RangeSerializer], responses=DashboardSerializer, tags=["sessions"])
    def get(self, request: Request, session: int) -> Response:
        """Tiles and charts, submissions by a range of days; for the session's staff."""
        found = _staffed(request, session)
        given = asked_by(request, RangeForm)
        figures = SessionFigures(found, request.user, given.chosen, given.compared)
        return Response(told(given, questions.tiles_of(figures), questions.charts_of(figures, given.compared_words)))


class ShareSerializer(serializers.Serializer[Any]):
    """So many students of so many who had the exercise graded."""

    students = serializers.IntegerField()
    of = serializers.IntegerField()


class MisconceptionSerializer(serializers.Serializer[Any]):
    """A mistake in an exercise; `lecture` is the one to teach again, `recording` speaks about it from `seconds` on."""

    exercise = serializers.CharField(source="exercise.slug")
    code = serializers.CharField()
    name = serializers.CharField()
    told = serializers.CharField(help_text="what its students are told, Markdown")
    now = serializers.IntegerField(help_text="students who have it in what they handed in last")
    ever = ShareSerializer()
    earlier = ShareSerializer(help_text="in earlier sessions of the course")
    lecture = serializers.CharField(source="lecture.slug")
    recording = serializers.IntegerField(source="chapter.recording_id", default=None, allow_null=True)
    seconds = serializers.IntegerField(source="chapter.seconds", default=None, allow_null=True)


class MisconceptionsView(APIView):
    """What to teach again in a session."""

    @extend_schema(responses=MisconceptionSerializer(many=True), tags=["sessions"])
    def get(self, request: Request, session: int) -> Response:
        """The session's most frequent mistakes, beside earlier sessions; for its staff. Fifteen at most."""
        today = school_today()
        days = Range(today, today)
        found: list[Misconception] = SessionFigures(_staffed(request, session), request.user, days, days).misconceptions
        return Response(MisconceptionSerializer(found, many=True).data)


class BesideSerializer(serializers.Serializer[Any]):
    """A session beside others; percents are of those with a seat now."""

    session = serializers.IntegerField()
    name = serializers.CharField()
    came = serializers.IntegerField(allow_null=True, help_text="% who came to meetings so far")
    handed_in = serializers.IntegerField(allow_null=True, help_text="% of the work that is due")
    full_marks = serializers.IntegerField(allow_null=True, help_text="% of what was handed in of it")
    students = serializers.IntegerField()
    watched = serializers.IntegerField(help_text="put on the watch list by hand")
    regrade_requests = serializers.IntegerField(help_text="that wait for an answer")


class BesideView(generics.GenericAPIView[Session]):
    """Several sessions side by side."""

    serializer_class = BesideSerializer
    filter_backends: list[Any] = []

    @extend_schema(responses=BesideSerializer(many=True), tags=["sessions"])
    def get(self, request: Request) -> Response:
        """Those of which one is staff and that have begun, the latest first."""
        if not (isinstance(request.user, User) and request.user.teaches):
            raise NotFound
        page = self.paginate_queryset(begun(request.user)) or []
        rows = [(session.pk, *row) for session, row in zip(page, chart_of(page).rows, strict=True)]
        names = list(BesideSerializer().fields)
        return self.get_paginated_response([dict(zip(names, row, strict=True)) for row in rows])
