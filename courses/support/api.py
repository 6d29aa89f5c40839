"""Questions by program: looking for an answer, asking, answering, and who does."""

import contextlib
from collections.abc import Iterator
from typing import Any

import django_filters
from django.core.exceptions import ValidationError as Refusal
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from courses.enrollment.access import sessions_to_ask_about
from courses.enrollment.api import Conflict, KeyAmong, asked
from courses.people.models import User
from courses.support import faq
from courses.support.attachments import Attachment
from courses.support.files import Checked
from courses.support.forms import checked_all
from courses.support.messages import Message
from courses.support.models import Ticket, TicketRefused


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file; `url` gives it to who may read the message."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["id", "name", "size", "content_type", "url"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, attachment: Attachment) -> str:
        pair = [attachment.message.ticket_id, attachment.pk]
        return reverse("api-question-file", args=pair, request=self.context["request"])


class MessageSerializer(serializers.ModelSerializer[Message]):
    """The text is Markdown. `internal` ones are notes, which whoever asks does not get."""

    author = serializers.CharField(source="who", read_only=True)
    by_asker = serializers.BooleanField(read_only=True)
    attachments = AttachmentSerializer(many=True, read_only=True)

    class Meta:
        model = Message
        fields = ["id", "author", "by_asker", "internal", "text", "sent_at", "attachments"]


class QuestionSerializer(serializers.ModelSerializer[Ticket]):
    """`asker` is a name; `assignee` is a person's key, with their name beside it."""

    asker = serializers.CharField(source="who", read_only=True)
    assignee_name = serializers.CharField(source="assignee.__str__", default=None, read_only=True)

    class Meta:
        model = Ticket
        fields = ["id", "subject", "asker", "session", "course", "status", "waiting_since", "assignee", "assignee_name",
                  "asked_at", "last_at"]  # fmt: skip


class QuestionDetailSerializer(QuestionSerializer):
    """`attachment` is the report that came with it, Markdown."""

    messages = MessageSerializer(many=True, read_only=True)

    class Meta(QuestionSerializer.Meta):
        fields = [*QuestionSerializer.Meta.fields, "about_url", "attachment", "messages"]


class FilesField(serializers.ListField):
    """Files by multipart, each looked into."""

    child = serializers.FileField()

    def to_internal_value(self, data: Any) -> list[Checked]:
        try:
            return checked_all(super().to_internal_value(data))
        except Refusal as refused:
            raise ValidationError(refused.messages) from refused


class SaySerializer(serializers.Serializer[Any]):
    """Text in Markdown, and files by multipart. `internal` is for those who answer: a note that only they see."""

    text = serializers.CharField(max_length=10_000)
    files = FilesField(required=False, write_only=True)
    internal = serializers.BooleanField(required=False, default=False)


class AskSerializer(serializers.ModelSerializer[Ticket]):
    """Text in Markdown, and files by multipart; who teaches the session, where one is named, answers."""

    session = KeyAmong(sessions_to_ask_about, required=False, allow_null=True)
    text = serializers.CharField(max_length=10_000)
    files = FilesField(required=False, write_only=True)

    class Meta:
        model = Ticket
        fields = ["subject", "session", "text", "files"]


class AssignSerializer(serializers.Serializer[Any]):
    """A person's key; null for anybody."""

    assignee = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True), allow_null=True)


class AssigneeSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["id", "name"]


class QuestionFilter(django_filters.FilterSet):
    mine = django_filters.BooleanFilter(method="by_asker", label="asked by oneself")
    unassigned = django_filters.BooleanFilter("assignee", "isnull", label="that nobody in particular answers")
    q = django_filters.CharFilter(method="by_words", label="words that occur")

    class Meta:
        model = Ticket
        fields = ["status", "session", "assignee"]

    def by_asker(self, tickets: QuerySet[Ticket], name: str, mine: bool) -> QuerySet[Ticket]:
        return tickets.filter(asker=self.request.user) if mine else tickets.exclude(asker=self.request.user)

    def by_words(self, tickets: Any, name: str, words: str) -> QuerySet[Ticket]:
        return tickets.containing(words, self.request.user)


class AsItIs(JSONRenderer):
    """For a file, which goes out as it is, whatever type is asked for; a refusal is JSON all the same."""

    media_type = "*/*"
    format = "file"


