"""How many have handed in for a session's assignments, by program."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enrollment.access import sessions_staffed_by
from grader.assignments.views import rows_of


class TurnoutSerializer(serializers.Serializer[Any]):
    """How far the session's students are with an assignment."""

    assignment = serializers.IntegerField(source="assignment.pk")
    removed_at = serializers.DateTimeField(source="assignment.removed_at", allow_null=True)
    lecture = serializers.CharField(help_text="with its number in the course")
    share = serializers.FloatField(allow_null=True, help_text="percent of the weights of all")
    extensions = serializers.IntegerField()
    handed_in = serializers.IntegerField(help_text="students who have")
    graded = serializers.IntegerField(help_text="students of whom something is graded")


class TurnoutView(APIView):
    """Turnout."""

    @extend_schema(responses=TurnoutSerializer(many=True), tags=["assignments"])
    def get(self, request: Request, session: int) -> Response:
        """Of each assignment of the session, those taken out too; for its staff."""
        staffed = get_object_or_404(sessions_staffed_by(request.user).select_related("course"), pk=session)
        return Response(TurnoutSerializer(rows_of(staffed), many=True).data)
