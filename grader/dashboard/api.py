"""The dashboards of grading and of students for programs, for admins, and the rows behind their numbers."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.dashboard.api import (
    DashboardSerializer,
    DaysQuerySerializer,
    RangeSerializer,
    RowsView,
    SchoolQuerySerializer,
    asked_by,
    told,
)
from courses.dashboard.forms import SchoolForm
from courses.dashboard.tiles import Links
from courses.enrollment.access import is_admin
from grader.dashboard import questions, rows, students
from grader.dashboard.forms import GradedForm, GradingForm, HandedInForm, RiskForm
from grader.dashboard.load import Load
from grader.dashboard.models import Standing
from grader.dashboard.risk import RISKS
from grader.dashboard.students import Students
from grader.dashboard.watching.api import RiskSerializer
from grader.exercises import FLAVORS
from grader.results import Outcome
from grader.submissions.models import Result, Submission


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


def _admin(request: Request) -> None:
    if not is_admin(request.user):
        raise NotFound


# --- the rows behind the numbers ----------------------------------------------------------------------------


class WorkQuerySerializer(DaysQuerySerializer):
    flavor = serializers.ChoiceField(FLAVORS, required=False)
    exercise = serializers.SlugField(required=False)


class HandedInSerializer(serializers.ModelSerializer[Submission]):
    """A submission, with all that was earned, hidden checks among it."""

    name = serializers.CharField(source="student.name")
    email = serializers.EmailField(source="student.email")
    exercise = serializers.CharField(source="exercise.slug")
    score = serializers.FloatField(source="result.score", default=None, allow_null=True)
    max_score = serializers.FloatField(source="result.max_score", default=None, allow_null=True)

    class Meta:
        model = Submission
        fields = ["id", "student", "name", "email", "exercise", "status", "score", "max_score", "queued_at",
                  "finished_at", "tries", "failure"]  # fmt: skip


class HandedInQuerySerializer(WorkQuerySerializer):
    what = serializers.ChoiceField(
        ["failed", "waiting"], required=False, help_text="given up by our fault in these days; or unsettled now"
    )


class HandedInView(RowsView):
    """The submissions behind a number."""

    serializer_class = HandedInSerializer

    @extend_schema(parameters=[HandedInQuerySerializer], responses=HandedInSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was handed in in these days, failed, or is unsettled now; for admins. Pages end after 10,000 rows."""
        return self.listed(request, HandedInForm, rows.work)


class GradedSerializer(serializers.ModelSerializer[Result]):
    """A grading of a submission; number : 1 for its first. reason, asked_by : why it was graded again."""

    student = serializers.IntegerField(source="submission.student_id")
    name = serializers.CharField(source="submission.student.name")
    email = serializers.EmailField(source="submission.student.email")
    exercise = serializers.CharField(source="submission.exercise.slug")
    asked_by = serializers.EmailField(source="asked_by.email", default=None, allow_null=True)

    class Meta:
        model = Result
        fields = ["id", "submission", "student", "name", "email", "exercise", "outcome", "score", "max_score",
                  "graded_at", "waited_seconds", "took_seconds", "number", "reason", "asked_by"]  # fmt: skip


class GradedQuerySerializer(WorkQuerySerializer):
    what = serializers.ChoiceField(["graded", "regraded"], required=False, help_text="first gradings, or later ones")
    outcome = serializers.ChoiceField([one.value for one in Outcome], required=False)


class GradedView(RowsView):
    """The gradings behind a number."""

    serializer_class = GradedSerializer

    @extend_schema(parameters=[GradedQuerySerializer], responses=GradedSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was graded in these days, and how that ended; for admins. Pages end after 10,000 rows."""
        return self.listed(request, GradedForm, rows.gradings)


class AtRiskSerializer(serializers.ModelSerializer[Standing]):
    """How a student at risk stood at `counted_at`; percents are of the running total."""

    student = serializers.IntegerField(source="enrollment.user_id")
    name = serializers.CharField(source="enrollment.user.name")
    email = serializers.EmailField(source="enrollment.user.email")
    course = serializers.CharField(source="session.course.slug")
    reasons = serializers.SerializerMethodField()

    class Meta:
        model = Standing
        fields = ["student", "name", "email", "course", "session", "reasons", "percent", "assigned", "due", "handed_in",
                  "missing", "last_handed_in_at", "counted_at"]  # fmt: skip

    @extend_schema_field(RiskSerializer(many=True))
    def get_reasons(self, standing: Standing) -> Any:
        return RiskSerializer(standing.reasons, many=True).data


class AtRiskQuerySerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(list(RISKS), required=False)


class AtRiskView(generics.GenericAPIView[Standing]):
    """The students behind the number of those at risk."""

    serializer_class = AtRiskSerializer
    filter_backends: list[Any] = []

    @extend_schema(parameters=[AtRiskQuerySerializer], responses=AtRiskSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Who is at risk in sessions that run, and why; for admins."""
        _admin(request)
        given = asked_by(request, RiskForm)
        page = self.paginate_queryset(rows.at_risk(given.cleaned_data["reason"]))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