@contextlib.contextmanager
def conflicts() -> Iterator[None]:
    """What is refused in here answers 409, and says why."""
    try:
        yield
    except TicketRefused as refused:
        raise Conflict(str(refused)) from refused


class Questions(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Ticket]):
    """One's own questions and those that one answers, who waits longest first. POST asks."""

    queryset = Ticket.objects.none()
    parser_classes = [JSONParser, MultiPartParser, FormParser]
    filterset_class = QuestionFilter
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Ticket]:
        found: QuerySet[Ticket] = Ticket.objects.visible_to(self.request.user).waiting_first()
        found = found.select_related("asker", "assignee")
        if self.action == "list":
            return found
        said = Message.objects.visible_to(self.request.user).select_related("author")
        return found.prefetch_related(Prefetch("messages", said), "messages__attachments")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return QuestionSerializer if self.action == "list" else QuestionDetailSerializer

    @extend_schema(request=AskSerializer, responses={201: QuestionDetailSerializer})
    def create(self, request: Request) -> Response:
        """Ask. Whoever answers it is told by e-mail."""
        given = asked(AskSerializer, request)
        with conflicts():
            ticket = Ticket.objects.ask(self.person, **given)
        return self._answer(ticket, status=201)

    @extend_schema(request=SaySerializer, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def messages(self, request: Request, pk: str) -> Response:
        """Add to the thread; the other side is told by e-mail, of a note nobody."""
        ticket = get_object_or_404(Ticket.objects.visible_to(request.user).select_related("asker"), pk=pk)
        given = asked(SaySerializer, request)
        if given.get("files") and ticket.asker_id is None:
            raise ValidationError({"files": ["A visitor could open no file. Send text alone."]})
        with conflicts():
            message = ticket.say(self.person, **given)
        return Response(MessageSerializer(message, context={"request": request}).data, status=201)

    @extend_schema(request=AssignSerializer, responses=QuestionDetailSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Say who answers it; 409 where they are not of its staff."""
        ticket = self._answerable(pk)
        given = asked(AssignSerializer, request)
        with conflicts():
            ticket.assign(self.person, given["assignee"])
        return self._answer(ticket)

    @extend_schema(responses=AssigneeSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def assignees(self, request: Request, pk: str) -> Response:
        """Who may be said to answer it; for those who do."""
        return Response(AssigneeSerializer(self._answerable(pk).may_be_assigned_to(), many=True).data)

    @extend_schema(request=None, responses=QuestionDetailSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Nothing more is to be said; 409 where it is closed."""
        ticket = self._answerable(pk)
        with conflicts():
            ticket.close(self.person)
        return self._answer(ticket)

    @extend_schema(request=None, responses=QuestionDetailSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """It waits for an answer after all; 409 where it is not closed."""
        ticket = self._answerable(pk)
        with conflicts():
            ticket.reopen(self.person)
        return self._answer(ticket)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(
        detail=True,
        url_path=r"files/(?P<file>\d{1,18})",
        renderer_classes=[JSONRenderer, AsItIs],
    )
    def file(self, request: Request, pk: str, file: str) -> Any:
        """A file that goes with a message."""
        return get_object_or_404(Attachment.objects.visible_to(request.user), message__ticket=pk, pk=file).response()

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def _answerable(self, pk: str) -> Ticket:
        found = Ticket.objects.answerable_by(self.request.user).select_related("asker", "assignee", "session__course")
        return get_object_or_404(found, pk=pk)

    def _answer(self, ticket: Ticket, status: int = 200) -> Response:
        shown = self.get_queryset().get(pk=ticket.pk)
        return Response(QuestionDetailSerializer(shown, context={"request": self.request}).data, status=status)


class FaqAnswerSerializer(serializers.Serializer[Any]):
    """An answer that is there, Markdown; `course` is the slug of the course that gives it, empty for one's own."""

    question = serializers.CharField()
    answer = serializers.CharField()
    course = serializers.CharField()
    url = serializers.CharField()


class Answers(viewsets.ViewSet):
    """What courses answer already."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, required=True, description="words, all of which occur"),
            OpenApiParameter("course", str, description="its slug, to look there alone"),
        ],
        responses=FaqAnswerSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """The best ten, best first; for who has signed in among their own answered questions, too."""
        words, course = (request.query_params.get(name, "")[:200] for name in ("q", "course"))
        found = faq.search(words, request.user, course)
        return Response(FaqAnswerSerializer(found, many=True).data)
