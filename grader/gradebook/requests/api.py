"""Requests to look at a score again, by program."""

import contextlib
from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import Person, sessions_seated_in
from courses.enrollment.api import Conflict, KeyAmong, asked
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.requests import asking
from grader.gradebook.requests.models import LONGEST, RegradeRequest, RequestRefused
from grader.submissions.models import Submission


def assignments_of(person: Person) -> QuerySet[Assignment]:
    """Those of sessions in which the person has a seat."""
    own = Assignment.objects.current().filter(session__in=sessions_seated_in(person))
    return own.select_related("exercise", "session__course")


def own_submissions(person: Person) -> QuerySet[Submission]:
    return Submission.objects.filter(student=person.pk)


class RegradeRequestSerializer(serializers.ModelSerializer[RegradeRequest]):
    """Without a submission the one that counts is meant."""

    assignment = KeyAmong(assignments_of)
    submission = KeyAmong(own_submissions, required=False, allow_null=True)
    answered_by = serializers.CharField(source="answered_by.__str__", read_only=True, default="")

    class Meta:
        model = RegradeRequest
        fields = ["id", "assignment", "student", "submission", "text", "asked_at", "state", "answer", "answered_by",
                  "answered_at"]  # fmt: skip
        read_only_fields = ["student", "asked_at", "state", "answer", "answered_at"]
        extra_kwargs = {"text": {"max_length": LONGEST}}

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        submission = given.get("submission")
        if submission is not None and submission.exercise_id != given["assignment"].exercise_id:
            raise serializers.ValidationError({"submission": "It is not one for this assignment."})
        return given


class AnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=LONGEST)


class RegradeRequestFilter(django_filters.FilterSet):
    session = django_filters.NumberFilter("assignment__session__pk")

    class Meta:
        model = RegradeRequest
        fields = {"assignment": ["exact"], "student": ["exact"], "state": ["exact"], "asked_at": ["gte", "lte"]}


@contextlib.contextmanager
def conflicts() -> Iterator[None]:
    """What is refused in here answers 409, and says why."""
    try:
        yield
    except RequestRefused as refused:
        raise Conflict(str(refused)) from refused


class RegradeRequests(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet[RegradeRequest]):
    """Requests to look at a score again: one's own, and for staff those of their sessions.

    Students ask and withdraw; those who teach the session grant and decline.
    """

    queryset = RegradeRequest.objects.none()
    serializer_class = RegradeRequestSerializer
    filterset_class = RegradeRequestFilter

    def get_queryset(self) -> QuerySet[RegradeRequest]:
        found: QuerySet[RegradeRequest] = RegradeRequest.objects.visible_to(self.request.user)
        if self.action == "withdraw":
            found = found.filter(student=self.request.user.pk)
        if self.action in ("grant", "decline", "grade_again"):
            found = RegradeRequest.objects.run_by(self.request.user)
        return found.select_related("assignment__exercise", "assignment__session__course", "student", "answered_by")

    def perform_create(self, serializer: serializers.BaseSerializer[RegradeRequest]) -> None:
        assert isinstance(self.request.user, User)
        with conflicts():
            serializer.instance = asking.ask(student=self.request.user, **serializer.validated_data)

    @extend_schema(request=AnswerSerializer, responses=RegradeRequestSerializer)
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: str) -> Response:
        """Say that the student was right; 409 where it does not wait any more."""
        return self.answered(request, granted=True)

    @extend_schema(request=AnswerSerializer, responses=RegradeRequestSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say that the score stays; 409 where it does not wait any more."""
        return self.answered(request, granted=False)

    def answered(self, request: Request, *, granted: bool) -> Response:
        """Settle the request that is asked for."""
        assert isinstance(request.user, User)
        waiting = self.get_object()
        said = asked(AnswerSerializer, request)["answer"]
        with conflicts():
            (waiting.grant if granted else waiting.decline)(request.user, said)
        return Response(self.get_serializer(waiting).data)

    @extend_schema(request=None, responses=RegradeRequestSerializer)
    @action(detail=True, methods=["post"], url_path="grade-again")
    def grade_again(self, request: Request, pk: str) -> Response:
        """Have the examiner grade it once more, and answer then; 409 where that is under way, or nothing is graded."""
        assert isinstance(request.user, User)
        waiting = self.get_object()
        with conflicts():
            waiting.grade_again(request.user)
        return Response(self.get_serializer(waiting).data)

    @extend_schema(request=None, responses=RegradeRequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take one's own back; 409 where it does not wait any more."""
        waiting = self.get_object()
        with conflicts():
            waiting.withdraw()
        return Response(self.get_serializer(waiting).data)
