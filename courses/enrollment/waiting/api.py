"""One's own places on waiting lists; and the list of a session, for those who run it."""

from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import sessions_for, sessions_run_by
from courses.enrollment.api import Code, Conflict, EnrollmentSerializer, KeyAmong, asked, conflicts
from courses.enrollment.seats import accept_offer, seat_of
from courses.enrollment.waiting.models import WaitingEntry
from courses.people.models import User
from courses.sessions.models import Session


class WaitingSerializer(serializers.ModelSerializer[WaitingEntry]):
    session = KeyAmong(sessions_for)
    place = serializers.IntegerField(read_only=True, help_text="counted from 1; 0: a seat is offered, or it is over")
    is_offered = serializers.BooleanField(read_only=True)

    class Meta:
        model = WaitingEntry
        fields = ["id", "session", "joined_at", "place", "is_offered", "offer_until", "outcome", "ended_at"]
        read_only_fields = ["joined_at", "offer_until", "outcome", "ended_at"]


class AcceptSerializer(serializers.Serializer[Any]):
    voucher = Code()


class Waiting(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, viewsets.GenericViewSet[WaitingEntry]
):
    """One's own places on waiting lists: POST joins, DELETE leaves or declines, accept/ takes the seat offered."""

    queryset = WaitingEntry.objects.none()
    serializer_class = WaitingSerializer

    def get_queryset(self) -> QuerySet[WaitingEntry]:
        if not isinstance(self.request.user, User):
            return WaitingEntry.objects.none()
        entries = WaitingEntry.objects.filter(user=self.request.user)
        return entries.select_related("session__course", "user").order_by("-joined_at")

    def perform_create(self, serializer: serializers.BaseSerializer[WaitingEntry]) -> None:
        assert isinstance(self.request.user, User)
        session = serializer.validated_data["session"]
        if seat_of(self.request.user, session).enrollment is not None:
            raise Conflict("You have a seat in this session.")
        with conflicts():
            serializer.instance = WaitingEntry.objects.join(self.request.user, session)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Leave the list, or decline the seat that is offered."""
        if not self.get_object().leave():
            raise Conflict("You do not wait there any more.")
        return Response(status=204)

    @extend_schema(request=AcceptSerializer, responses=EnrollmentSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take the seat that is offered."""
        entry = self.get_object()
        code = asked(AcceptSerializer, request).get("voucher", "")
        with conflicts():
            enrollment = accept_offer(entry, code)
        return Response(EnrollmentSerializer(enrollment, context=self.get_serializer_context()).data)


class QueuedSerializer(serializers.ModelSerializer[WaitingEntry]):
    """A person who waits, as those who run the session see them."""

    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    place = serializers.SerializerMethodField(help_text="counted from 1; 0: a seat is offered")

    class Meta:
        model = WaitingEntry
        fields = ["id", "name", "email", "joined_at", "place", "is_offered", "offer_until"]

    def get_place(self, entry: WaitingEntry) -> int:
        return int(self.context["places"].get(entry.pk, 0))


class NewPlaceSerializer(serializers.Serializer[Any]):
    place = serializers.IntegerField(min_value=1, help_text="counted from 1; beyond the end: the last one")


@extend_schema(tags=["sessions"])
class Queue(mixins.ListModelMixin, viewsets.GenericViewSet[WaitingEntry]):
    """Who waits for a seat of the session: first those to whom one is offered, then the others in their order."""

    queryset = WaitingEntry.objects.none()
    serializer_class = QueuedSerializer
    lookup_url_kwarg = "entry"

    @cached_property
    def session(self) -> Session:
        return get_object_or_404(sessions_run_by(self.request.user), pk=self.kwargs["session"])

    def get_queryset(self) -> QuerySet[WaitingEntry]:
        entries = WaitingEntry.objects.open().filter(session=self.session).select_related("user", "session")
        first, then = (F(column).asc(nulls_last=True) for column in ("offered_at", "rank"))
        return entries.order_by(first, then, "joined_at", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        """With `places`: of each entry without an offer, by its key."""
        queue = WaitingEntry.objects.queued().filter(session=self.session).values_list("pk", flat=True)
        places = {key: place for place, key in enumerate(queue, 1)}
        return {**super().get_serializer_context(), "places": places}

    @extend_schema(request=NewPlaceSerializer, responses=QueuedSerializer)
    @action(detail=True, methods=["post"])
    def place(self, request: Request, **kwargs: str) -> Response:
        """Move somebody to another place; staff's order holds from then on."""
        assert isinstance(request.user, User)
        entry = self.get_object()
        place = asked(NewPlaceSerializer, request)["place"]
        with conflicts():
            entry.put(request.user, place)
        return Response(self.get_serializer(entry).data)

    @extend_schema(request=None, responses=QueuedSerializer)
    @action(detail=True, methods=["post"])
    def offer(self, request: Request, **kwargs: str) -> Response:
        """Offer a free seat to somebody, whoever waits before them."""
        assert isinstance(request.user, User)
        entry = self.get_object()
        with conflicts():
            entry.offer_by(request.user)
        return Response(self.get_serializer(entry).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, **kwargs: str) -> Response:
        """Take somebody off the list, or the offer back; they are told."""
        assert isinstance(request.user, User)
        entry = self.get_object()
        if not entry.take_off(request.user):
            raise Conflict(f"{entry.user} waits no more.")
        return Response(status=204)
