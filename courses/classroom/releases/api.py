"""When the lectures of a session open, by program."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from courses.catalog.models import Lecture
from courses.classroom.meetings.api import Moment
from courses.classroom.teaching.api import by_field
from courses.enrollment.access import sessions_joined_by, sessions_run_by
from courses.enrollment.api import Conflict, asked
from courses.people.models import User
from courses.sessions.models import Session
from courses.sessions.releases import LectureRelease


class ReleaseSerializer(serializers.ModelSerializer[LectureRelease]):
    lecture = serializers.CharField(source="lecture.slug", read_only=True)

    class Meta:
        model = LectureRelease
        fields = ["lecture", "opens_at"]


class ReleaseDateSerializer(serializers.Serializer[Any]):
    """When a lecture is to open. With `was`, a date that somebody else has set meanwhile answers 409."""

    opens_at = Moment()
    was = Moment(required=False, allow_null=True, help_text="the date that you have seen; null: none")


@extend_schema(tags=["sessions"])
class Releases(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[LectureRelease]):
    """Lectures of the session that open on a date, for all who belong to it; the others open with the seat.

    Those who teach it set a date by PUT at the lecture's slug, and take it away by DELETE.
    """

    queryset = LectureRelease.objects.none()
    serializer_class = ReleaseSerializer
    filterset_fields = {"opens_at": ["gte", "lte"]}
    lookup_field = "lecture__slug"
    lookup_url_kwarg = "lecture"

    @cached_property
    def session(self) -> Session:
        allowed = sessions_joined_by if self.request.method in SAFE_METHODS else sessions_run_by
        return get_object_or_404(allowed(self.request.user), pk=self.kwargs["session"])

    def get_queryset(self) -> QuerySet[LectureRelease]:
        if getattr(self, "swagger_fake_view", False):
            return LectureRelease.objects.none()
        return LectureRelease.objects.filter(session=self.session).select_related("lecture")

    @extend_schema(request=ReleaseDateSerializer, responses=ReleaseSerializer)
    @transaction.atomic
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Have the lecture open at this moment."""
        assert isinstance(request.user, User)
        self.session.lock()
        lectures = self.session.course.lectures.filter(sample=False).only("slug", "title")
        lecture = get_object_or_404(lectures, slug=self.kwargs["lecture"])
        given = asked(ReleaseDateSerializer, request)
        self.check_was(lecture, given)
        try:
            LectureRelease.objects.put(self.session, request.user, {lecture: given["opens_at"]})
        except ValidationError as refused:
            raise by_field(ValidationError({"opens_at": refused})) from refused
        return Response(self.get_serializer(self.get_object()).data)

    def check_was(self, lecture: Lecture, given: dict[str, Any]) -> None:
        """Raises Conflict where the date is not the one that the program has seen."""
        kept = self.get_queryset().filter(lecture=lecture).first()
        if "was" in given and given["was"] != (kept.opens_at if kept else None):
            raise Conflict("Somebody else has changed this date meanwhile. Read it again.")

    @extend_schema(responses={204: None})
    @transaction.atomic
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Have the lecture open with the seat again."""
        assert isinstance(request.user, User)
        self.session.lock()
        LectureRelease.objects.put(self.session, request.user, {self.get_object().lecture: None})
        return Response(status=204)
