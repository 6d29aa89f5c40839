"""Courses and sessions as anyone may see them, and one's own enrollments."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import django_filters
from django.db.models import Model, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from courses.catalog.models import Course, Section, SectionLecture
from courses.enrollment.access import Person, courses_for, sessions_for
from courses.enrollment.models import Enrollment, EnrollmentRefused, SessionFull
from courses.enrollment.seats import Seat, transfer
from courses.people.models import User
from courses.sessions.filters import SessionFilter
from courses.sessions.models import Session


class PlaceSerializer(serializers.ModelSerializer[SectionLecture]):
    """A lecture's place in an outline."""

    number = serializers.CharField(read_only=True)
    slug = serializers.CharField(source="lecture.slug")
    title = serializers.CharField(source="lecture.title")
    written = serializers.BooleanField(source="lecture.written", read_only=True)

    class Meta:
        model = SectionLecture
        fields = ["number", "slug", "title", "written"]


class SectionSerializer(serializers.ModelSerializer[Section]):
    lectures = PlaceSerializer(source="places", many=True)

    class Meta:
        model = Section
        fields = ["title", "chapter", "lectures"]


class CourseSerializer(serializers.ModelSerializer[Course]):
    class Meta:
        model = Course
        fields = ["slug", "title", "tagline", "skill_level", "language", "certificate", "prerequisites",
                  "advertised_hours", "advertised_lectures", "price_in_class", "price_online", "currency"]  # fmt: skip


class CourseDetailSerializer(CourseSerializer):
    sections = SectionSerializer(many=True)

    class Meta(CourseSerializer.Meta):
        fields = [*CourseSerializer.Meta.fields, "description", "sections"]


class Courses(viewsets.ReadOnlyModelViewSet[Course]):
    """Courses of the catalog; one course with its outline."""

    permission_classes = [AllowAny]
    queryset = Course.objects.none()
    lookup_field = "slug"
    filterset_fields = ["skill_level", "language"]

    def get_queryset(self) -> QuerySet[Course]:
        courses = courses_for(self.request.user)
        return courses.prefetch_related(Prefetch("sections__places", SectionLecture.objects.outline()))

    def get_serializer_class(self) -> type[CourseSerializer]:
        return CourseSerializer if self.action == "list" else CourseDetailSerializer


class SessionSerializer(serializers.ModelSerializer[Session]):
    course = serializers.CharField(source="course.slug", read_only=True)
    instructors = serializers.StringRelatedField(many=True)  # type: ignore[var-annotated]
    seats_left = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(Session.State.choices, read_only=True)

    class Meta:
        model = Session
        fields = ["id", "course", "slug", "modality", "place", "time_zone", "starts_on", "ends_on",
                  "submissions_close_on", "seats", "seats_left", "price", "currency", "instructors",
                  "state"]  # fmt: skip


class ApiSessionFilter(SessionFilter):
    """As on the page, and by course and last first day."""

    course = django_filters.CharFilter("course__slug")
    begins_before = django_filters.DateFilter("starts_on", "lte")


class Sessions(viewsets.ReadOnlyModelViewSet[Session]):
    """Sessions that the person may see."""

    permission_classes = [AllowAny]
    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    filterset_class = ApiSessionFilter

    def get_queryset(self) -> QuerySet[Session]:
        return sessions_for(self.request.user).select_related("course").prefetch_related("instructors")


