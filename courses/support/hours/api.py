"""Office hours by program."""

import datetime
from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.classroom.meetings.api import Moment
from courses.classroom.teaching.api import by_field
from courses.enrollment.access import sessions_attended_by, sessions_staffed_by
from courses.enrollment.api import Conflict, KeyAmong, asked
from courses.people.models import User
from courses.support.hours.models import Booking, HoursRefused, OfficeHour, OfficeHourQuerySet


class BookingSerializer(serializers.ModelSerializer[Booking]):
    student = serializers.CharField(source="student.__str__", read_only=True)

    class Meta:
        model = Booking
        fields = ["id", "student", "about", "booked_at"]


class OfficeHourSerializer(serializers.ModelSerializer[OfficeHour]):
    """The link is empty for who has not booked it; staff of the session see who has, students their own booking."""

    host = serializers.CharField(source="host.__str__", read_only=True)
    free = serializers.IntegerField(read_only=True, help_text="places that are left")
    join_url = serializers.SerializerMethodField()
    bookings = serializers.SerializerMethodField()

    class Meta:
        model = OfficeHour
        fields = [
            "id", "session", "host", "starts_at", "ends_at", "room", "join_url", "capacity", "free", "canceled_at",
            "bookings",
        ]  # fmt: skip

    def get_join_url(self, hour: OfficeHour) -> str:
        return hour.join_url if self._is_staff(hour) or self._own(hour) else ""

    @extend_schema_field(BookingSerializer(many=True))
    def get_bookings(self, hour: OfficeHour) -> Any:
        return BookingSerializer(hour.people if self._is_staff(hour) else self._own(hour), many=True).data

    def _is_staff(self, hour: OfficeHour) -> bool:
        return hour.session_id in self.context["view"].staffed

    def _own(self, hour: OfficeHour) -> list[Booking]:
        return [booking for booking in hour.people if booking.student_id == self.context["request"].user.pk]


