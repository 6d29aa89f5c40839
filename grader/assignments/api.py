"""Exercises that the person may open."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from grader.assignments.models import Exercise


class ExerciseSerializer(serializers.ModelSerializer[Exercise]):
    lecture = serializers.CharField(source="lecture.slug", read_only=True)

    class Meta:
        model = Exercise
        fields = ["slug", "title", "lecture", "points", "flavor", "version"]


class ExerciseDetailSerializer(ExerciseSerializer):
    class Meta(ExerciseSerializer.Meta):
        fields = [*ExerciseSerializer.Meta.fields, "statement", "starter"]


class Exercises(viewsets.ReadOnlyModelViewSet[Exercise]):
    """Exercises; one with its statement (Markdown) and starter."""

    queryset = Exercise.objects.none()
    lookup_field = "slug"
    filterset_fields = {"lecture__slug": ["exact"], "flavor": ["exact"]}

    def get_queryset(self) -> QuerySet[Exercise]:
        return Exercise.objects.open_to(self.request.user).select_related("lecture")

    def get_serializer_class(self) -> type[ExerciseSerializer]:
        return ExerciseSerializer if self.action == "list" else ExerciseDetailSerializer
