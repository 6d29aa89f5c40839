"""Ask about this, by program: a question about an exercise or a submission, with its report attached."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from courses.enrollment.api import Conflict, asked
from courses.people.models import User
from courses.support.api import FilesField, QuestionSerializer
from courses.support.models import TicketRefused
from grader.assignments.models import Exercise
from grader.submissions import questions
from grader.submissions.models import Submission


class AskAboutSerializer(serializers.Serializer[Any]):
    """Text in Markdown, and files by multipart; the session is named where the exercise is learned in several."""

    text = serializers.CharField(max_length=10_000)
    session = serializers.IntegerField(required=False)
    files = FilesField(required=False, write_only=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """With the session whose instructors answer, None where there is none."""
        named, found = given.get("session"), {one.pk: one for one in self.context["sessions"]}
        if (named is None and len(found) > 1) or (named is not None and named not in found):
            keys = ", ".join(map(str, found)) or "none"
            raise serializers.ValidationError({"session": f"Name one in which you learn it: {keys}."})
        return {**given, "session": found.get(named) if named else next(iter(found.values()), None)}


class About(APIView):
    """What the two ways of asking share."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    def ask(self, request: Request, exercise: Exercise, submission: Submission | None) -> Response:
        """Ask what the request says. Raises Conflict where the question is refused."""
        assert isinstance(request.user, User)
        given = asked(AskAboutSerializer, request, sessions=questions.sessions_about(request.user, exercise))
        try:
            ticket = questions.ask(request.user, exercise, submission, **given)
        except TicketRefused as refused:
            raise Conflict(str(refused)) from refused
        address = reverse("api-question-detail", args=[ticket.pk], request=request)
        return Response(QuestionSerializer(ticket).data, status=201, headers={"Location": address})


class AboutExercise(About):
    """About an exercise."""

    @extend_schema(request=AskAboutSerializer, responses={201: QuestionSerializer}, tags=["questions"])
    def post(self, request: Request, slug: str) -> Response:
        """Ask about an exercise; the latest report goes with it, where there is one."""
        exercise = get_object_or_404(Exercise.objects.open_to(request.user), slug=slug)
        return self.ask(request, exercise, questions.latest(request.user, exercise))


class AboutSubmission(About):
    """About a submission."""

    @extend_schema(request=AskAboutSerializer, responses={201: QuestionSerializer}, tags=["questions"])
    def post(self, request: Request, pk: int) -> Response:
        """Ask about a submission of one's own; its report goes with it."""
        submission = get_object_or_404(questions.own(request.user), pk=pk)
        return self.ask(request, submission.exercise, submission)
