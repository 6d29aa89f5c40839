"""The gradebook by program: scores with all that made them, and staff's own instead."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import Person, sessions_seated_in, sessions_staffed_by
from courses.enrollment.api import Conflict, KeyAmong, asked
from courses.keys import key_of
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.deciding import Decision, Stale, decide
from grader.gradebook.grid.rows import Grid, Sign
from grader.gradebook.models import Override
from grader.gradebook.scores import Part, State


def assignments_staffed_by(person: Person) -> QuerySet[Assignment]:
    """On whose scores the person may decide."""
    found = Assignment.objects.current().filter(session__in=sessions_staffed_by(person))
    return found.select_related("exercise", "session")


class ScoreSerializer(serializers.Serializer[Any]):
    """A student's score for an assignment. Percents are of full marks; null: nothing to count yet."""

    assignment = serializers.IntegerField()
    exercise = serializers.CharField()
    title = serializers.CharField()
    posted = serializers.BooleanField(help_text="whether students see it")
    state = serializers.ChoiceField(State.choices)
    percent = serializers.FloatField(allow_null=True)
    points = serializers.FloatField(allow_null=True, help_text="of `full`")
    full = serializers.FloatField()
    submission = serializers.IntegerField(allow_null=True, help_text="the one that counts")
    submissions = serializers.IntegerField(help_text="how many of those that may count there are")
    due_at = serializers.DateTimeField(allow_null=True, help_text="the student's own, with an extension")
    extended = serializers.BooleanField()
    corrected = serializers.BooleanField(help_text="whether it became another one after the student had seen it")
    days_late = serializers.IntegerField()
    penalty = serializers.IntegerField(help_text="percent of the marks that lateness took away")
    decided = serializers.BooleanField(help_text="whether staff set it")
    reason = serializers.CharField(help_text="why they did")
    weight = serializers.FloatField()
    share = serializers.FloatField(help_text="of the total, 0 to 1")
    brings = serializers.FloatField(help_text="percent of the total")
    dropped = serializers.BooleanField()
    hidden_checks = serializers.BooleanField(help_text="whether hidden checks are not counted yet")
    seen = serializers.IntegerField(help_text="to be sent along with an override")


class RowSerializer(serializers.Serializer[Any]):
    """A student with their total in percent, null where nothing counts yet."""

    student = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField()
    left_at = serializers.DateTimeField(allow_null=True, help_text="for who has no seat any more")
    total = serializers.FloatField(allow_null=True)
    scores = ScoreSerializer(many=True)


def row_of(book: Book, student: User) -> dict[str, Any]:
    """What RowSerializer names, of a student in a book."""
    total, assignments = book.total(student), {one.pk: one for one in book.assignments}
    return {
        "student": student.pk,
        "name": student.name,
        "email": student.email,
        "left_at": book.left.get(student.pk),
        "total": total.percent,
        "scores": [score_of(book, student, assignments[part.assignment], part) for part in total.parts],
    }


def score_of(book: Book, student: User, assignment: Assignment, part: Part) -> dict[str, Any]:
    """What ScoreSerializer names, of a student's part for an assignment."""
    score, rule, cell = part.score, book.rule(assignment, student.pk), (assignment.pk, student.pk)
    return {
        "assignment": assignment.pk,
        "exercise": assignment.exercise.slug,
        "title": str(assignment),
        "posted": assignment.is_posted,
        "state": score.state.value,
        "percent": score.percent,
        "points": book.points(assignment, student),
        "full": book.full(assignment),
        "submission": score.attempt.submission if score.attempt else None,
        "submissions": score.used,
        "due_at": rule.due,
        "extended": rule != assignment.late_rule,
        "corrected": cell in book.records.corrected and not (book.for_student and not assignment.is_posted),
        "days_late": score.days_late,
        "penalty": score.penalty,
        "decided": score.decided is not None,
        "reason": score.decided.reason if score.decided else "",
        "weight": part.weight,
        "share": part.share,
        "brings": part.contributed,
        "dropped": part.dropped,
        "hidden_checks": book.hides_checks(assignment, student.pk) and score.decided is None,
        "seen": book.seen(cell),
    }


class GridQuerySerializer(serializers.Serializer[Any]):
    """Whom staff look for, and in which order."""

    session = serializers.IntegerField()
    q = serializers.CharField(default="", allow_blank=True, max_length=100, help_text="words of name or e-mail")
    sign = serializers.ChoiceField(Sign.choices, default="", allow_blank=True, help_text="with a score that is")
    left = serializers.BooleanField(default=False, help_text="also who left")
    sort = serializers.RegexField(
        r"-?(name|total|a\d{1,18})\Z", default="name",
        help_text="name, total, or a with an assignment's key; a minus before it turns it around",
    )  # fmt: skip


