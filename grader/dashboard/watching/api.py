"""A session's watch list by program, for its staff."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import members_of, sessions_staffed_by
from courses.enrollment.api import Conflict, asked
from courses.people.models import User
from courses.sessions.models import Session
from grader.dashboard.models import Watch
from grader.dashboard.watching.forms import LONGEST_NOTE
from grader.dashboard.watching.listed import Listed, WatchRefused, listed_in, note, unwatch, watch


class RiskSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="quiet, missing, low, absent or stuck")
    sentence = serializers.CharField(help_text="with the figure behind it")


class NoteSerializer(serializers.Serializer[Any]):
    """What staff want to remember."""

    text = serializers.CharField(max_length=LONGEST_NOTE)
    author = serializers.CharField(source="author.email", read_only=True)
    written_at = serializers.DateTimeField(read_only=True)


class ListedSerializer(serializers.Serializer[Any]):
    """A student at risk, or whom staff watch or wrote about."""

    student = serializers.IntegerField(source="student.pk")
    name = serializers.CharField(source="student.name")
    email = serializers.EmailField(source="student.email")
    reasons = serializers.SerializerMethodField(help_text="why the figures put them here; empty where staff did")
    watched_since = serializers.DateTimeField(source="watch.added_at", default=None, help_text="by hand")
    watched_by = serializers.EmailField(source="watch.added_by.email", default=None)
    notes = NoteSerializer(many=True)

    @extend_schema_field(RiskSerializer(many=True))
    def get_reasons(self, listed: Listed) -> list[dict[str, str]]:
        reasons = listed.standing.reasons if listed.standing else []
        return [{"code": reason.code, "sentence": reason.sentence} for reason in reasons]


class WatchSerializer(serializers.Serializer[Any]):
    """One of the session's students."""

    student = serializers.PrimaryKeyRelatedField(queryset=User.objects.none())

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if "session" in self.context:
            fields["student"].queryset = members_of(self.context["session"])  # type: ignore[attr-defined]
        return fields


@extend_schema(tags=["sessions"], parameters=[OpenApiParameter("session", int, "path")])
class WatchList(viewsets.GenericViewSet[Watch]):
    """Whom to look after in a session, for its staff; nobody else is shown it."""

    queryset = Watch.objects.none()
    filter_backends: list[Any] = []
    lookup_url_kwarg = "student"
    lookup_value_regex = r"\d+"

    @extend_schema(responses=ListedSerializer(many=True))
    def list(self, request: Request, session: str) -> Response:
        """Who is at risk now, by the most reasons first, and whom staff watch or wrote about."""
        page = self.paginate_queryset(listed_in(self._staffed(session)))
        return self.get_paginated_response(ListedSerializer(page, many=True).data)

    @extend_schema(request=WatchSerializer, responses={201: None})
    def create(self, request: Request, session: str) -> Response:
        """Put a student on the list; who is on it stays on it."""
        of = self._staffed(session)
        student = asked(WatchSerializer, request, session=of)["student"]
        try:
            watch(of, student, self._actor)
        except WatchRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, session: str, student: str) -> Response:
        """Take a student off the list; notes are kept. 404 where staff did not put them on it."""
        of = self._staffed(session)
        if not unwatch(of, self._student(of, student), self._actor):
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=NoteSerializer, responses={201: NoteSerializer})
    @action(detail=True, methods=["post"], url_path="notes")
    def notes(self, request: Request, session: str, student: str) -> Response:
        """Write a note about a student."""
        of = self._staffed(session)
        given = asked(NoteSerializer, request)
        kept = note(of, self._student(of, student), given["text"], self._actor)
        return Response(NoteSerializer(kept).data, status=status.HTTP_201_CREATED)

    @property
    def _actor(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def _staffed(self, session: str) -> Session:
        """One that the person teaches or assists in. Raises Http404."""
        return get_object_or_404(sessions_staffed_by(self.request.user).select_related("course"), pk=session)

    def _student(self, session: Session, pk: str) -> User:
        """Whoever has, or had, a seat in the session. Raises Http404."""
        return get_object_or_404(User, pk=pk, enrollments__session=session)
