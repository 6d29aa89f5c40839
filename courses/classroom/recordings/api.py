"""Recordings, for programs. A file is uploaded by tus at /uploads/; people watch on the recording's page."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courses.catalog.models import Lecture
from courses.classroom.meetings.models import Meeting, names
from courses.classroom.recordings import captions
from courses.classroom.recordings.editing import add, change
from courses.classroom.recordings.forms import CaptionForm, lectures_of
from courses.classroom.recordings.models import Recording, RecordingRefused
from courses.classroom.recordings.parts import Caption, Chapter
from courses.classroom.recordings.uploads import UploadRefused
from courses.enrollment.api import Conflict, KeyAmong
from courses.people.models import User


class ChapterSerializer(serializers.ModelSerializer[Chapter]):
    lecture = serializers.SlugRelatedField(
        slug_field="slug", queryset=Lecture.objects.only("slug", "title"), required=False, allow_null=True
    )

    class Meta:
        model = Chapter
        fields = ["seconds", "title", "lecture"]


class CaptionSerializer(serializers.ModelSerializer[Caption]):
    language = serializers.RegexField(CaptionForm.LANGUAGE, max_length=10)

    class Meta:
        model = Caption
        fields = ["language", "text"]

    def validate_text(self, text: str) -> str:
        try:
            return captions.check(text)
        except captions.CaptionError as error:
            raise serializers.ValidationError(str(error)) from error


class RecordingSerializer(serializers.ModelSerializer[Recording]):
    session = serializers.IntegerField(source="meeting.session_id", read_only=True)
    meeting = KeyAmong(lambda person: Meeting.objects.begun().run_by(person))
    name = serializers.CharField(source="__str__", read_only=True)
    page = serializers.CharField(source="get_absolute_url", read_only=True)
    languages = serializers.SerializerMethodField()

    class Meta:
        model = Recording
        fields = ["id", "session", "meeting", "name", "title", "external_url", "page", "state", "refusal",
                  "content_type", "size", "seconds", "languages", "published_at"]  # fmt: skip
        read_only_fields = ["state", "refusal", "content_type", "size", "seconds", "published_at"]

    def get_languages(self, recording: Recording) -> list[str]:
        return [caption.language for caption in recording.captions.all()]

    def validate_external_url(self, link: str) -> str:
        if link and not link.lower().startswith(("http://", "https://")):
            raise serializers.ValidationError("Give an address that begins with https://.")
        return link

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None and values.get("meeting", self.instance.meeting) != self.instance.meeting:
            raise serializers.ValidationError({"meeting": "A recording stays with its meeting."})
        return values


class RecordingDetailSerializer(RecordingSerializer):
    chapters = ChapterSerializer(many=True, required=False)

    class Meta(RecordingSerializer.Meta):
        fields = [*RecordingSerializer.Meta.fields, "chapters"]

    def validate_chapters(self, chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({chapter["seconds"] for chapter in chapters}) < len(chapters):
            raise serializers.ValidationError("Two chapters begin at the same second.")
        return chapters

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        values = super().validate(values)
        named = {lecture.slug for chapter in values.get("chapters", []) if (lecture := chapter.get("lecture"))}
        recording = self.instance or Recording(meeting=values["meeting"])
        if foreign := named and named - set(lectures_of(recording).values_list("slug", flat=True)):
            raise serializers.ValidationError({"chapters": f"Not of this course: {', '.join(sorted(foreign))}."})
        return values


class Recordings(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Recording],
):  # fmt: skip
    """Recordings that the person may watch; those who teach add, change and publish them."""

    queryset = Recording.objects.none()
    serializer_class = RecordingDetailSerializer
    filterset_fields = {"meeting__session": ["exact"], "meeting": ["exact"], "state": ["exact"]}

    def get_queryset(self) -> QuerySet[Recording]:
        reading = self.request.method in ("GET", "HEAD", "OPTIONS")
        visible = Recording.objects.open_to if reading else Recording.objects.run_by
        return visible(self.request.user).select_related("meeting__session__course").prefetch_related(
            "captions", "chapters__lecture", *names("meeting__")
        )  # fmt: skip

    def get_serializer_class(self) -> type[RecordingSerializer]:
        return RecordingSerializer if self.action == "list" else RecordingDetailSerializer

    def perform_create(self, serializer: serializers.BaseSerializer[Recording]) -> None:
        assert isinstance(self.request.user, User)
        values = serializer.validated_data
        chapters = values.pop("chapters", [])
        with transaction.atomic():
            serializer.instance = add(self.request.user, values["meeting"].session, values)
            Chapter.objects.replace(serializer.instance, [Chapter(**chapter) for chapter in chapters])

    @extend_schema(request=RecordingDetailSerializer, responses=RecordingDetailSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change title, link or chapters; `chapters` replaces all of them."""
        assert isinstance(request.user, User)
        recording = self.get_object()
        given = self.get_serializer(recording, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        values.pop("meeting", None)
        chapters = values.pop("chapters", None)
        if (why := recording.link_refusal(values.get("external_url", recording.external_url))) is not None:
            raise Conflict(why)
        rows = None if chapters is None else [Chapter(**chapter) for chapter in chapters]
        change(request.user, recording, values, rows)
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, recording: Recording) -> None:
        assert isinstance(self.request.user, User)
        try:
            recording.remove(self.request.user)
        except (RecordingRefused, UploadRefused) as refused:
            raise Conflict(str(refused)) from refused

    @extend_schema(request=None, responses=RecordingDetailSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Show it to everybody who attends the session; the first time they are told by mail."""
        assert isinstance(request.user, User)
        recording = self.get_object()
        try:
            recording.publish(request.user)
        except RecordingRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(self.get_serializer(recording).data)

    @extend_schema(request=None, responses=RecordingDetailSerializer)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: str) -> Response:
        """Make it a draft again."""
        assert isinstance(request.user, User)
        recording = self.get_object()
        recording.take_back(request.user)
        return Response(self.get_serializer(recording).data)

    @extend_schema(methods=["get"], request=None, responses=CaptionSerializer(many=True))
    @extend_schema(methods=["put"], request=CaptionSerializer, responses=CaptionSerializer)
    @action(detail=True, methods=["get", "put"], pagination_class=None, filterset_fields=[])
    def captions(self, request: Request, pk: str) -> Response:
        """All captions as WebVTT; PUT sets those of one language."""
        assert isinstance(request.user, User)
        recording = self.get_object()
        if request.method == "GET":
            return Response(CaptionSerializer(recording.captions.all(), many=True).data)
        given = CaptionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        caption = Caption.objects.put(request.user, recording, **given.validated_data)
        return Response(CaptionSerializer(caption).data)
