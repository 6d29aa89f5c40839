"""What staff say about lines of a student's file: it stands beside the line, and reaches the student by mail."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from courses.enrollment.access import Person, sessions_staffed_by
from courses.people.audit import record
from courses.people.mail import Kind, write
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.submissions.models import Submission

LONGEST = 10_000
# Once nothing more was said of a file for so long, its student is told, of all of it in one mail.
QUIET = datetime.timedelta(minutes=10)


def lines_in(source: str) -> list[str]:
    """A file's lines, as editors and Python count them."""
    return source.removesuffix("\n").split("\n")


def session_to_speak_in(person: Person, submission: Submission) -> Session | None:
    """Through which session the person is staff of the submission's student; None where they are not.

    Of several the one where the exercise is assigned and its scores are not posted yet, or else where it is assigned.
    """
    if person.pk == submission.student_id:
        return None
    assigned = Assignment.objects.current().filter(session=OuterRef("pk"), exercise=submission.exercise_id)
    sessions = sessions_staffed_by(person).filter(enrollments__user=submission.student_id)
    ordered = sessions.annotate(assigned=Exists(assigned), unposted=Exists(assigned.unposted())).order_by(
        "-unposted", "-assigned", "-starts_on", "-pk"
    )
    return ordered.first()


class LineCommentQuerySet(models.QuerySet["LineComment"]):
    def visible_to(self, person: Person) -> "LineCommentQuerySet":
        """Those on submissions that the person may see; on their own, those whose scores are posted."""
        own = Q(submission__student=person.pk)
        visible = self.filter(submission__in=Submission.objects.visible_to(person))
        return visible.filter(~own | ~Exists(_hiding_assignment()))

    def posted(self) -> "LineCommentQuerySet":
        """Those that their students see."""
        return self.filter(~Exists(_hiding_assignment()))

    def unposted(self) -> "LineCommentQuerySet":
        """Those that their students do not see yet, since scores are not posted."""
        return self.filter(Exists(_hiding_assignment()))

    def written_by(self, person: Person) -> "LineCommentQuerySet":
        """Those that the person may change: their own, as long as they are staff of the student."""
        return self.visible_to(person).filter(author=person.pk)

    def number_by_submission(self) -> dict[int, int]:
        """How many there are, by the submission's key."""
        counted = self.order_by().values("submission").annotate(number=Count("pk"))
        return dict(counted.values_list("submission", "number"))

    @transaction.atomic
    def say(self, submission: Submission, author: User, line: int, text: str) -> "LineComment":
        """Put a comment beside a line. Raises ValidationError where there is no such line, or they may not."""
        session = session_to_speak_in(author, submission)
        if session is None:
            raise ValidationError("Only staff of a session of this student's comment on their code.")
        last = len(lines_in(submission.source))
        if not 1 <= line <= last:
            raise ValidationError({"line": f"The file has the lines 1 to {last}. Choose one of them."})
        comment = self.create(submission=submission, session=session, author=author, line=line, text=text)
        record(author, f"commented on line {line} of {submission}", session)
        return comment

    def tell(self) -> int:
        """Write to each student whose staff have been quiet for a while; how many mails there are.

        One mail a file; what is not posted yet waits until it is.
        """
        waiting = self.posted().filter(told_at__isnull=True)
        latest = waiting.order_by().values("submission").annotate(latest=Max("at"))
        told = 0
        for submission in latest.filter(latest__lte=timezone.now() - QUIET).values_list("submission", flat=True):
            with transaction.atomic():
                rows = waiting.filter(submission=submission).select_related("author").select_for_update(of=("self",))
                comments = list(rows)
                self.filter(pk__in=[comment.pk for comment in comments]).update(told_at=timezone.now())
                if comments:
                    about = Submission.objects.select_related("exercise", "student").get(pk=submission)
                    write(about.student, Kind.GRADES, "comments", submission=about, comments=comments)
                    told += 1
        return told


def _hiding_assignment() -> models.QuerySet[Assignment]:
    """Of a comment, the assignment whose scores its session has not posted yet."""
    return Assignment.objects.unposted().filter(
        session=OuterRef("session"), exercise=OuterRef("submission__exercise")
    )  # fmt: skip


class LineComment(models.Model):
    """What staff say about a line of a student's file. session : through which the author is staff of the student."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    line = models.PositiveIntegerField(help_text="from 1")
    text = models.TextField(help_text="Markdown")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="when the student was written to")

    objects = LineCommentQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "line", "pk"]
        indexes = [models.Index(name="comment_untold", fields=["submission"], condition=Q(told_at__isnull=True))]
        constraints = [models.CheckConstraint(name="lines_begin_at_one", condition=Q(line__gte=1))]

    def __str__(self) -> str:
        return f"{self.submission}, line {self.line}"

    def get_absolute_url(self) -> str:
        return f"{self.submission.get_absolute_url()}#comment-{self.pk}"

    @transaction.atomic
    def reword(self, text: str) -> None:
        """Have it say something else; when it was first said stays."""
        if text == self.text:
            return
        record(self.author, f"changed a comment on {self}", self.session, {"text": (self.text, text)})
        self.text, self.edited_at = text, timezone.now()
        self.save(update_fields=["text", "edited_at"])

    @transaction.atomic
    def take_back(self) -> None:
        """Delete it; the audit trail keeps what it said."""
        record(self.author, f"deleted a comment on {self}", self.session, {"text": (self.text, None)})
        self.delete()
