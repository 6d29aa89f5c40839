"""Rubrics: by what people score a work that no check can, and what each work earned by it."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone

from courses.enrollment.access import Person, sessions_seated_in, sessions_staffed_by
from courses.people.audit import differences, record
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.errors import ExerciseError
from grader.exercises import load
from grader.exercises.folder import RubricLine

MOST_CRITERIA = 30


def plain(points: Decimal) -> str:
    """Points as people write them: 7, 2.5."""
    return f"{points.normalize():f}"


class RubricRefused(Exception):
    """The rubric cannot be changed so; the message says why."""


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def visible_to(self, person: Person) -> "CriterionQuerySet":
        """Those of sessions that the person staffs, and those that they are to meet."""
        staffed = Q(assignment__session__in=sessions_staffed_by(person))
        return self.filter(staffed | Q(pk__in=self.model.objects.to_meet(person)))

    def to_meet(self, person: Person) -> "CriterionQuerySet":
        """Those of assignments on which the person works, or has worked: they know them before they begin."""
        working = Assignment.objects.opened().filter(session__in=sessions_seated_in(person))
        return self.filter(assignment__in=working)

    @transaction.atomic
    def add(self, assignment: Assignment, by: User, lines: "Sequence[RubricLine | Criterion]") -> "list[Criterion]":
        """Put these after the criteria that there are. Raises RubricRefused where they become too many.

        Call it with the session locked.
        """
        own = self.filter(assignment=assignment)
        if own.count() + len(lines) > MOST_CRITERIA:
            raise RubricRefused(f"A rubric has at most {MOST_CRITERIA} criteria. Join some of them.")
        last = own.aggregate(last=Max("position"))["last"] or 0
        added = [
            Criterion(
                assignment=assignment, position=last + number, title=line.title, description=line.description,
                points=line.points,
            )
            for number, line in enumerate(lines, 1)
        ]  # fmt: skip
        Criterion.objects.bulk_create(added)
        titles = ", ".join(f"“{line.title}”" for line in lines)
        values = {line.title: (None, f"{line.points:g} points") for line in lines}
        record(by, f"added {titles} to the rubric of “{assignment}”", assignment.session, values)
        return added


class Criterion(models.Model):
    """A line of an assignment's rubric, by which people score what no check can."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text="Markdown: what earns how many points")
    points = models.DecimalField(max_digits=8, decimal_places=2)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["assignment", "position"]
        constraints = [
            models.UniqueConstraint(name="criterion_position_once", fields=["assignment", "position"]),
            models.CheckConstraint(name="criterion_has_points", condition=Q(points__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_exercise(cls, assignment: Assignment, by: User) -> "list[Criterion]":
        """Add the rubric that the exercise's folder brings; none where it brings none. Raises RubricRefused.

        Call it with the session locked.
        """
        lines = shipped_with(assignment)
        return cls.objects.add(assignment, by, lines) if lines else []

    @transaction.atomic
    def keep(self, by: User) -> None:
        """Save what was edited, and note it. Marks stay; those above the points count as the points."""
        changed = differences(Criterion.objects.get(pk=self.pk), self)
        if changed:
            self.save(update_fields=list(changed))
            record(by, f"changed “{self}” in the rubric of “{self.assignment}”", self.assignment.session, changed)

    @transaction.atomic
    def move(self, by: User, *, up: bool) -> None:
        """Change places with the criterion before or after it, if there is one."""
        others = Criterion.objects.filter(assignment=self.assignment_id)
        before, after = others.filter(position__lt=self.position), others.filter(position__gt=self.position)
        other = before.last() if up else after.first()
        if other is None:
            return
        free = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        for pk, position in ((self.pk, free), (other.pk, self.position), (self.pk, other.position)):
            Criterion.objects.filter(pk=pk).update(position=position)
        record(by, f"moved “{self}” in the rubric of “{self.assignment}”", self.assignment.session)

    @transaction.atomic
    def remove(self, by: User) -> None:
        """Delete it with all marks by it; the audit trail keeps how many there were."""
        values = {"points": (self.points, None), "marks": (self.marks.count(), None)}
        record(by, f"deleted “{self}” from the rubric of “{self.assignment}”", self.assignment.session, values)
        self.delete()


def shipped_with(assignment: Assignment) -> tuple[RubricLine, ...]:
    """The rubric that the exercise's folder brings; empty where it brings none, or is gone."""
    try:
        return load(assignment.exercise.slug).rubric
    except ExerciseError:
        return ()


class MarkQuerySet(models.QuerySet["Mark"]):
    def visible_to(self, person: Person) -> "MarkQuerySet":
        """Those of sessions that the person staffs; one's own once scores are posted."""
        staffed = Q(criterion__assignment__session__in=sessions_staffed_by(person))
        posted = Q(student=person.pk, criterion__assignment__in=Assignment.objects.posted())
        return self.filter(staffed | posted)


class Mark(models.Model):
    """What a student's work earns by one criterion."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="marks")
    points = models.DecimalField(max_digits=8, decimal_places=2)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["criterion", "student"]
        constraints = [
            models.UniqueConstraint(name="marked_once", fields=["criterion", "student"]),
            models.CheckConstraint(name="mark_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.criterion}, {self.points}"

    @property
    def counted(self) -> Decimal:
        """The points that count: no more than the criterion has by now."""
        return min(self.points, self.criterion.points)
