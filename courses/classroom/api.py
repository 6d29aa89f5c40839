"""Lectures that the person may read."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny

from courses.catalog.models import Lecture
from courses.enrollment.access import lectures_for


class LectureSerializer(serializers.ModelSerializer[Lecture]):
    class Meta:
        model = Lecture
        fields = ["slug", "title", "summary", "sample", "written"]


class LectureDetailSerializer(LectureSerializer):
    class Meta(LectureSerializer.Meta):
        fields = [*LectureSerializer.Meta.fields, "body", "objectives", "symbols"]


class Lectures(viewsets.ReadOnlyModelViewSet[Lecture]):
    """Lectures of the person's courses, and samples; the body is Markdown."""

    permission_classes = [AllowAny]
    queryset = Lecture.objects.none()
    lookup_field = "slug"
    filterset_fields = {"sample": ["exact"], "courses__slug": ["exact"]}

    def get_queryset(self) -> QuerySet[Lecture]:
        lectures = lectures_for(self.request.user)
        return lectures.defer("loaded", "body", "objectives", "symbols") if self.action == "list" else lectures

    def get_serializer_class(self) -> type[LectureSerializer]:
        return LectureSerializer if self.action == "list" else LectureDetailSerializer
