"""A cell of the gradebook by program: how a student's score for an assignment came about."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enrollment.access import sessions_staffed_by
from grader.gradebook.api import ScoreSerializer, score_of
from grader.gradebook.cells.views import cell_in
from grader.gradebook.corrections.models import Correction


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """That a score which its student had seen became another one, in percent; null: there was, or is, none."""

    class Meta:
        model = Correction
        fields = ["before", "after", "why", "at"]


class TriedSerializer(serializers.Serializer[Any]):
    """A submission, and in words whether it counts; earned is null as long as it is not graded."""

    submission = serializers.IntegerField(source="attempt.submission")
    handed_in = serializers.DateTimeField(source="attempt.handed_in")
    earned = serializers.FloatField(source="attempt.earned", allow_null=True)
    full = serializers.FloatField(source="attempt.full", allow_null=True)
    counts = serializers.BooleanField()
    fate = serializers.CharField()


class CellSerializer(ScoreSerializer):
    """All that staff need to explain a score. Its overrides and marks have lists of their own."""

    rules = serializers.CharField(help_text="which submission counts, and what lateness costs")
    account = serializers.ListField(child=serializers.CharField(), help_text="how the score came about, in sentences")
    tried = TriedSerializer(many=True, help_text="the latest first")
    corrections = CorrectionSerializer(many=True, help_text="of which the student was told, the latest first")


class CellView(APIView):
    """A student's score for an assignment."""

    @extend_schema(responses=CellSerializer, tags=["gradebook"])
    def get(self, request: Request, assignment: int, student: int) -> Response:
        """With all submissions and how it came about; for the session's staff."""
        session = get_object_or_404(sessions_staffed_by(request.user), assignments__pk=assignment)
        cell = cell_in(session, assignment, student)
        part = next(part for part in cell.book.total(cell.student).parts if part.assignment == assignment)
        told = score_of(cell.book, cell.student, cell.assignment, part)
        told |= {
            "rules": cell.late_words, "account": cell.account, "tried": cell.tried, "corrections": cell.corrections,
        }  # fmt: skip
        return Response(CellSerializer(told).data)
