"""The roster of a session, for its staff."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets

from courses.enrollment.access import sessions_run_by, sessions_staffed_by
from courses.enrollment.models import Enrollment
from courses.enrollment.roster.members import Roster, Standing


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


@extend_schema(tags=["sessions"])
class Members(mixins.ListModelMixin, viewsets.GenericViewSet[Enrollment]):
    """Who has a seat in the session, then who left, for those who run it or assist in it."""

    queryset = Enrollment.objects.none()
    serializer_class = MemberSerializer
    filter_backends: list[Any] = []

    @property
    def roster(self) -> Roster:
        session = get_object_or_404(sessions_staffed_by(self.request.user), pk=self.kwargs["session"])
        return Roster(session, money=sessions_run_by(self.request.user).filter(pk=session.pk).exists())

    def get_queryset(self) -> QuerySet[Enrollment]:
        if getattr(self, "swagger_fake_view", False):
            return Enrollment.objects.none()
        roster = self.roster
        return roster.enrollments(Standing.SEATED, Standing.LEFT).order_by("withdrawn_at", "user__name", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        fake = getattr(self, "swagger_fake_view", False)
        return {**super().get_serializer_context(), **({} if fake else {"roster": self.roster})}
