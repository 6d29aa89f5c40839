"""Posting scores by program: what students will see, showing it to them, and hiding it again."""

from collections.abc import Callable, Collection
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enrollment.access import sessions_run_by
from courses.enrollment.api import KeyAmong, asked
from courses.keys import key_of
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.posting import posting
from grader.gradebook.posting.preview import Preview


class PostSerializer(serializers.Serializer[Any]):
    """Assignments of one session."""

    session = KeyAmong(sessions_run_by, pk_field=serializers.IntegerField())
    assignments = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=200)


class PostedSerializer(serializers.Serializer[Any]):
    """Those of them whose scores students see, or do not see, since now."""

    assignments = serializers.ListField(child=serializers.IntegerField())


def check(session: Session, assignments: Collection[int]) -> None:
    """Raises ValidationError where some of these are no assignments of the session."""
    here = Assignment.objects.current().filter(session=session, pk__in=assignments).values_list("pk", flat=True)
    if unknown := sorted(set(assignments) - set(here)):
        raise serializers.ValidationError(
            {"assignments": f"No assignments of this session: {', '.join(map(str, unknown))}."}
        )


def _done(request: Request, do: Callable[[Session, Collection[int], User], list[Assignment]]) -> Response:
    assert isinstance(request.user, User)
    given = asked(PostSerializer, request)
    check(given["session"], given["assignments"])
    return Response({"assignments": [one.pk for one in do(given["session"], given["assignments"], request.user)]})


class PostView(APIView):
    """Posting."""

    @extend_schema(request=PostSerializer, responses=PostedSerializer, tags=["gradebook"])
    def post(self, request: Request) -> Response:
        """Show students the scores of these assignments, and write to them. What they see already stays."""
        return _done(request, posting.post)


class HideView(APIView):
    """Taking that back."""

    @extend_schema(request=PostSerializer, responses=PostedSerializer, tags=["gradebook"])
    def post(self, request: Request) -> Response:
        """Hide the scores of these assignments from students until they are posted again."""
        return _done(request, posting.hide)


class LineSerializer(serializers.Serializer[Any]):
    """What a student will read of an assignment; `late` is empty for what came in time."""

    assignment = serializers.IntegerField(source="assignment.pk")
    said = serializers.CharField()
    late = serializers.CharField()


class StudentLinesSerializer(serializers.Serializer[Any]):
    student = serializers.IntegerField()
    name = serializers.CharField()
    lines = LineSerializer(many=True, help_text="empty where they have nothing to see")


class PreviewSerializer(serializers.Serializer[Any]):
    """What posting these assignments will show; `unready` says what keeps them from being complete."""

    assignments = serializers.ListField(child=serializers.IntegerField())
    unready = serializers.ListField(child=serializers.CharField())
    rows = StudentLinesSerializer(many=True)


class PreviewView(APIView):
    """Looking at it before."""

    @extend_schema(
        parameters=[
            OpenApiParameter("session", OpenApiTypes.INT, required=True),
            OpenApiParameter("assignment", OpenApiTypes.INT, many=True, description="none: all that are not posted"),
        ],
        responses=PreviewSerializer,
        tags=["gradebook"],
    )
    def get(self, request: Request) -> Response:
        """What each student will see once these are posted; for those who teach the session. Nothing is changed."""
        session = get_object_or_404(sessions_run_by(request.user), pk=key_of(request.query_params.get("session", "")))
        named = {key_of(text) for text in request.query_params.getlist("assignment")}
        check(session, named)
        book = Book.of(session)
        preview = Preview(book, named or {one.pk for one in book.assignments if not one.is_posted})
        rows = [{"student": student.pk, "name": student.name, "lines": lines} for student, lines in preview.rows]
        told = {"assignments": [one.pk for one in preview.assignments], "unready": preview.unready, "rows": rows}
        return Response(PreviewSerializer(told).data)
