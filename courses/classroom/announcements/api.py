"""Announcements by program."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import SAFE_METHODS

from courses.classroom.announcements.models import Announcement
from courses.enrollment.access import sessions_run_by
from courses.enrollment.api import KeyAmong
from courses.people.models import User


class AnnouncementSerializer(serializers.ModelSerializer[Announcement]):
    """The text is Markdown. The session is named once."""

    session = KeyAmong(sessions_run_by, once=True)
    author = serializers.CharField(source="author.__str__", read_only=True)

    class Meta:
        model = Announcement
        fields = ["id", "session", "author", "title", "text", "posted_at"]
        read_only_fields = ["posted_at"]
        extra_kwargs = {"text": {"max_length": 20_000}}


class Announcements(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet[Announcement],
):
    """What is announced to the person. Those who teach post, change and delete; posting writes to every member."""

    queryset = Announcement.objects.none()
    serializer_class = AnnouncementSerializer
    filterset_fields = ["session"]
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    def get_queryset(self) -> QuerySet[Announcement]:
        if self.request.method in SAFE_METHODS:
            found: QuerySet[Announcement] = Announcement.objects.visible_to(self.request.user)
        else:
            found = Announcement.objects.filter(session__in=sessions_run_by(self.request.user))
        return found.select_related("author", "session__course")

    def perform_create(self, serializer: serializers.BaseSerializer[Announcement]) -> None:
        assert isinstance(self.request.user, User)
        values: dict[str, Any] = dict(serializer.validated_data)
        serializer.instance = Announcement.objects.post(author=self.request.user, **values)

    def perform_update(self, serializer: serializers.BaseSerializer[Announcement]) -> None:
        assert isinstance(self.request.user, User)
        announcement = serializer.instance
        assert announcement is not None
        for name, value in serializer.validated_data.items():
            setattr(announcement, name, value)
        announcement.keep(self.request.user)

    def perform_destroy(self, instance: Announcement) -> None:
        assert isinstance(self.request.user, User)
        instance.take_down(self.request.user)
