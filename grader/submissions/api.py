"""Submissions: hand in source or a file, read the report."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import BaseThrottle

from courses.enrollment.access import may_submit
from courses.enrollment.models import Enrollment
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.assignments.closing import closed_work
from grader.assignments.models import Exercise
from grader.errors import SourceError
from grader.results import Outcome
from grader.submissions.limits import LimitReached
from grader.submissions.models import Submission, shown_marks
from grader.submissions.phases import phase_of
from grader.submissions.source import read_file, read_text


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    exercise = serializers.CharField(source="exercise.slug", read_only=True)
    outcome = serializers.CharField(source="result.outcome", default="", read_only=True)
    score = serializers.SerializerMethodField(help_text="so far: hidden checks do not count before the due date")
    max_score = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = [
            "id", "exercise", "student", "status", "outcome", "score", "max_score", "queued_at", "finished_at",
            "replaced_by",
        ]  # fmt: skip

    def get_score(self, submission: Submission) -> float | None:
        return submission.shown_score[0] if submission.shown_score else None

    def get_max_score(self, submission: Submission) -> float | None:
        return submission.shown_score[1] if submission.shown_score else None


# What decides about a row of a list, as the database gives it.
COLUMNS = (
    "pk", "exercise__slug", "exercise", "student", "status", "queued_at", "finished_at", "replaced_by",
    "result__outcome", "result__score", "result__max_score", "result__open_score", "result__open_max_score",
)  # fmt: skip


def rows_of(page: list[Any]) -> list[dict[str, Any]]:
    """What SubmissionSerializer gives of each, from COLUMNS, in a fifth of the time: a list has fifty."""
    hiding = {(row.student, row.exercise) for row in page if row.result__open_max_score != row.result__max_score}
    closed = closed_work(hiding)
    return [row_of(row, closed=(row.student, row.exercise) not in hiding - closed) for row in page]


def row_of(row: Any, closed: bool) -> dict[str, Any]:
    whole, public = (row.result__score, row.result__max_score), (row.result__open_score, row.result__open_max_score)
    score, max_score = shown_marks(whole, public, closed)
    return {
        "id": row.pk,
        "exercise": row.exercise__slug,
        "student": row.student,
        "status": row.status,
        "outcome": row.result__outcome or "",
        "score": score,
        "max_score": max_score,
        "queued_at": row.queued_at,
        "finished_at": row.finished_at,
        "replaced_by": row.replaced_by,
    }


class PhaseSerializer(serializers.Serializer[Any]):
    """Where a grading is: "starting", "check" with its number, of how many, "diagnosing"."""

    name = serializers.CharField()
    number = serializers.IntegerField()
    of = serializers.IntegerField()
    epoch = serializers.IntegerField(help_text="0 in a check that does not train")
    epochs = serializers.IntegerField()


class SubmissionDetailSerializer(SubmissionSerializer):
    ahead = serializers.SerializerMethodField(help_text="how many go before it, while it waits")
    phase = serializers.SerializerMethodField(help_text="while it is being graded")
    report = serializers.SerializerMethodField()

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "ahead", "phase", "source", "report"]

    def get_ahead(self, submission: Submission) -> int | None:
        return submission.ahead if submission.status == Submission.Status.QUEUED else None

    @extend_schema_field(PhaseSerializer(allow_null=True))
    def get_phase(self, submission: Submission) -> dict[str, Any] | None:
        phase = phase_of(submission.pk) if submission.status == Submission.Status.RUNNING else None
        return asdict(phase) if phase else None

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_report(self, submission: Submission) -> dict[str, Any] | None:
        report = submission.shown_report
        return report.to_dict() if report else None


class HandInSerializer(serializers.Serializer[Any]):
    """An exercise, and either `source` or `file`, a .py or an .ipynb.

    `replaces` names a waiting submission for the same exercise that is canceled for this one.
    """

    exercise = serializers.SlugRelatedField("slug", queryset=Exercise.objects.none())
    source = serializers.CharField(required=False, trim_whitespace=False, allow_blank=True)  # type: ignore[assignment]
    file = serializers.FileField(required=False, allow_empty_file=True)
    replaces = serializers.PrimaryKeyRelatedField(queryset=Submission.objects.none(), required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Exercises that the person may open, and no others, can be named."""
        fields = super().get_fields()
        if "request" in self.context:
            open_to_person = Exercise.objects.open_to(self.context["request"].user).select_related("lecture")
            fields["exercise"].queryset = open_to_person  # type: ignore[attr-defined]
            own = Submission.objects.filter(student_id=self.context["request"].user.pk)
            fields["replaces"].queryset = own  # type: ignore[attr-defined]
        return fields

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("source" in given) == ("file" in given):
            raise serializers.ValidationError("Send either `source` or `file`.")
        name = "file" if "file" in given else "source"
        try:
            file = given.pop("file", None)
            given["source"] = read_file(file) if file is not None else read_text(given["source"])
        except SourceError as error:
            raise serializers.ValidationError({name: str(error)}) from error
        if not may_submit(self.context["request"].user, given["exercise"].lecture):
            raise serializers.ValidationError({"exercise": "Your session no longer takes new work."})
        if "replaces" in given and given["replaces"].exercise_id != given["exercise"].pk:
            raise serializers.ValidationError({"replaces": "It is for another exercise."})
        return given


