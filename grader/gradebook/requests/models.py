"""A student's wish to have a score looked at again, and what became of it."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.access import Person, sessions_run_by, sessions_staffed_by, teachers_of
from courses.people.audit import record
from courses.people.mail import Kind, write
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.submissions.bell import ring
from grader.submissions.models import Submission

LONGEST = 4_000


class RequestRefused(Exception):
    """It cannot be asked for, or answered, as things stand; the message says why."""


class RegradeRequestQuerySet(models.QuerySet["RegradeRequest"]):
    def visible_to(self, person: Person) -> "RegradeRequestQuerySet":
        """One's own; for staff those of their sessions."""
        staffed = Q(assignment__session__in=sessions_staffed_by(person))
        return self.filter(Q(student=person.pk) | staffed)

    def run_by(self, person: Person) -> "RegradeRequestQuerySet":
        """Those that the person may answer."""
        return self.filter(assignment__session__in=sessions_run_by(person))

    def of_session(self, session: Session) -> "RegradeRequestQuerySet":
        return self.filter(assignment__session=session)

    def open(self) -> "RegradeRequestQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=RegradeRequest.State.OPEN)

    def ask(self, assignment: Assignment, student: User, text: str, submission: Submission | None) -> "RegradeRequest":
        """Keep it, and write to those who teach the session. Raises RequestRefused where one waits already.

        Whether the score can be asked about at all is `asking`’s to say.
        """
        with transaction.atomic():
            # One at a time for each student, so that a second one finds the first.
            User.objects.select_for_update(no_key=True).get(pk=student.pk)
            if self.open().filter(assignment=assignment, student=student).exists():
                raise RequestRefused(
                    f"You have asked about “{assignment}” already. Wait for the answer, or withdraw it."
                )
            request = self.create(assignment=assignment, student=student, text=text, submission=submission)
            for teacher in teachers_of(assignment.session):
                write(teacher, Kind.GRADES, "regrade_asked", request=request, session=assignment.session)
        return request


class RegradeRequest(models.Model):
    """A student's wish to have a score looked at again, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", "Waits for an answer"
        GRANTED = "granted", "Granted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="regrade_requests")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="regrade_requests")
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = RegradeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_regrade_request", fields=["assignment", "student"], condition=Q(state="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.assignment}, {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Where the student finds it."""
        return f"{reverse('regrade_ask', args=[self.assignment_id])}#request-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def _settled(self) -> str:
        return f"It does not wait any more: it is {self.get_state_display().lower()}."

    def grant(self, by: User, answer: str) -> None:
        """Say that the student was right. Raises RequestRefused where it does not wait any more."""
        self._settle(self.State.GRANTED, by, answer)

    def decline(self, by: User, answer: str) -> None:
        """Say that the score stays. Raises RequestRefused where it does not wait any more."""
        self._settle(self.State.DECLINED, by, answer)

    @transaction.atomic
    def _settle(self, state: State, by: User, answer: str) -> None:
        self._leave_open(state=state, answer=answer, answered_by=by, answered_at=timezone.now())
        session = self.assignment.session
        verb = "granted" if state == self.State.GRANTED else "declined"
        record(by, f"{verb} {self.student}’s request about “{self.assignment}”", session, {"answer": (None, answer)})
        write(self.student, Kind.GRADES, "regrade_answered", request=self, session=session)

    def withdraw(self) -> None:
        """Take it back, by the student. Raises RequestRefused where it does not wait any more."""
        self._leave_open(state=self.State.WITHDRAWN, answered_at=timezone.now())

    def _leave_open(self, **values: object) -> None:
        """Change it if it still waits, in one conditional update."""
        if not RegradeRequest.objects.open().filter(pk=self.pk).update(**values):
            self.refresh_from_db()
            raise RequestRefused(self._settled)
        self.refresh_from_db(fields=list(values))

    @transaction.atomic
    def grade_again(self, by: User) -> None:
        """Have the examiner grade the submission once more, behind all others; the request waits on.

        Raises RequestRefused where it does not wait any more, there is nothing to grade, or that is under way.
        """
        self.refresh_from_db(fields=["state"])
        if not self.is_open:
            raise RequestRefused(self._settled)
        submission = self.submission
        if submission is None or not submission.ask_regrade("asked for by the student", by):
            raise RequestRefused("The submission is being graded already, or is gone. Look again in a minute.")
        session = self.assignment.session
        record(by, f"had {self.student}’s “{self.assignment}” graded again", session)
        flavor = submission.exercise.flavor
        transaction.on_commit(lambda: ring(flavor))
