"""The people of a session, for its staff."""

from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import is_admin, sessions_run_by, sessions_staffed_by
from courses.enrollment.api import EnrollmentSerializer, MoveSerializer, asked, conflicts, move_as_asked
from courses.enrollment.models import Enrollment
from courses.enrollment.roster.admission import admit
from courses.enrollment.roster.members import Roster, Standing
from courses.enrollment.roster.moves import targets
from courses.enrollment.roster.sheets import LONGEST_NAME
from courses.people.models import User


class MemberSerializer(serializers.ModelSerializer[Enrollment]):
    """A person with a seat, or who had one. An assistant learns nothing about money."""

    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    standing = serializers.SerializerMethodField(help_text="in words")

    class Meta:
        model = Enrollment
        fields = ["id", "name", "email", "enrolled_at", "withdrawn_at", "is_active", "standing"]

    def get_standing(self, enrollment: Enrollment) -> str:
        return str(self.context["roster"].note(enrollment).words)


class PersonSerializer(serializers.Serializer[Any]):
    """A person to enroll."""

    email = serializers.EmailField(max_length=254)
    name = serializers.CharField(
        max_length=LONGEST_NAME, default="", allow_blank=True, help_text="for a new account; others keep theirs"
    )
    waive = serializers.BooleanField(default=False, help_text="they owe nothing; for admins to say")

    def validate_email(self, email: str) -> str:
        return email.lower()

    def validate_waive(self, waive: bool) -> bool:
        if waive and not is_admin(self.context["request"].user):
            raise serializers.ValidationError("Only an admin can say that somebody owes nothing.")
        return waive


@extend_schema(tags=["sessions"])
class Members(mixins.ListModelMixin, viewsets.GenericViewSet[Enrollment]):
    """Who has a seat in the session, then who left, for those who run it or assist in it.

    Those who run it enroll people by POST, withdraw and move them.
    """

    queryset = Enrollment.objects.none()
    serializer_class = MemberSerializer
    filter_backends: list[Any] = []
    lookup_url_kwarg = "enrollment"

    @cached_property
    def roster(self) -> Roster:
        allowed = sessions_staffed_by if self.request.method in SAFE_METHODS else sessions_run_by
        session = get_object_or_404(allowed(self.request.user), pk=self.kwargs["session"])
        return Roster(session, money=sessions_run_by(self.request.user).filter(pk=session.pk).exists())

    def get_queryset(self) -> QuerySet[Enrollment]:
        if getattr(self, "swagger_fake_view", False):
            return Enrollment.objects.none()
        shown = (Standing.SEATED, Standing.LEFT) if self.action == "list" else (Standing.SEATED,)
        return self.roster.enrollments(*shown).order_by(F("withdrawn_at").asc(nulls_first=True), "user__name", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        fake = getattr(self, "swagger_fake_view", False)
        return {**super().get_serializer_context(), **({} if fake else {"roster": self.roster})}

    @extend_schema(request=PersonSerializer, responses={201: MemberSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enroll a person by e-mail address, with a new account where nobody has it."""
        assert isinstance(request.user, User)
        session = self.roster.session
        given = asked(PersonSerializer, request)
        with conflicts():
            enrollment = admit(session=session, actor=request.user, **given)
        seated = self.get_queryset().get(pk=enrollment.pk)
        return Response(self.get_serializer(seated).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=MemberSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: str) -> Response:
        """Withdraw a person, by the session's refund rule. What they handed in stays readable."""
        assert isinstance(request.user, User)
        enrollment = self.get_object()
        enrollment.withdraw(by=request.user)
        return Response(self.get_serializer(enrollment).data)

    @extend_schema(request=MoveSerializer, responses=EnrollmentSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: str) -> Response:
        """Move a person to another session that one runs and that is not over; they are told."""
        enrollment = self.get_object()
        return move_as_asked(request, enrollment, targets(self.roster.session, request.user))
