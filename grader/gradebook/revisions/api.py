"""Other full marks for checks, by program."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import sessions_run_by
from courses.enrollment.api import Conflict, KeyAmong, asked
from courses.keys import key_of
from courses.people.models import User
from grader.gradebook.api import assignments_staffed_by
from grader.gradebook.revisions.checks import Comparison, checks_of, compared
from grader.gradebook.revisions.deciding import RevisedMeanwhile, RevisionRefused, after, revise, seen_of
from grader.gradebook.revisions.forms import BACK
from grader.gradebook.revisions.models import CheckRevision
from grader.gradebook.rubric.api import assignments_run_by


class CheckRevisionSerializer(serializers.ModelSerializer[CheckRevision]):
    """points : the full marks that the check has in the assignment; 0 where it does not count."""

    by = serializers.CharField(source="by.__str__", read_only=True)

    class Meta:
        model = CheckRevision
        fields = ["id", "assignment", "check_name", "points", "reason", "by", "at"]


class ProposalSerializer(serializers.Serializer[Any]):
    """A check of an assignment, and the full marks that it is to have there."""

    assignment = KeyAmong(assignments_run_by)
    check_name = serializers.CharField(max_length=200)
    points = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0)


class RevisionSerializer(ProposalSerializer):
    """`seen` is that of a preview: where somebody else has changed the checks since, the answer is 409."""

    reason = serializers.CharField(max_length=500)
    seen = serializers.CharField(required=False, allow_blank=True)


class DifferenceSerializer(serializers.Serializer[Any]):
    """A student's score in percent and in points; decided: staff set it, so that it stays."""

    student = serializers.IntegerField(source="student.pk")
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    points_before = serializers.FloatField(allow_null=True)
    points_after = serializers.FloatField(allow_null=True)
    change = serializers.FloatField(allow_null=True)
    decided = serializers.BooleanField()


class ComparisonSerializer(serializers.Serializer[Comparison]):
    """All students' scores before and after; `seen` is to be sent along with the revision."""

    rows = DifferenceSerializer(many=True)
    full_before = serializers.FloatField()
    full_after = serializers.FloatField()
    changed = serializers.IntegerField()
    mean_before = serializers.FloatField(allow_null=True)
    mean_after = serializers.FloatField(allow_null=True)
    seen = serializers.SerializerMethodField()

    def get_seen(self, comparison: Comparison) -> str:
        return seen_of(self.context["assignment"])


class CheckSerializer(serializers.Serializer[Any]):
    """A check of an assignment, and how many students earned all, some or none of its marks.

    known : whether the exercise as it is now has it. full : its own full marks; now : those that it has here.
    """

    name = serializers.CharField()
    known = serializers.BooleanField()
    full = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    now = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    visibility = serializers.CharField(help_text="public, hidden or after_due")
    revision = serializers.IntegerField(source="revision.pk", default=None, allow_null=True)
    everything = serializers.IntegerField()
    some = serializers.IntegerField()
    nothing = serializers.IntegerField()


class CheckRevisions(viewsets.ReadOnlyModelViewSet[CheckRevision]):
    """Checks with other full marks than their own, for staff of their sessions.

    Those who teach the session POST full marks, or DELETE to have the check count as it does by itself.
    """

    queryset = CheckRevision.objects.none()
    serializer_class = CheckRevisionSerializer
    filterset_fields = {"assignment": ["exact"], "assignment__session": ["exact"]}

    def get_queryset(self) -> QuerySet[CheckRevision]:
        found: QuerySet[CheckRevision] = CheckRevision.objects.staffed_by(self.request.user)
        if self.action == "destroy":
            found = found.filter(assignment__session__in=sessions_run_by(self.request.user))
        return found.select_related("by", "assignment__exercise", "assignment__session")

    @extend_schema(request=RevisionSerializer, responses={201: CheckRevisionSerializer, 204: None})
    def create(self, request: Request) -> Response:
        """Have a check count so much for everybody; 204 where these are its own full marks again."""
        assert isinstance(request.user, User)
        given = asked(RevisionSerializer, request)
        assignment, name = given["assignment"], given["check_name"]
        try:
            points = after(assignment, {name: given["points"]})
            revise(assignment, request.user, points, given["reason"], given.get("seen", seen_of(assignment)))
        except RevisionRefused as refused:
            raise serializers.ValidationError({"points": [str(refused)]}) from refused
        except RevisedMeanwhile as meanwhile:
            raise Conflict(str(meanwhile)) from meanwhile
        kept = self.get_queryset().filter(assignment=assignment, check_name=name).first()
        return Response(self.get_serializer(kept).data, status=201) if kept else Response(status=204)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Have the check count as it does by itself; students whose posted score changes are told."""
        assert isinstance(request.user, User)
        kept = get_object_or_404(self.get_queryset(), pk=pk)
        try:
            points = after(kept.assignment, {kept.check_name: None})
            revise(kept.assignment, request.user, points, BACK, seen_of(kept.assignment))
        except RevisionRefused as refused:
            raise Conflict(str(refused)) from refused
        except RevisedMeanwhile as meanwhile:
            raise Conflict(str(meanwhile)) from meanwhile
        return Response(status=204)

    @extend_schema(request=ProposalSerializer, responses=ComparisonSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """All scores before and after; nothing is saved."""
        given = asked(ProposalSerializer, request)
        assignment = given["assignment"]
        try:
            points = after(assignment, {given["check_name"]: given["points"]})
        except RevisionRefused as refused:
            raise serializers.ValidationError({"points": [str(refused)]}) from refused
        return Response(ComparisonSerializer(compared(assignment, points), context={"assignment": assignment}).data)

    @extend_schema(
        parameters=[OpenApiParameter("assignment", OpenApiTypes.INT, required=True)],
        responses=CheckSerializer(many=True),
    )
    @action(detail=False, pagination_class=None, filter_backends=[])
    def checks(self, request: Request) -> Response:
        """All checks of an assignment, with what was earned by them; for the session's staff."""
        named = key_of(request.query_params.get("assignment", ""))
        assignment = get_object_or_404(assignments_staffed_by(request.user), pk=named)
        return Response(CheckSerializer(checks_of(assignment), many=True).data)