class Conflict(APIException):
    """What is asked for cannot be had as things stand. members : what else the answer tells, beside the reason."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.members = members


@contextlib.contextmanager
def conflicts() -> Iterator[None]:
    """What is refused in here answers 409, and says why."""
    try:
        yield
    except EnrollmentRefused as refused:
        raise Conflict(str(refused)) from refused


def asked(of: type[serializers.Serializer[Any]], request: Request, **context: Any) -> dict[str, Any]:
    """What the request asks for, as the serializer takes it. Raises ValidationError."""
    given = of(data=request.data, context={"request": request, **context})
    given.is_valid(raise_exception=True)
    values: dict[str, Any] = given.validated_data
    return values


class Among:
    """A field that names a row, among those that the person who asks may name: no other is there for them.

    once : it is named when the object is made, and stays.
    """

    def __init__(self, among: Callable[[Person], QuerySet[Any]], *, once: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.among, self.once = among, once

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)  # type: ignore[misc]
        if self.once and isinstance(parent.instance, Model):
            self.read_only = True

    def get_queryset(self) -> QuerySet[Any]:
        return self.among(self.context["request"].user)  # type: ignore[attr-defined]


class KeyAmong(Among, serializers.PrimaryKeyRelatedField[Any]):
    """By its key."""

    def __init__(self, among: Callable[[Person], QuerySet[Any]], **options: Any) -> None:
        super().__init__(among, **{"pk_field": serializers.IntegerField(), **options})


class SlugAmong(Among, serializers.SlugRelatedField[Any]):
    """By its slug."""


class Code(serializers.CharField):
    """A voucher's code, as people type it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, required=False, allow_blank=True, write_only=True, **options)


class EnrollmentSerializer(serializers.ModelSerializer[Enrollment]):
    session = KeyAmong(sessions_for)
    voucher = Code()
    course = serializers.CharField(source="session.course.slug", read_only=True)
    is_active = serializers.BooleanField(read_only=True)
    is_held = serializers.BooleanField(read_only=True, help_text="goes to others unless it is paid")

    class Meta:
        model = Enrollment
        fields = ["id", "session", "voucher", "course", "enrolled_at", "withdrawn_at", "ending", "is_active", "is_held",
                  "order"]  # fmt: skip
        read_only_fields = ["enrolled_at", "withdrawn_at", "ending", "order"]


class Target(serializers.PrimaryKeyRelatedField[Session]):
    """A session to which somebody may move: of the `targets` in the context."""

    def get_queryset(self) -> QuerySet[Session]:
        targets: QuerySet[Session] = self.context["targets"]
        return targets


class MoveSerializer(serializers.Serializer[Any]):
    session = Target(queryset=Session.objects.none())


def move_as_asked(request: Request, enrollment: Enrollment, targets: QuerySet[Session]) -> Response:
    """Move the person to the session that is named, one of `targets`. Raises ValidationError or Conflict."""
    assert isinstance(request.user, User)
    target = asked(MoveSerializer, request, targets=targets)["session"]
    with conflicts():
        moved = transfer(enrollment, target, request.user)
    return Response(EnrollmentSerializer(moved, context={"request": request}).data)


class Enrollments(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, viewsets.GenericViewSet[Enrollment]
):
    """One's own enrollments: POST takes a seat, DELETE gives it back, move/ changes it for one of another session.

    A full session answers 409; its waiting list is joined at /api/v1/waiting/.
    """

    queryset = Enrollment.objects.none()
    serializer_class = EnrollmentSerializer

    def get_queryset(self) -> QuerySet[Enrollment]:
        if not isinstance(self.request.user, User):
            return Enrollment.objects.none()
        return Enrollment.objects.filter(user=self.request.user).select_related("session__course", "order")

    def perform_create(self, serializer: serializers.BaseSerializer[Enrollment]) -> None:
        assert isinstance(self.request.user, User)
        session, code = serializer.validated_data["session"], serializer.validated_data.get("voucher", "")
        with conflicts():
            try:
                serializer.instance = Enrollment.objects.enroll(self.request.user, session, code=code)
            except SessionFull as full:
                raise Conflict(f"{full} POST to /api/v1/waiting/ to join.") from full

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Withdraw, by the session's refund rule. What was handed in stays readable."""
        self.active().withdraw()
        return Response(status=204)

    @extend_schema(request=MoveSerializer, responses=EnrollmentSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move to another session of the course, before the first day; the difference is owed or given back."""
        enrollment = self.active()
        return move_as_asked(request, enrollment, Seat(enrollment).may_move_to)

    def active(self) -> Enrollment:
        """The enrollment that is asked for. Raises NotFound where it has ended."""
        enrollment = self.get_object()
        if not enrollment.is_active:
            raise NotFound
        return enrollment
