"""Invitations to teach and to assist, for admins."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.catalog.models import Instructor
from courses.enrollment.access import is_admin
from courses.enrollment.api import Conflict
from courses.enrollment.invitations.models import Invitation
from courses.people.models import User
from courses.sessions.models import Session


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation; the link itself is in the mail alone."""

    sessions = serializers.PrimaryKeyRelatedField(queryset=Session.objects.all(), many=True, required=False)
    instructor = serializers.PrimaryKeyRelatedField(
        queryset=Instructor.objects.filter(user=None),
        required=False,
        allow_null=True,
        help_text="the profile that is theirs then; empty: a new one",
    )
    invited_by = serializers.StringRelatedField()  # type: ignore[var-annotated]
    answer = serializers.ChoiceField(source="state", choices=Invitation.State.choices, read_only=True)

    class Meta:
        model = Invitation
        fields = ["id", "email", "role", "instructor", "sessions", "answer", "invited_by", "invited_at", "expires_at"]
        read_only_fields = ["invited_at", "expires_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["role"] == Invitation.Role.ASSISTANT:
            if not attrs.get("sessions"):
                raise serializers.ValidationError({"sessions": ["Name the sessions in which they assist."]})
            attrs["instructor"] = None
        return attrs

    def create(self, validated_data: dict[str, Any]) -> Invitation:
        return Invitation.objects.invite(actor=self.context["request"].user, **validated_data)


class Invitations(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Invitation],
):
    """Invitations to teach and to assist: POST sends one, DELETE withdraws it. For admins."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer
    filterset_fields = ["role"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not is_admin(request.user):
            raise Http404

    def get_queryset(self) -> QuerySet[Invitation]:
        return Invitation.objects.select_related("invited_by").prefetch_related("sessions")

    def perform_destroy(self, instance: Invitation) -> None:
        assert isinstance(self.request.user, User)
        if not instance.withdraw(self.request.user):
            raise Conflict("This invitation is accepted, or withdrawn already.")

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: str) -> Response:
        """Send the link once more, good for two weeks."""
        invitation = self.get_object()
        if invitation.state not in (Invitation.State.OPEN, Invitation.State.EXPIRED):
            raise Conflict("This invitation is accepted or withdrawn. Send a new one.")
        assert isinstance(request.user, User)
        invitation.resend(request.user)
        return Response(self.get_serializer(invitation).data, status=status.HTTP_200_OK)
