"""A session's scores as a CSV file by program: out, looked at on its way back, and in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses import sheets
from courses.enrollment.access import sessions_run_by, sessions_staffed_by
from courses.enrollment.api import Conflict, asked
from courses.people.models import User
from courses.sessions.models import Session
from courses.support.api import AsItIs
from grader.gradebook.api import OverrideSerializer
from grader.gradebook.book import Book
from grader.gradebook.cells.deciding import Stale, decide
from grader.gradebook.exchange.export import lines
from grader.gradebook.exchange.sheet import LARGEST_BYTES, Sheet, read
from grader.gradebook.models import Override

CHANGED_MEANWHILE = "Scores have changed since this was looked at. Nothing is applied: look again, then apply."


class SheetSerializer(serializers.Serializer[Any]):
    """A file that was read here, with scores edited in it: its text as `sheet`, or `file` by multipart."""

    sheet = serializers.CharField(required=False, trim_whitespace=False, max_length=LARGEST_BYTES)
    file = serializers.FileField(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With `found`, what it would change in the book of the context."""
        if ("sheet" in given) == ("file" in given):
            raise serializers.ValidationError("Send either `sheet` or `file`.")
        name = "file" if "file" in given else "sheet"
        try:
            file = given.pop("file", None)
            text = sheets.text_of(file.read(LARGEST_BYTES + 1), LARGEST_BYTES) if file else given["sheet"]
            return {**given, "found": read(text, self.context["book"])}
        except sheets.Unreadable as unreadable:
            raise serializers.ValidationError({name: [str(unreadable)]}) from unreadable


class ApplySerializer(SheetSerializer):
    """`token` is that of the preview: what is applied was looked at."""

    token = serializers.CharField(max_length=64)
    reason = serializers.CharField(
        max_length=Override._meta.get_field("reason").max_length, required=False, allow_blank=True, default="",
        help_text="students whose scores change read it",
    )  # fmt: skip


class ChangeSerializer(serializers.Serializer[Any]):
    """An edited score, in points. after : null where the examiner's is to count again."""

    row = serializers.IntegerField()
    assignment = serializers.IntegerField(source="decision.assignment.pk")
    student = serializers.IntegerField(source="decision.student.pk")
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)


class SheetProblemSerializer(serializers.Serializer[Any]):
    """What cannot be taken of the file, and why; row 1 names the columns."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    reason = serializers.CharField()


class SheetPreviewSerializer(serializers.Serializer[Sheet]):
    """What a file would change."""

    rows = serializers.IntegerField()
    changes = ChangeSerializer(many=True)
    problems = SheetProblemSerializer(many=True)
    token = serializers.CharField()


def _run(request: Request, session: int) -> Session:
    return get_object_or_404(sessions_run_by(request.user), pk=session)


class SheetView(APIView):
    """Scores out to a spreadsheet."""

    renderer_classes = [JSONRenderer, AsItIs]

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR}, tags=["gradebook"])
    def get(self, request: Request, session: int) -> HttpResponse:
        """All scores of the session as CSV, to be edited; for its staff."""
        found = get_object_or_404(sessions_staffed_by(request.user), pk=session)
        return sheets.download(lines(Book.of(found)), f"gradebook-{found.slug}")


class SheetPreviewView(APIView):
    """Looking at a file before it is applied."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(request=SheetSerializer, responses=SheetPreviewSerializer, tags=["gradebook"])
    def post(self, request: Request, session: int) -> Response:
        """Each score before and after, and what cannot be taken; nothing is kept. For those who teach the session."""
        found = asked(SheetSerializer, request, book=Book.of(_run(request, session)))["found"]
        return Response(SheetPreviewSerializer(found).data)


class SheetApplyView(APIView):
    """Applying one that was looked at."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(request=ApplySerializer, responses=OverrideSerializer(many=True), tags=["gradebook"])
    def post(self, request: Request, session: int) -> Response:
        """Set the scores that were edited, all or none; 409, with a preview anew, where it is not what was looked at.

        For those who teach the session. Lines that cannot be taken are left out, as the preview says.
        """
        assert isinstance(request.user, User)
        own = _run(request, session)
        given = asked(ApplySerializer, request, book=Book.of(own))
        found: Sheet = given["found"]
        if given["token"] != found.token:
            raise Conflict(CHANGED_MEANWHILE, **SheetPreviewSerializer(found).data)
        if not found.changes:
            raise serializers.ValidationError({"sheet": ["No score in it can be set. Edit one first."]})
        try:
            written = decide(own, [one.decision for one in found.changes], request.user, given["reason"])
        except Stale as stale:
            raise Conflict(CHANGED_MEANWHILE) from stale
        return Response(OverrideSerializer(written, many=True).data)
