"""Exercises that the person may open, assignments and extensions."""

from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from courses.classroom.meetings.api import Moment
from courses.classroom.teaching.api import by_field
from courses.enrollment.access import members_of, sessions_run_by, sessions_staffed_by, students_of
from courses.enrollment.api import Conflict, KeyAmong, SlugAmong
from courses.people.models import User
from grader.assignments.assignment import Assignment, EditedMeanwhile
from grader.assignments.extension import Extension, refuse_due
from grader.assignments.models import Exercise


class ExerciseSerializer(serializers.ModelSerializer[Exercise]):
    lecture = serializers.CharField(source="lecture.slug", read_only=True)

    class Meta:
        model = Exercise
        fields = ["slug", "title", "lecture", "points", "flavor", "version"]


class ExerciseDetailSerializer(ExerciseSerializer):
    class Meta(ExerciseSerializer.Meta):
        fields = [*ExerciseSerializer.Meta.fields, "statement", "starter"]


class Exercises(viewsets.ReadOnlyModelViewSet[Exercise]):
    """Exercises; one with its statement (Markdown) and starter."""

    queryset = Exercise.objects.none()
    lookup_field = "slug"
    filterset_fields = {"lecture__slug": ["exact"], "flavor": ["exact"]}

    def get_queryset(self) -> QuerySet[Exercise]:
        return Exercise.objects.open_to(self.request.user).select_related("lecture")

    def get_serializer_class(self) -> type[ExerciseSerializer]:
        return ExerciseSerializer if self.action == "list" else ExerciseDetailSerializer


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    """Session and exercise are named once. `version` counts changes: a change names the one that it was made of."""

    session = KeyAmong(sessions_run_by, once=True)
    exercise = SlugAmong(lambda person: Exercise.objects.filter(current=True), once=True, slug_field="slug")
    opens_at = Moment(required=False, allow_null=True)
    due_at = Moment(required=False, allow_null=True)
    own_due_at = serializers.DateTimeField(
        source="own_rule.due", read_only=True, help_text="for the person who asks, with their extension"
    )
    version = serializers.IntegerField(min_value=0, required=False)

    class Meta:
        model = Assignment
        fields = [
            "id", "session", "exercise", "opens_at", "due_at", "own_due_at", "weight", "attempts", "counted",
            "grace_days", "late_percent", "late_days", "hidden", "posted_at", "removed_at", "version",
        ]  # fmt: skip
        read_only_fields = ["posted_at", "removed_at"]
        # Whether the exercise is assigned already is asked with the session locked.
        validators: list[Any] = []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is None:
            attrs.pop("version", None)
        elif "version" not in attrs:
            raise serializers.ValidationError({"version": "Say which version you have seen."})
        assignment = self.instance or Assignment()
        for name, value in attrs.items():
            setattr(assignment, name, value)
        if not assignment.session.course.lectures.filter(pk=assignment.exercise.lecture_id).exists():
            raise serializers.ValidationError({"exercise": "It is none of the session's course."})
        try:
            assignment.clean()
        except ValidationError as wrong:
            raise by_field(wrong) from wrong
        return attrs


class AssignmentFilter(django_filters.FilterSet):
    """By session and exercise, and by when an assignment is due for the person who asks."""

    session = django_filters.NumberFilter("session__pk")
    exercise = django_filters.CharFilter("exercise__slug")
    due_after = django_filters.IsoDateTimeFilter("own_due_at", "gte")
    due_before = django_filters.IsoDateTimeFilter("own_due_at", "lte")
    removed = django_filters.BooleanFilter("removed_at", "isnull", exclude=True, label="those taken out, for staff")


