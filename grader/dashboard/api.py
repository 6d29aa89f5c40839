"""The dashboards' figures for programs: of grading and of students for admins, of a session for its staff."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.dashboard.api import DashboardSerializer, RangeSerializer, SchoolQuerySerializer, asked_by, told
from courses.dashboard.forms import SchoolForm
from courses.dashboard.ranges import RangeForm
from courses.dashboard.tiles import Links
from courses.enrollment.access import is_admin, members_of, sessions_staffed_by
from courses.enrollment.api import Conflict, asked
from courses.people.models import User
from courses.sessions.models import Session
from grader.dashboard import questions, students
from grader.dashboard.forms import GradingForm
from grader.dashboard.load import Load
from grader.dashboard.models import Watch
from grader.dashboard.session import questions as of_session
from grader.dashboard.session.figures import SessionFigures
from grader.dashboard.students import Students
from grader.dashboard.watching.forms import LONGEST_NOTE
from grader.dashboard.watching.listed import Listed, WatchRefused, listed_in, note, unwatch, watch
from grader.exercises import FLAVORS


class GradingQuerySerializer(RangeSerializer):
    flavor = serializers.ChoiceField(FLAVORS, required=False)
    exercise = serializers.SlugField(required=False)


class GradingView(APIView):
    """How much is graded, how long it takes, how it ends, and what fails by our fault."""

    @extend_schema(parameters=[GradingQuerySerializer], responses=DashboardSerializer)
    def get(self, request: Request) -> Response:
        """Tiles and charts of a range of days, compared with another; for admins."""
        _admin(request)
        given = asked_by(request, GradingForm)
        load, links = Load(given.chosen, given.compared, given.where), Links(None)
        charts = questions.charts_of(load, links, given.compared_words)
        return Response(told(given, questions.tiles_of(load, links), charts))


class StudentsView(APIView):
    """Who completed the sessions that ended, and who is at risk in those that run; counted daily."""

    @extend_schema(parameters=[SchoolQuerySerializer], responses=DashboardSerializer)
    def get(self, request: Request) -> Response:
        """Tiles and charts of a range of days, compared with another; for admins."""
        _admin(request)
        given = asked_by(request, SchoolForm)
        found = Students(given.chosen, given.compared, given.where)
        return Response(told(given, students.tiles_of(found, Links(None)), students.charts_of(found)))


class FiguresView(APIView):
    """Attendance, submissions, scores, progress and mistakes of a session, counted live."""

    @extend_schema(parameters=[RangeSerializer], responses=DashboardSerializer, tags=["sessions"])
    def get(self, request: Request, session: int) -> Response:
        """Tiles and charts, submissions by a range of days; for the session's staff."""
        found = _staffed(request, session)
        given = asked_by(request, RangeForm)
        figures = SessionFigures(found, request.user, given.chosen, given.compared)
        return Response(told(given, of_session.tiles_of(figures), of_session.charts_of(figures, given.compared_words)))


def _admin(request: Request) -> None:
    if not is_admin(request.user):
        raise NotFound


def _staffed(request: Request, session: Any) -> Session:
    return get_object_or_404(sessions_staffed_by(request.user).select_related("course"), pk=session)


# --- the watch list -----------------------------------------------------------------------------------------


class RiskSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="quiet, missing, low, absent or stuck")
    sentence = serializers.CharField(help_text="with the figure behind it")


class NoteSerializer(serializers.Serializer[Any]):
    """What staff want to remember."""

    text = serializers.CharField(max_length=LONGEST_NOTE)
    author = serializers.CharField(source="author.email", read_only=True)
    written_at = serializers.DateTimeField(read_only=True)


class ListedSerializer(serializers.Serializer[Any]):
    """A student at risk, or whom staff watch or wrote about."""

    student = serializers.IntegerField(source="student.pk")
    name = serializers.CharField(source="student.name")
    email = serializers.EmailField(source="student.email")
    reasons = serializers.SerializerMethodField(help_text="why the figures put them here; empty where staff did")
    watched_since = serializers.DateTimeField(source="watch.added_at", default=None, help_text="by hand")
    watched_by = serializers.EmailField(source="watch.added_by.email", default=None)
    notes = NoteSerializer(many=True)

    @extend_schema_field(RiskSerializer(many=True))
    def get_reasons(self, listed: Listed) -> list[dict[str, str]]:
        reasons = listed.standing.reasons if listed.standing else []
        return [{"code": reason.code, "sentence": reason.sentence} for reason in reasons]


class WatchSerializer(serializers.Serializer[Any]):
    """One of the session's students."""

    student = serializers.PrimaryKeyRelatedField(queryset=User.objects.none())

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if "session" in self.context:
            fields["student"].queryset = members_of(self.context["session"])  # type: ignore[attr-defined]
        return fields


@extend_schema(tags=["sessions"], parameters=[OpenApiParameter("session", int, "path")])
class WatchList(viewsets.GenericViewSet[Watch]):
    """Whom to look after in a session, for its staff; nobody else is shown it."""

    queryset = Watch.objects.none()
    filter_backends: list[Any] = []
    lookup_url_kwarg = "student"
    lookup_value_regex = r"\d+"

    @extend_schema(responses=ListedSerializer(many=True))
    def list(self, request: Request, session: str) -> Response:
        """Who is at risk now, by the most reasons first, and whom staff watch or wrote about."""
        listed = listed_in(_staffed(request, session))
        return Response({"results": ListedSerializer(listed, many=True).data})

    @extend_schema(request=WatchSerializer, responses={201: None})
    def create(self, request: Request, session: str) -> Response:
        """Put a student on the list; who is on it stays on it."""
        of = _staffed(request, session)
        student = asked(WatchSerializer, request, session=of)["student"]
        try:
            watch(of, student, self._actor)
        except WatchRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, session: str, student: str) -> Response:
        """Take a student off the list; notes are kept. 404 where staff did not put them on it."""
        of = _staffed(request, session)
        if not unwatch(of, self._student(of, student), self._actor):
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=NoteSerializer, responses={201: NoteSerializer})
    @action(detail=True, methods=["post"], url_path="notes")
    def notes(self, request: Request, session: str, student: str) -> Response:
        """Write a note about a student."""
        of = _staffed(request, session)
        given = asked(NoteSerializer, request)
        kept = note(of, self._student(of, student), given["text"], self._actor)
        return Response(NoteSerializer(kept).data, status=status.HTTP_201_CREATED)

    @property
    def _actor(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def _student(self, session: Session, pk: str) -> User:
        """Whoever has, or had, a seat in the session. Raises Http404."""
        return get_object_or_404(User, pk=pk, enrollments__session=session)
