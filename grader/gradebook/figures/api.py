"""How a session's scores are distributed, by program."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enrollment.access import sessions_staffed_by
from grader.gradebook.book import Book
from grader.gradebook.figures.figures import distributions


class BinSerializer(serializers.Serializer[Any]):
    """Scores from `low` percent to under `high`; 100 % are in the last one."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()
    number = serializers.IntegerField()


class DistributionSerializer(serializers.Serializer[Any]):
    """Scores in percent for an assignment; of running totals `assignment` is null."""

    assignment = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    posted = serializers.BooleanField()
    number = serializers.IntegerField(help_text="students who have a score")
    mean = serializers.FloatField(allow_null=True)
    quartiles = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="the lower one, the median, the upper one"
    )
    bins = BinSerializer(many=True)
    missing = serializers.IntegerField(help_text="students who handed nothing in as long as work counted")
    late = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="for the examiner, or for marks by the rubric")
    sentence = serializers.CharField()


class StatisticsView(APIView):
    """Mean, quartiles and histogram of totals and of each assignment."""

    @extend_schema(responses=DistributionSerializer(many=True), tags=["gradebook"])
    def get(self, request: Request, session: int) -> Response:
        """Of the totals, then of each assignment as they are due; for the session's staff."""
        found = distributions(Book.of(get_object_or_404(sessions_staffed_by(request.user), pk=session)))
        return Response(DistributionSerializer(found, many=True).data)