class WhereSerializer(serializers.ModelSerializer[OfficeHour]):
    """When it begins, and where it is: in a room, by a link, or both. Its length stays."""

    starts_at = Moment()
    join_url = serializers.CharField(
        max_length=500, required=False, allow_blank=True, validators=OfficeHour._meta.get_field("join_url").validators
    )

    class Meta:
        model = OfficeHour
        fields = ["starts_at", "room", "join_url", "capacity"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        at_once = {name: attrs.get(name, getattr(self.instance, name, "")) for name in ("room", "join_url")}
        if not any(at_once.values()):
            raise serializers.ValidationError({"room": "Say where it is: a room, or a join link."})
        return attrs


class SlotsSerializer(WhereSerializer):
    """Slots in a row, each as long as the others; their host is who opens them."""

    session = KeyAmong(sessions_staffed_by)
    minutes = serializers.IntegerField(min_value=5, max_value=480, help_text="each")
    number = serializers.IntegerField(min_value=1, max_value=24, default=1, help_text="how many in a row")

    class Meta(WhereSerializer.Meta):
        fields = ["session", "minutes", "number", *WhereSerializer.Meta.fields]


class AboutSerializer(serializers.ModelSerializer[Booking]):
    class Meta:
        model = Booking
        fields = ["about"]


class CancelingSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(
        max_length=300, default="", allow_blank=True, help_text="of its staff, for who has booked it"
    )


class OfficeHourFilter(django_filters.FilterSet):
    """By session and time; `free`: a place is left; `mine`: booked by the person, or opened by them."""

    free = django_filters.BooleanFilter(method="having_places")
    mine = django_filters.BooleanFilter(method="of_person")

    class Meta:
        model = OfficeHour
        fields = {"session": ["exact"], "starts_at": ["gte", "lte"]}

    def having_places(self, hours: OfficeHourQuerySet, name: str, wanted: bool) -> QuerySet[OfficeHour]:
        bookable = Q(pk__in=OfficeHour.objects.bookable().values("pk"))
        return hours.filter(bookable if wanted else ~bookable)

    def of_person(self, hours: OfficeHourQuerySet, name: str, wanted: bool) -> QuerySet[OfficeHour]:
        booked = Booking.objects.live().filter(student=self.request.user.pk).values("hour")
        mine = Q(host=self.request.user.pk) | Q(pk__in=booked)
        return hours.filter(mine if wanted else ~mine)


class OfficeHours(viewsets.ReadOnlyModelViewSet[OfficeHour]):
    """What is free in one's sessions, and what one has booked; for staff all of their sessions'.

    Staff open slots by POST and move theirs by PATCH; students book and cancel. What was taken meanwhile answers 409.
    """

    queryset = OfficeHour.objects.none()
    serializer_class = OfficeHourSerializer
    filterset_class = OfficeHourFilter

    @cached_property
    def staffed(self) -> frozenset[int]:
        """The sessions of which the person is staff, by their keys."""
        return frozenset(sessions_staffed_by(self.request.user).values_list("pk", flat=True))

    def get_queryset(self) -> QuerySet[OfficeHour]:
        if self.action == "partial_update":
            found = OfficeHour.objects.managed_by(self.request.user)
        elif self.action == "book":
            found = OfficeHour.objects.filter(session__in=sessions_attended_by(self.request.user))
        else:
            found = OfficeHour.objects.visible_to(self.request.user)
        return found.with_people().select_related("session__course", "host")

    @extend_schema(request=SlotsSerializer, responses={201: OfficeHourSerializer(many=True)})
    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Open slots, one right after another."""
        assert isinstance(request.user, User)
        given = asked(SlotsSerializer, request)
        minutes, number = given.pop("minutes"), given.pop("number")
        first = OfficeHour(**given, host=request.user)
        first.ends_at = first.starts_at + datetime.timedelta(minutes=minutes)
        first.session.lock()
        try:
            opened = OfficeHour.objects.open_row(first, number)
        except ValidationError as wrong:
            raise by_field(wrong) from wrong
        return Response(self.get_serializer(opened, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=WhereSerializer, responses=OfficeHourSerializer)
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Move a slot to another time or place; who has booked it is told."""
        assert isinstance(request.user, User)
        hour = self.locked()
        given = WhereSerializer(hour, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        length = hour.length
        for name, value in given.validated_data.items():
            setattr(hour, name, value)
        hour.ends_at = hour.starts_at + length
        try:
            hour.keep(request.user)
        except ValidationError as wrong:
            raise by_field(wrong) from wrong
        return self.answer(hour)

    @extend_schema(request=AboutSerializer, responses=OfficeHourSerializer)
    @action(detail=True, methods=["post"])
    def book(self, request: Request, pk: str) -> Response:
        """Book a place in it, with a line on what it is about."""
        assert isinstance(request.user, User)
        hour = self.get_object()
        about = asked(AboutSerializer, request)["about"]
        try:
            hour.book(request.user, about)
        except HoursRefused as refused:
            raise Conflict(str(refused)) from refused
        return self.answer(hour)

    @extend_schema(request=CancelingSerializer, responses=OfficeHourSerializer)
    @action(detail=True, methods=["post"])
    @transaction.atomic
    def cancel(self, request: Request, pk: str) -> Response:
        """Do not come to what one has booked; as its host, or who teaches the session, hold it not at all."""
        assert isinstance(request.user, User)
        hour = self.locked()
        reason = asked(CancelingSerializer, request)["reason"]
        booking = Booking.objects.live().filter(hour=hour, student=request.user).select_related("student").first()
        try:
            if booking is not None:
                booking.cancel()
            elif OfficeHour.objects.managed_by(request.user).filter(pk=hour.pk).exists():
                hour.cancel(request.user, reason)
            else:
                raise HoursRefused("You have not booked this one, and it is not yours to cancel.")
        except HoursRefused as refused:
            raise Conflict(str(refused)) from refused
        return self.answer(hour)

    def locked(self) -> OfficeHour:
        """The slot that is asked for, kept from others until the transaction ends. Raises Http404."""
        self.get_object().session.lock()
        hour: OfficeHour = self.get_object()
        return hour

    def answer(self, hour: OfficeHour) -> Response:
        """The slot as it is now."""
        now = OfficeHour.objects.with_people().select_related("session__course", "host").get(pk=hour.pk)
        return Response(self.get_serializer(now).data)
