"""One's own places on waiting lists."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import sessions_for
from courses.enrollment.api import Conflict, EnrollmentSerializer, KeyAmong
from courses.enrollment.models import Enrollment
from courses.enrollment.refusals import EnrollmentRefused
from courses.enrollment.seats import accept_offer, seat_of
from courses.enrollment.waiting.models import WaitingEntry
from courses.people.models import User


class WaitingSerializer(serializers.ModelSerializer[WaitingEntry]):
    session = KeyAmong(sessions_for)
    place = serializers.IntegerField(read_only=True, help_text="counted from 1; 0: a seat is offered, or it is over")
    is_offered = serializers.BooleanField(read_only=True)

    class Meta:
        model = WaitingEntry
        fields = ["id", "session", "joined_at", "place", "is_offered", "offer_until", "outcome", "ended_at"]
        read_only_fields = ["joined_at", "offer_until", "outcome", "ended_at"]


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
        try:
            serializer.instance = WaitingEntry.objects.join(self.request.user, session)
        except EnrollmentRefused as refused:
            raise Conflict(str(refused)) from refused

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Leave the list, or decline the seat that is offered."""
        if not self.get_object().leave():
            raise Conflict("You do not wait there any more.")
        return Response(status=204)

    @extend_schema(request=None, responses=EnrollmentSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take the seat that is offered."""
        try:
            enrollment: Enrollment = accept_offer(self.get_object())
        except EnrollmentRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(EnrollmentSerializer(enrollment, context=self.get_serializer_context()).data)
