"""Extensions: later due dates for single students."""

import datetime
from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from courses.enrollment.access import Person, sessions_run_by, sessions_staffed_by
from courses.people.audit import record
from courses.people.mail import Kind, write
from courses.people.models import User
from courses.templatetags.dates import moment_in
from grader.assignments.assignment import Assignment, after_close


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, person: Person) -> "ExtensionQuerySet":
        """One's own, and those of sessions that the person staffs."""
        return self.filter(Q(student=person.pk) | Q(assignment__session__in=sessions_staffed_by(person)))

    def run_by(self, person: Person) -> "ExtensionQuerySet":
        """Those of sessions that the person teaches."""
        return self.filter(assignment__session__in=sessions_run_by(person), assignment__removed_at__isnull=True)

    @transaction.atomic
    def grant(
        self,
        assignment: Assignment,
        actor: User,
        students: Collection[User],
        due_at: datetime.datetime,
        reason: str = "",
    ) -> None:
        """Have it due later for these students, whatever was granted before, and write to them.

        What they have handed in already counts by the new date. Call it with the session locked.
        Raises ValidationError where the moment gives nobody more time.
        """
        refuse_due(assignment, due_at)
        before = {one.student_id: one for one in self.filter(assignment=assignment, student__in=students)}
        for student in students:
            extension = before.get(student.pk) or Extension(student=student)
            extension.assignment = assignment
            extension.put(actor, due_at, reason)


class Extension(models.Model):
    """A later due date for one student. Who granted it is who changed it last."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="extensions")
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True, help_text="for staff")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "student"]
        constraints = [models.UniqueConstraint(name="extended_once", fields=["assignment", "student"])]

    def __str__(self) -> str:
        return f"{self.student}: {self.assignment}, {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def gives_time(self) -> bool:
        """Whether it is later than the due date of all, which may have moved behind it."""
        return self.assignment.due_at is not None and self.due_at > self.assignment.due_at

    @transaction.atomic
    def put(self, actor: User, due_at: datetime.datetime, reason: str) -> None:
        """Set it, note what was changed, and write to the student where the moment was."""
        before = (self.due_at, self.reason) if self.pk else (None, "")
        pairs = {"due_at": (before[0], due_at), "reason": (before[1], reason)}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if not changed:
            return
        self.due_at, self.reason, self.granted_by, self.granted_at = due_at, reason, actor, timezone.now()
        self.save()
        record(actor, f"extended “{self.assignment}” for {self.student}", self.assignment.session, changed)
        if "due_at" in changed:
            self._tell(granted=True)

    @transaction.atomic
    def take_back(self, actor: User) -> None:
        """Have it due for the student as for all others, note it, and write to them."""
        said = f"took back an extension of “{self.assignment}” for {self.student}"
        record(actor, said, self.assignment.session, {"due_at": (self.due_at, None)})
        self._tell(granted=False)
        self.delete()

    def _tell(self, granted: bool) -> None:
        assignment = self.assignment
        due_at = self.due_at if granted else assignment.due_at
        write(
            self.student, Kind.GRADES, "extension", exercise=assignment.exercise, session=assignment.session,
            granted=granted, due_at=due_at, rule=assignment.late_words,
        )  # fmt: skip


def refuse_due(assignment: Assignment, due_at: datetime.datetime) -> None:
    """Refuse an extension that would give nobody more time. Raises ValidationError."""
    if assignment.due_at is None:
        raise ValidationError("This assignment has no due date, so that nobody needs longer.")
    if due_at <= assignment.due_at:
        everybody = moment_in(assignment.due_at, assignment.session.time_zone)
        raise ValidationError(f"It is due for everybody on {everybody}. Choose a later moment.")
    if too_late := after_close(assignment.session, due_at):
        raise ValidationError(too_late)
