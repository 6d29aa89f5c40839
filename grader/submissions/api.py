"""Submissions: hand in source or a file, read the report."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import BaseThrottle

from courses.enrollment.access import may_submit
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.errors import SourceError
from grader.submissions.models import Submission
from grader.submissions.source import read_file, read_text


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    exercise = serializers.CharField(source="exercise.slug", read_only=True)
    score = serializers.SerializerMethodField(help_text="so far: hidden checks do not count before the due date")
    max_score = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = ["id", "exercise", "student", "status", "outcome", "score", "max_score", "queued_at", "finished_at"]

    def get_score(self, submission: Submission) -> float | None:
        return submission.shown_score[0] if submission.shown_score else None

    def get_max_score(self, submission: Submission) -> float | None:
        return submission.shown_score[1] if submission.shown_score else None


class SubmissionDetailSerializer(SubmissionSerializer):
    report = serializers.SerializerMethodField()

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "source", "report"]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_report(self, submission: Submission) -> dict[str, Any] | None:
        report = submission.shown_report
        return report.to_dict() if report else None


class HandInSerializer(serializers.Serializer[Any]):
    """An exercise, and either `source` or `file`, a .py or an .ipynb."""

    exercise = serializers.SlugRelatedField("slug", queryset=Exercise.objects.none())
    source = serializers.CharField(required=False, trim_whitespace=False, allow_blank=True)  # type: ignore[assignment]
    file = serializers.FileField(required=False, allow_empty_file=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Exercises that the person may open, and no others, can be named."""
        fields = super().get_fields()
        if "request" in self.context:
            open_to_person = Exercise.objects.open_to(self.context["request"].user).select_related("lecture")
            fields["exercise"].queryset = open_to_person  # type: ignore[attr-defined]
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
        return given


class SubmissionFilter(django_filters.FilterSet):
    exercise = django_filters.CharFilter("exercise__slug")

    class Meta:
        model = Submission
        fields = ["status", "outcome", "student"]


class Submissions(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Submission]):
    """One's own submissions; for staff those of their sessions' students too."""

    queryset = Submission.objects.none()
    parser_classes = [JSONParser, MultiPartParser, FormParser]
    filterset_class = SubmissionFilter

    def get_queryset(self) -> QuerySet[Submission]:
        visible = Submission.objects.visible_to(self.request.user).select_related("exercise__lecture", "student")
        return visible.defer("source", "data") if self.action == "list" else visible

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        if self.action == "create":
            return HandInSerializer
        return SubmissionSerializer if self.action == "list" else SubmissionDetailSerializer

    def get_throttles(self) -> list[BaseThrottle]:
        self.throttle_scope = "submit" if self.action == "create" else None
        return super().get_throttles()

    @extend_schema(responses={201: SubmissionSerializer})
    def create(self, request: Request) -> Response:
        """Hand in. The answer comes at once; the report is at its Location as soon as it is graded."""
        assert isinstance(request.user, User)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        submission = Submission.hand_in(request.user, **given.validated_data)
        address = reverse("api-submission-detail", args=[submission.pk], request=request)
        return Response(SubmissionSerializer(submission).data, status=201, headers={"Location": address})
