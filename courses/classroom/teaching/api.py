"""Sessions by program: read by all who may see them, run by those who teach them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from courses.classroom.teaching.duplicating import duplicate
from courses.classroom.teaching.views import DEEDS
from courses.enrollment import api as enrollment
from courses.enrollment.access import courses_for, is_admin, is_instructor, sessions_run_by
from courses.enrollment.api import Conflict, SessionSerializer, SlugAmong
from courses.enrollment.seats import cancel_session, offer_free_seats
from courses.people.models import User
from courses.sessions.models import Session, SessionRefused, validate_day


def by_field(wrong: ValidationError) -> serializers.ValidationError:
    """What a model refuses, as the API says it."""
    return serializers.ValidationError(wrong.message_dict if hasattr(wrong, "error_dict") else wrong.messages)


class SessionFactsSerializer(serializers.ModelSerializer[Session]):
    """What those who teach a session write of it. The course is named once, when it is made."""

    course = SlugAmong(courses_for, once=True, slug_field="slug")

    class Meta:
        model = Session
        fields = [
            "course", "modality", "place", "time_zone", "starts_on", "ends_on", "submissions_close_on", "seats",
            "price", "currency", "hold_hours", "offer_hours", "refund_full_days", "refund_late_percent",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        session = self.instance or Session()
        for name, value in attrs.items():
            setattr(session, name, value)
        try:
            session.clean()
        except ValidationError as wrong:
            raise by_field(wrong) from wrong
        return attrs


class DuplicateSerializer(serializers.Serializer[Any]):
    starts_on = serializers.DateField(validators=[validate_day], help_text="the first day of the new session")


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=1000, help_text="everybody concerned reads it")


class Sessions(mixins.CreateModelMixin, enrollment.Sessions):
    """Sessions that the person may see. Those who teach make, change, publish, close, duplicate and cancel theirs."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self) -> QuerySet[Session]:
        if self.request.method in SAFE_METHODS:
            return super().get_queryset()
        return sessions_run_by(self.request.user).select_related("course").prefetch_related("instructors")

    @extend_schema(request=SessionFactsSerializer, responses={201: SessionSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a session, a draft at first; an instructor who makes it teaches it."""
        if not (is_admin(request.user) or is_instructor(request.user)):
            raise PermissionDenied("Instructors and admins make sessions.")
        assert isinstance(request.user, User)
        given = SessionFactsSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        session = Session(**given.validated_data)
        session.set_up(request.user)
        return Response(self.get_serializer(session).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=SessionFactsSerializer, responses=SessionSerializer)
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a session's facts; seats that are added go to whoever waits."""
        assert isinstance(request.user, User)
        session = self.locked()
        given = SessionFactsSerializer(session, data=request.data, partial=True, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        session.keep(request.user)
        offer_free_seats(session)
        return Response(self.get_serializer(session).data)

    @extend_schema(request=None, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Show it in the catalog and take enrollments."""
        return self.do("publish")

    @extend_schema(request=None, responses=SessionSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """Make it a draft again, while nobody is enrolled or waits."""
        return self.do("take_back")

    @extend_schema(request=None, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Take nobody new."""
        return self.do("close")

    @extend_schema(request=None, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take people again."""
        return self.do("reopen")

    @extend_schema(request=DuplicateSerializer, responses={201: SessionSerializer})
    @action(detail=True, methods=["post"])
    def duplicate(self, request: Request, pk: str) -> Response:
        """The session with its meetings once more, from another day on."""
        assert isinstance(request.user, User)
        session = self.get_object()
        given = DuplicateSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = duplicate(session, request.user, given.validated_data["starts_on"])
        return Response(self.get_serializer(made.session).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonSerializer, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    @transaction.atomic
    def cancel(self, request: Request, pk: str) -> Response:
        """It does not take place, for good: everybody is told, and paid back."""
        assert isinstance(request.user, User)
        session = self.locked()
        given = ReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if session.canceled_at is not None:
            raise Conflict("This session is canceled already.")
        cancel_session(session, request.user, given.validated_data["reason"])
        session.refresh_from_db()
        return Response(self.get_serializer(session).data)

    def locked(self) -> Session:
        """The session that is asked for, kept from others until the transaction ends. Raises Http404."""
        session = self.get_object()
        session.lock()
        return session

    @transaction.atomic
    def do(self, name: str) -> Response:
        """One of the deeds that change the state. Raises Conflict with the reason of a refusal."""
        assert isinstance(self.request.user, User)
        session = self.locked()
        try:
            DEEDS[name][0](session, self.request.user)
        except SessionRefused as refused:
            raise Conflict(str(refused)) from refused
        offer_free_seats(session)
        return Response(self.get_serializer(session).data)