class TooMany(APIException):
    """The student's limit is reached; Retry-After says when the next one is taken, where that is known."""

    status_code = 429

    def __init__(self, reached: LimitReached) -> None:
        super().__init__(str(reached))
        self.wait = reached.wait_seconds


class BegunAlready(APIException):
    status_code = 409
    default_detail = "It does not wait any more, so that it was not canceled."


class SubmissionFilter(django_filters.FilterSet):
    exercise = django_filters.CharFilter("exercise__slug")
    outcome = django_filters.ChoiceFilter("result__outcome", choices=[(o.value, o.value) for o in Outcome])
    session = django_filters.NumberFilter(
        method="of_session", help_text="of whoever has a seat in it, for what is assigned there"
    )

    class Meta:
        model = Submission
        fields = ["status", "student"]

    def of_session(self, submissions: QuerySet[Submission], name: str, session: Decimal) -> QuerySet[Submission]:
        seats = Enrollment.objects.active().filter(session__pk=int(session))
        assigned = Assignment.objects.current().filter(session__pk=int(session))
        return submissions.filter(student__in=seats.values("user"), exercise__in=assigned.values("exercise"))


class Submissions(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Submission]):
    """One's own submissions; for staff those of their sessions' students too."""

    queryset = Submission.objects.none()
    parser_classes = [JSONParser, MultiPartParser, FormParser]
    filterset_class = SubmissionFilter

    def get_queryset(self) -> QuerySet[Submission]:
        visible = Submission.objects.visible_to(self.request.user)
        return visible.select_related("exercise__lecture", "student", "result")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        if self.action == "create":
            return HandInSerializer
        return SubmissionSerializer if self.action == "list" else SubmissionDetailSerializer

    def get_throttles(self) -> list[BaseThrottle]:
        self.throttle_scope = "submit" if self.action == "create" else None
        return super().get_throttles()

    def list(self, request: Request) -> Response:
        found = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(found.values_list(*COLUMNS, named=True))
        assert page is not None
        return self.get_paginated_response(rows_of(page))

    @extend_schema(responses={201: SubmissionSerializer})
    def create(self, request: Request) -> Response:
        """Hand in. The answer comes at once; the report is at its Location as soon as it is graded."""
        assert isinstance(request.user, User)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            submission = Submission.hand_in(request.user, **given.validated_data)
        except LimitReached as reached:
            raise TooMany(reached) from reached
        address = reverse("api-submission-detail", args=[submission.pk], request=request)
        return Response(SubmissionSerializer(submission).data, status=201, headers={"Location": address})

    @extend_schema(request=None, responses={200: SubmissionDetailSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Take one's own submission out of the queue; 409 where it no longer waits."""
        submission = get_object_or_404(self.get_queryset(), pk=pk, student=request.user)
        if not submission.cancel():
            raise BegunAlready
        return Response(SubmissionDetailSerializer(submission).data)