class Gradebook(viewsets.GenericViewSet[User]):
    """A session's scores, a row for each student; students get their own row, as they may see it."""

    queryset = User.objects.none()
    serializer_class = RowSerializer
    filter_backends: Sequence[Any] = ()

    @extend_schema(parameters=[GridQuerySerializer], responses=RowSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The students of a session by name, who must be named: ?session=. The other filters are for its staff."""
        assert isinstance(request.user, User)
        key = key_of(request.query_params.get("session", ""))
        if not key:
            raise serializers.ValidationError({"session": "Say which session: ?session=1."})
        staffed = sessions_staffed_by(request.user).filter(pk=key).first()
        if staffed is None:
            own = Book(get_object_or_404(sessions_seated_in(request.user), pk=key), [request.user], for_student=True)
            page = self.paginate_queryset(own.students)
            return self.get_paginated_response([row_of(own, student) for student in page or []])
        grid = self.grid(staffed)
        by_scores = grid.sign or "name" not in grid.sort
        found = [row.student for row in grid.rows] if by_scores else grid.people[:: -1 if grid.sort == "-name" else 1]
        page = self.paginate_queryset(found) or []
        # Only the scores of a page are counted, where that is enough.
        book = grid.book if by_scores else Book(staffed, page, left=grid.book.left)
        return self.get_paginated_response([row_of(book, student) for student in page])

    def grid(self, session: Session) -> Grid:
        """The grid that the address asks for. Raises ValidationError."""
        given = GridQuerySerializer(data=self.request.query_params)
        given.is_valid(raise_exception=True)
        asked_for = given.validated_data
        book = Book.of(session, with_left=asked_for["left"])
        grid = Grid(book, *(asked_for[name] for name in ("q", "sign", "sort")))
        if grid.sort.removeprefix("-") not in grid.sorts:
            raise serializers.ValidationError({"sort": "There is no such assignment in this session."})
        return grid


class OverrideSerializer(serializers.ModelSerializer[Override]):
    by = serializers.CharField(source="by.__str__", read_only=True)

    class Meta:
        model = Override
        fields = ["id", "assignment", "student", "points", "of", "reason", "by", "at"]


class DecisionSerializer(serializers.Serializer[Any]):
    """A score that staff give. points : of the assignment's full marks; null takes an earlier override back.

    seen : the key of the latest override that you have read, 0 where there is none.
    """

    assignment = KeyAmong(assignments_staffed_by, pk_field=serializers.IntegerField())
    student = serializers.IntegerField(min_value=1)
    points = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0, allow_null=True)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    seen = serializers.IntegerField(min_value=0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """With the book of the student, in which the score is to stand."""
        assignment: Assignment = attrs["assignment"]
        seat = assignment.session.enrollments.filter(user=attrs["student"]).select_related("user").first()
        if seat is None:
            raise serializers.ValidationError({"student": "This person has no seat in the session."})
        book = Book(assignment.session, [seat.user], only={assignment.pk})
        if attrs["points"] is not None and attrs["points"] > book.full(assignment):
            raise serializers.ValidationError({"points": f"Full marks are {book.full(assignment):g}."})
        if attrs["points"] is None and not book.seen((assignment.pk, seat.user_id)):
            raise serializers.ValidationError({"points": "Staff have set no score that could be taken back."})
        return {**attrs, "student": seat.user}


class Overrides(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Override]):
    """Scores that staff gave instead of the examiner's, in their sessions; of a cell the latest holds."""

    queryset = Override.objects.none()
    serializer_class = OverrideSerializer
    filterset_fields = {"assignment": ["exact"], "assignment__session": ["exact"], "student": ["exact"]}

    def get_queryset(self) -> QuerySet[Override]:
        found = Override.objects.filter(assignment__session__in=sessions_staffed_by(self.request.user))
        return found.select_related("by").order_by("-pk")

    @extend_schema(request=DecisionSerializer, responses={201: OverrideSerializer})
    def create(self, request: Request) -> Response:
        """Give a score; 409 with `latest`, what somebody else wrote, where that came after what you have seen."""
        assert isinstance(request.user, User)
        given = asked(DecisionSerializer, request)
        decision = Decision(given["assignment"], given["student"], given["points"], given["seen"])
        try:
            [written] = decide(decision.assignment.session, [decision], request.user, given["reason"])
        except Stale as stale:
            raise Conflict(str(stale), latest=OverrideSerializer(stale.latest).data) from stale
        return Response(OverrideSerializer(written).data, status=201)
