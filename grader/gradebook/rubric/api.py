"""Rubrics and marks, by program."""

from decimal import Decimal
from typing import Any

import django_filters
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import Person, members_of, sessions_run_by, sessions_staffed_by
from courses.enrollment.api import Conflict, KeyAmong, asked
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.rubric import writing
from grader.gradebook.rubric.forms import LONGEST
from grader.gradebook.rubric.marking import Given, MarkedMeanwhile, MarkRefused, mark, seen_of
from grader.gradebook.rubric.models import Criterion, Mark, RubricRefused, shipped_with


def assignments_run_by(person: Person) -> QuerySet[Assignment]:
    """Those of sessions that the person teaches."""
    return (
        Assignment.objects.current().filter(session__in=sessions_run_by(person)).select_related("exercise", "session")
    )


def criteria_marked_by(person: Person) -> QuerySet[Criterion]:
    """Those by which the person may mark."""
    staffed = Criterion.objects.filter(assignment__session__in=sessions_staffed_by(person))
    return staffed.select_related("assignment__exercise", "assignment__session")


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """The description is Markdown. The assignment is named once; a new criterion comes last."""

    assignment = KeyAmong(assignments_run_by, once=True)

    class Meta:
        model = Criterion
        fields = ["id", "assignment", "position", "title", "description", "points"]
        read_only_fields = ["position"]
        extra_kwargs = {"points": {"min_value": Decimal("0.01")}, "description": {"max_length": LONGEST}}


class MoveCriterionSerializer(serializers.Serializer[Any]):
    up = serializers.BooleanField(help_text="before the one above; else after the one below")


class CopySerializer(serializers.Serializer[Any]):
    """Whose rubric to take over: that of `source`, an assignment; without one that which the exercise brings."""

    assignment = KeyAmong(assignments_run_by)
    source = KeyAmong(assignments_run_by, required=False, allow_null=True, default=None)  # type: ignore[assignment]


class Criteria(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Criterion]
):  # fmt: skip
    """Lines of rubrics; students see them once the assignment is open. Those who teach the session write them.

    One that has marks is deleted with ?sure=1 only, and its marks with it.
    """

    queryset = Criterion.objects.none()
    serializer_class = CriterionSerializer
    filterset_fields = {"assignment": ["exact"], "assignment__session": ["exact"]}
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    def get_queryset(self) -> QuerySet[Criterion]:
        found: QuerySet[Criterion] = Criterion.objects.visible_to(self.request.user)
        if self.request.method not in SAFE_METHODS:
            found = found.filter(assignment__session__in=sessions_run_by(self.request.user))
        return found.select_related("assignment__exercise", "assignment__session")

    def perform_create(self, serializer: serializers.BaseSerializer[Criterion]) -> None:
        assert isinstance(self.request.user, User)
        values: dict[str, Any] = dict(serializer.validated_data)
        assignment = values.pop("assignment")
        try:
            added = writing.add(assignment, self.request.user, [Criterion(**values)])
        except RubricRefused as refused:
            raise Conflict(str(refused)) from refused
        serializer.instance = added[0]

    def perform_update(self, serializer: serializers.BaseSerializer[Criterion]) -> None:
        assert isinstance(self.request.user, User)
        criterion = serializer.instance
        assert criterion is not None
        for name, value in serializer.validated_data.items():
            setattr(criterion, name, value)
        writing.keep(criterion, self.request.user)

    @transaction.atomic
    def perform_destroy(self, instance: Criterion) -> None:
        assert isinstance(self.request.user, User)
        instance.assignment.session.lock()
        if (number := instance.marks.count()) and "sure" not in self.request.GET:
            raise Conflict(f"There are {number} marks by it, which would go with it. Add ?sure=1 to delete them, too.")
        writing.remove(instance, self.request.user)

    @extend_schema(request=MoveCriterionSerializer, responses=CriterionSerializer)
    @action(detail=True, methods=["post"])
    @transaction.atomic
    def move(self, request: Request, pk: str) -> Response:
        """Up or down by one place; at the end it stays."""
        assert isinstance(request.user, User)
        self.get_object().assignment.session.lock()
        up = asked(MoveCriterionSerializer, request)["up"]
        self.get_object().move(request.user, up=up)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=CopySerializer, responses={201: CriterionSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def copy(self, request: Request) -> Response:
        """Add the criteria of another rubric after those that there are; 409 where there are none, or too many."""
        assert isinstance(request.user, User)
        given = asked(CopySerializer, request)
        assignment, source = given["assignment"], given["source"]
        lines = list(source.criteria.all()) if source else shipped_with(assignment)
        if not lines:
            raise Conflict("There is no rubric to take over.")
        try:
            added = writing.add(assignment, request.user, lines)
        except RubricRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(self.get_serializer(added, many=True).data, status=201)


class MarkSerializer(serializers.ModelSerializer[Mark]):
    assignment = serializers.IntegerField(source="criterion.assignment_id", read_only=True)
    by = serializers.CharField(source="by.__str__", read_only=True)
    seen = serializers.SerializerMethodField(help_text="to be sent along with another mark")

    class Meta:
        model = Mark
        fields = ["id", "assignment", "criterion", "student", "points", "comment", "by", "at", "seen"]

    def get_seen(self, mark: Mark) -> str:
        return seen_of(mark)


class GivenSerializer(serializers.Serializer[Any]):
    """What a student's work earns by a criterion; points null: no mark any more.

    `seen` is that of the mark that you have read, empty where there was none: where somebody else has given another
    one meanwhile, the answer is 409.
    """

    criterion = KeyAmong(criteria_marked_by)
    student = serializers.PrimaryKeyRelatedField(queryset=User.objects.all())
    points = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0, allow_null=True)
    comment = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")
    seen = serializers.CharField(required=False, allow_blank=True, default="")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        session = given["criterion"].assignment.session
        if not members_of(session).filter(pk=given["student"].pk).exists():
            raise serializers.ValidationError({"student": "This is nobody with a seat in the session."})
        return given


class MarkFilter(django_filters.FilterSet):
    assignment = django_filters.NumberFilter("criterion__assignment__pk")
    session = django_filters.NumberFilter("criterion__assignment__session__pk")

    class Meta:
        model = Mark
        fields = ["criterion", "student"]


class Marks(viewsets.ReadOnlyModelViewSet[Mark]):
    """What people gave by rubrics; students see their own once scores are posted. Staff of the session POST."""

    queryset = Mark.objects.none()
    serializer_class = MarkSerializer
    filterset_class = MarkFilter

    def get_queryset(self) -> QuerySet[Mark]:
        return Mark.objects.visible_to(self.request.user).select_related("criterion", "by")

    @extend_schema(request=GivenSerializer, responses={200: MarkSerializer, 204: None})
    def create(self, request: Request) -> Response:
        """Give a mark, another mark, or none; 409 where the one that is kept is not the one that was seen."""
        assert isinstance(request.user, User)
        given = asked(GivenSerializer, request)
        criterion: Criterion = given["criterion"]
        new = Given(given["points"], given["comment"] if given["points"] is not None else "", given["seen"])
        try:
            mark(criterion.assignment, given["student"], request.user, {criterion: new})
        except MarkRefused as refused:
            raise serializers.ValidationError({"points": [str(refused)]}) from refused
        except MarkedMeanwhile as meanwhile:
            raise Conflict(str(meanwhile)) from meanwhile
        if new.points is None:
            return Response(status=204)
        kept = get_object_or_404(self.get_queryset(), criterion=criterion, student=given["student"])
        return Response(self.get_serializer(kept).data)
