"""Meetings and attendance by program."""

import datetime
from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from courses.catalog.models import Lecture
from courses.classroom.meetings.attendance import people_of, take_down
from courses.classroom.meetings.models import Attendance, Meeting
from courses.classroom.teaching.api import by_field
from courses.enrollment.access import sessions_for, sessions_open_to, sessions_run_by, sessions_staffed_by
from courses.enrollment.api import Conflict, KeyAmong
from courses.people.models import User
from courses.sessions.models import validate_day


class Moment(serializers.DateTimeField):
    """A point in time with its offset from UTC, without which it would be two in the hour that is shown twice."""

    def enforce_timezone(self, value: datetime.datetime) -> datetime.datetime:
        if value.utcoffset() is None:
            raise serializers.ValidationError("Say the offset from UTC too, such as 2027-03-14T18:00:00-04:00.")
        try:
            validate_day(value.date())
        except ValidationError as wrong:
            raise by_field(wrong) from wrong
        return super().enforce_timezone(value)


def refuse_times(meeting: Meeting) -> None:
    """Raises the API's ValidationError where the meeting cannot be at its times."""
    try:
        meeting.check_times()
    except ValidationError as wrong:
        raise by_field(wrong) from wrong


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """Room and link are empty for those who do not belong to the session. The session is named once."""

    session = KeyAmong(sessions_run_by, once=True)
    starts_at = Moment()
    ends_at = Moment()
    # With the model's validator, which the serializer's own field for addresses leaves out.
    join_url = serializers.CharField(
        max_length=500, required=False, allow_blank=True, validators=Meeting._meta.get_field("join_url").validators
    )
    lectures = serializers.SlugRelatedField(
        slug_field="slug", many=True, required=False, queryset=Lecture.objects.only("slug", "title")
    )

    class Meta:
        model = Meeting
        fields = [
            "id", "session", "title", "starts_at", "ends_at", "room", "join_url", "lectures", "canceled_at", "sequence",
        ]  # fmt: skip
        read_only_fields = ["canceled_at", "sequence"]

    def to_representation(self, instance: Meeting) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.session_id not in self.context["view"].open_to:
            shown["room"] = shown["join_url"] = ""
        return shown

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        meeting = self.instance or Meeting()
        for name, value in attrs.items():
            if name != "lectures":
                setattr(meeting, name, value)
        foreign = {lecture.slug for lecture in attrs.get("lectures", [])} - set(
            meeting.session.course.lectures.values_list("slug", flat=True)
        )
        if foreign:
            raise serializers.ValidationError({"lectures": f"Not of this course: {', '.join(sorted(foreign))}."})
        refuse_times(meeting)
        return attrs


class Meetings(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet[Meeting]):
    """Meetings of sessions that the person may see. Those who teach plan, change and cancel theirs."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer
    filterset_fields = {"session": ["exact"], "starts_at": ["gte", "lte"]}

    @cached_property
    def open_to(self) -> frozenset[int]:
        """The sessions whose rooms and links the person may see."""
        return frozenset(sessions_open_to(self.request.user).values_list("pk", flat=True))

    def get_queryset(self) -> QuerySet[Meeting]:
        allowed = sessions_for if self.request.method in SAFE_METHODS else sessions_run_by
        meetings = Meeting.objects.filter(session__in=allowed(self.request.user))
        return meetings.select_related("session__course").prefetch_related("lectures")

    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Plan a meeting."""
        return super().create(request, *args, **kwargs)

    def perform_create(self, serializer: serializers.BaseSerializer[Meeting]) -> None:
        assert isinstance(self.request.user, User)
        values = dict(serializer.validated_data)
        lectures = values.pop("lectures", [])
        serializer.instance = Meeting(**values)
        # Once more with the session locked: another meeting may have been planned meanwhile.
        serializer.instance.session.lock()
        refuse_times(serializer.instance)
        serializer.instance.plan(self.request.user, lectures)

    @extend_schema(responses=MeetingSerializer)
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a meeting; members are told where its time or room has changed."""
        assert isinstance(request.user, User)
        meeting = self.to_run()
        given = self.get_serializer(meeting, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        meeting.keep(request.user, given.validated_data.get("lectures"))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    @transaction.atomic
    def cancel(self, request: Request, pk: str) -> Response:
        """It does not take place; members are told."""
        assert isinstance(request.user, User)
        meeting = self.to_run()
        meeting.cancel(request.user)
        return Response(self.get_serializer(meeting).data)

    def to_run(self) -> Meeting:
        """The meeting that is asked for, with its session kept from others. Raises Http404, or Conflict."""
        meeting = self.get_object()
        meeting.session.lock()
        if meeting.is_canceled:
            raise Conflict("This meeting is canceled.")
        return meeting


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    meeting = KeyAmong(lambda person: Meeting.objects.run_by(person).filter(canceled_at__isnull=True))
    person = serializers.PrimaryKeyRelatedField(queryset=User.objects.all())
    name = serializers.CharField(source="person.__str__", read_only=True)

    class Meta:
        model = Attendance
        fields = ["id", "meeting", "person", "name", "status", "joined_at"]
        read_only_fields = ["joined_at"]
        validators: list[Any] = []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not people_of(attrs["meeting"].session).filter(pk=attrs["person"].pk).exists():
            raise serializers.ValidationError({"person": "This person is not of the session."})
        return attrs


class AttendanceFilter(django_filters.FilterSet):
    session = django_filters.NumberFilter("meeting__session__pk")
    meeting = django_filters.NumberFilter("meeting__pk")
    person = django_filters.NumberFilter("person__pk")


class Attendances(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet[Attendance]):
    """Who was at which meeting, for staff of the session, and of oneself. POST takes it down, again and again."""

    queryset = Attendance.objects.none()
    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilter

    def get_queryset(self) -> QuerySet[Attendance]:
        if not isinstance(self.request.user, User):
            return Attendance.objects.none()
        staffed = Q(meeting__session__in=sessions_staffed_by(self.request.user))
        found = Attendance.objects.filter(staffed | Q(person=self.request.user))
        return found.select_related("person").order_by("meeting__starts_at", "pk")

    def perform_create(self, serializer: serializers.BaseSerializer[Attendance]) -> None:
        assert isinstance(self.request.user, User)
        meeting, person = serializer.validated_data["meeting"], serializer.validated_data["person"]
        take_down(meeting, self.request.user, {person: serializer.validated_data.get("status", "")})
        serializer.instance, _ = Attendance.objects.get_or_create(meeting=meeting, person=person)
