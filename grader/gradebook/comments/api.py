"""Comments on lines of code, by program."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import SAFE_METHODS

from courses.classroom.teaching.api import by_field
from courses.enrollment.access import Person, students_of
from courses.enrollment.api import KeyAmong
from courses.people.models import User
from grader.gradebook.comments.models import LONGEST, LineComment
from grader.submissions.models import Submission


def submissions_to_comment(person: Person) -> QuerySet[Submission]:
    """Those of students whose staff the person is."""
    return Submission.objects.filter(student__in=students_of(person)).exclude(student=person.pk)


class CommentSerializer(serializers.ModelSerializer[LineComment]):
    """The text is Markdown; a submission's lines count from 1. Submission and line are named once."""

    submission = KeyAmong(submissions_to_comment, once=True)
    author = serializers.CharField(source="author.__str__", read_only=True)

    class Meta:
        model = LineComment
        fields = ["id", "submission", "line", "text", "author", "at", "edited_at"]
        read_only_fields = ["at"]
        extra_kwargs = {"text": {"max_length": LONGEST}, "line": {"min_value": 1}}

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if isinstance(self.instance, LineComment):
            fields["line"].read_only = True
        return fields


class CommentFilter(django_filters.FilterSet):
    exercise = django_filters.CharFilter("submission__exercise__slug")

    class Meta:
        model = LineComment
        fields = {"submission": ["exact"], "author": ["exact"], "at": ["gte", "lte"]}


class Comments(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet[LineComment],
):
    """What staff said of lines of code. Students see what is said of theirs, once scores are posted.

    Staff of one of the student's sessions comment, and change and delete their own.
    """

    queryset = LineComment.objects.none()
    serializer_class = CommentSerializer
    filterset_class = CommentFilter
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    def get_queryset(self) -> QuerySet[LineComment]:
        reads = self.request.method in SAFE_METHODS
        found = LineComment.objects.visible_to if reads else LineComment.objects.written_by
        return found(self.request.user).select_related(
            "author", "submission__exercise", "submission__student", "session"
        )

    def perform_create(self, serializer: serializers.BaseSerializer[LineComment]) -> None:
        assert isinstance(self.request.user, User)
        values: dict[str, Any] = dict(serializer.validated_data)
        try:
            serializer.instance = LineComment.objects.say(author=self.request.user, **values)
        except ValidationError as refused:
            raise by_field(refused) from refused

    def perform_update(self, serializer: serializers.BaseSerializer[LineComment]) -> None:
        comment = serializer.instance
        assert comment is not None
        comment.reword(serializer.validated_data.get("text", comment.text))

    def perform_destroy(self, instance: LineComment) -> None:
        instance.take_back()