class Assignments(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet[Assignment],
):
    """Assignments of the person's sessions: for staff all, for students those that have opened.

    Those who teach a session assign, change, take out and put back. A change that was made of an older version
    answers 409, with `current` and `yours`.
    """

    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    def get_queryset(self) -> QuerySet[Assignment]:
        if self.request.method in SAFE_METHODS:
            found = Assignment.objects.visible_to(self.request.user)
            return found.listed() if "removed" in self.request.query_params else found.current().listed()
        return Assignment.objects.run_by(self.request.user).listed()

    @transaction.atomic
    def perform_create(self, serializer: serializers.BaseSerializer[Assignment]) -> None:
        assert isinstance(self.request.user, User)
        assignment = Assignment(**serializer.validated_data)
        assignment.session.lock()
        there = Assignment.objects.filter(session=assignment.session, exercise=assignment.exercise).first()
        if there is not None:
            raise Conflict(f"It was taken out: put {there.pk} back." if there.removed_at else "It is assigned already.")
        assignment.assign(self.request.user)
        serializer.instance = assignment

    @extend_schema(responses=AssignmentSerializer)
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it; `version` is the one that you have seen."""
        assert isinstance(request.user, User)
        assignment = self.locked()
        given = self.get_serializer(assignment, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        try:
            assignment.keep(request.user)
        except EditedMeanwhile as meanwhile:
            current = self.get_serializer(meanwhile.current).data
            raise Conflict(str(meanwhile), current=current, yours=self.get_serializer(assignment).data) from meanwhile
        return Response(self.get_serializer(assignment).data)

    @extend_schema(
        parameters=[OpenApiParameter("sure", OpenApiTypes.STR, description="1: although there are scores")],
        responses={204: None},
    )
    @transaction.atomic
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it out. Where there are scores that no longer count then, 409 says so first: add ?sure=1."""
        assert isinstance(request.user, User)
        assignment = self.locked()
        scored = assignment.scored.count()
        if scored and request.query_params.get("sure") != "1":
            raise Conflict(f"{scored} scores would no longer count. Add ?sure=1 to take it out.", scores=scored)
        assignment.take_out(request.user)
        return Response(status=204)

    @extend_schema(request=None, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    @transaction.atomic
    def put_back(self, request: Request, pk: str) -> Response:
        """Have in the session again what was taken out, with its scores."""
        assert isinstance(request.user, User)
        assignment = self.locked(removed=True)
        assignment.put_back(request.user)
        return Response(self.get_serializer(assignment).data)

    def locked(self, *, removed: bool = False) -> Assignment:
        """The one that is asked for, with its session kept from others. Raises Http404, or Conflict."""
        self.get_object().session.lock()
        assignment: Assignment = self.get_object()
        if (assignment.removed_at is not None) != removed:
            raise Conflict("It is no assignment any more." if not removed else "It is assigned already.")
        return assignment


class ExtensionSerializer(serializers.ModelSerializer[Extension]):
    """The assignment and the student are named once. The reason is for staff."""

    assignment = KeyAmong(lambda person: Assignment.objects.run_by(person).current(), once=True)
    student = KeyAmong(students_of, once=True)
    due_at = Moment()

    class Meta:
        model = Extension
        fields = ["id", "assignment", "student", "due_at", "reason", "granted_at"]
        read_only_fields = ["granted_at"]
        validators: list[Any] = []

    def to_representation(self, instance: Extension) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.assignment.session_id not in self.context["view"].staffed:
            del shown["reason"]
        return shown

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        assignment = self.instance.assignment if self.instance else attrs["assignment"]
        if "student" in attrs and not members_of(assignment.session).filter(pk=attrs["student"].pk).exists():
            raise serializers.ValidationError({"student": "This person has no seat in the session."})
        if "due_at" in attrs:
            try:
                refuse_due(assignment, attrs["due_at"])
            except ValidationError as refused:
                raise by_field(ValidationError({"due_at": refused})) from refused
        return attrs


class Extensions(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Extension]
):
    """One's own extensions; for staff those of their sessions. Those who teach grant, change and take back."""

    queryset = Extension.objects.none()
    serializer_class = ExtensionSerializer
    filterset_fields = {"assignment": ["exact"], "assignment__session": ["exact"], "student": ["exact"]}
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    @cached_property
    def staffed(self) -> frozenset[int]:
        """The sessions whose reasons the person may read."""
        return frozenset(sessions_staffed_by(self.request.user).values_list("pk", flat=True))

    def get_queryset(self) -> QuerySet[Extension]:
        reads = self.request.method in SAFE_METHODS
        found = (
            Extension.objects.visible_to(self.request.user) if reads else Extension.objects.run_by(self.request.user)
        )
        return found.select_related("assignment__session__course", "assignment__exercise", "student")

    @transaction.atomic
    def perform_create(self, serializer: serializers.BaseSerializer[Extension]) -> None:
        """Grant one; 409 where the student has one already, to be changed."""
        assert isinstance(self.request.user, User)
        given = serializer.validated_data
        assignment, student = given["assignment"], given["student"]
        assignment.session.lock()
        if (held := assignment.extensions.filter(student=student).first()) is not None:
            raise Conflict(f"{student} has an extension already: change {held.pk}.")
        Extension.objects.grant(assignment, self.request.user, [student], given["due_at"], given.get("reason", ""))
        serializer.instance = assignment.extensions.get(student=student)

    @transaction.atomic
    def perform_update(self, serializer: serializers.BaseSerializer[Extension]) -> None:
        assert isinstance(self.request.user, User)
        extension = serializer.instance
        assert extension is not None
        extension.assignment.session.lock()
        extension = get_object_or_404(self.get_queryset(), pk=extension.pk)
        given = serializer.validated_data
        extension.put(self.request.user, given.get("due_at", extension.due_at), given.get("reason", extension.reason))
        serializer.instance = extension

    @transaction.atomic
    def perform_destroy(self, instance: Extension) -> None:
        assert isinstance(self.request.user, User)
        instance.assignment.session.lock()
        get_object_or_404(self.get_queryset(), pk=instance.pk).take_back(self.request.user)
