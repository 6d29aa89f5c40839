"""A student's scores in a session by program, with how each came about: one's own, or as staff look at them."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enrollment.access import sessions_seated_in, sessions_staffed_by
from courses.people.models import User
from grader.gradebook.api import ScoreSerializer, score_of
from grader.gradebook.cells.api import CorrectionSerializer
from grader.gradebook.mine.page import Grades, Row


class RubricLineSerializer(serializers.Serializer[Any]):
    """A criterion with what the work earned by it; points are null as long as it has no mark."""

    criterion = serializers.IntegerField()
    title = serializers.CharField()
    points = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    of = serializers.DecimalField(max_digits=8, decimal_places=2)
    comment = serializers.CharField()


class GradeSerializer(ScoreSerializer):
    """A score with how it came about. What is not posted yet has neither rubric nor corrections."""

    said = serializers.CharField(help_text="the score in words, or where it stands")
    rules = serializers.CharField(help_text="which submission counts, and what lateness costs")
    account = serializers.ListField(child=serializers.CharField(), help_text="how the score came about, in sentences")
    checks_left_out = serializers.IntegerField(help_text="hidden checks that do not count yet")
    comments = serializers.IntegerField(help_text="on lines of the submission that counts")
    corrections = CorrectionSerializer(many=True, help_text="the latest first")
    rubric = RubricLineSerializer(many=True)
    may_ask = serializers.BooleanField(help_text="to have the score looked at again")


class GradesSerializer(serializers.Serializer[Any]):
    """A student's scores in a session, as the student may see them."""

    session = serializers.IntegerField()
    student = serializers.IntegerField()
    total = serializers.FloatField(allow_null=True, help_text="percent so far")
    total_in_words = serializers.CharField()
    moved = serializers.BooleanField(help_text="whether work of a former session counts here")
    grades = GradeSerializer(many=True)


def told_of(grades: Grades) -> dict[str, Any]:
    """What GradesSerializer gives."""
    told = {
        "session": grades.session.pk, "student": grades.student.pk, "total": grades.total.percent,
        "total_in_words": grades.total_in_words, "moved": grades.has_moved,
        "grades": [_grade_of(grades, row) for row in grades.rows],
    }  # fmt: skip
    return GradesSerializer(told).data


def _grade_of(grades: Grades, row: Row) -> dict[str, Any]:
    rubric = [
        {
            "criterion": criterion.pk, "title": criterion.title, "of": criterion.points,
            "points": mark.counted if mark else None, "comment": mark.comment if mark else "",
        }
        for criterion, mark in row.rubric
    ]  # fmt: skip
    return score_of(grades.book, grades.student, row.assignment, row.part) | {
        "said": row.said, "rules": row.rules, "account": row.account, "checks_left_out": row.hidden_checks,
        "comments": row.comments, "corrections": row.corrections, "rubric": rubric, "may_ask": row.may_ask,
    }  # fmt: skip


class GradesView(APIView):
    """One's own."""

    @extend_schema(responses=GradesSerializer, tags=["gradebook"])
    def get(self, request: Request, session: int) -> Response:
        """One's own scores in a session in which one has a seat."""
        assert isinstance(request.user, User)
        return Response(told_of(Grades(get_object_or_404(sessions_seated_in(request.user), pk=session), request.user)))


class StudentGradesView(APIView):
    """A student's."""

    @extend_schema(responses=GradesSerializer, tags=["gradebook"])
    def get(self, request: Request, session: int, student: int) -> Response:
        """What a student of the session sees, or saw when they left it; for its staff."""
        found = get_object_or_404(sessions_staffed_by(request.user), pk=session)
        seat = get_object_or_404(found.enrollments.select_related("user"), user__pk=student)
        return Response(told_of(Grades(found, seat.user, seat.withdrawn_at)))
