"""Voiding a check for everybody, or giving it other full marks, without touching code; and taking that back."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from courses.enrollment.access import members_of
from courses.people.audit import record
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.corrections.notices import correcting
from grader.gradebook.revisions.checks import Points, checks_of, revisions_of
from grader.gradebook.revisions.models import CheckRevision
from grader.gradebook.rubric.models import plain


class RevisionRefused(Exception):
    """Such full marks cannot be had; the message says why."""


class RevisedMeanwhile(Exception):
    """Somebody else has changed the checks since they were seen."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed the checks meanwhile. Look at them, then decide anew.")


def seen_of(assignment: Assignment) -> str:
    """What a form or a program says of the revisions that it has seen."""
    return " ".join(f"{one.pk}.{one.at.isoformat()}" for one in revisions_of(assignment).values())


def after(assignment: Assignment, changes: dict[str, Decimal | None]) -> dict[str, Decimal]:
    """The full marks of all checks that have other ones than their own, once these are changed too; None: its own.

    Raises RevisionRefused where a check is not there, or nothing is left to earn.
    """
    rows = {row.name: row for row in checks_of(assignment)}
    if unknown := changes.keys() - rows.keys():
        raise RevisionRefused(f"There is no check “{min(unknown)}” in this exercise, nor in what was graded.")
    wanted = {name: changes.get(name, row.now) for name, row in rows.items()}
    points = {name: most for name, most in wanted.items() if most is not None and most != rows[name].full}
    if not any(points.get(name, row.full) for name, row in rows.items()) and not assignment.criteria.exists():
        raise RevisionRefused("No check would count any more. Take the assignment out, or give it the weight 0.")
    if points == {name: one.points for name, one in revisions_of(assignment).items()}:
        raise RevisionRefused("Nothing would change. Give at least one check other full marks.")
    return points


@transaction.atomic
def revise(assignment: Assignment, by: User, points: Points, reason: str, seen: str) -> None:
    """Have exactly these checks have these full marks, note it, and tell students whose posted score changes.

    points : as `after` gives it. seen : as `seen_of` gave it. Raises RevisedMeanwhile.
    """
    Assignment.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
    if seen != seen_of(assignment):
        raise RevisedMeanwhile
    kept = revisions_of(assignment)
    changed = {name: (kept[name].points if name in kept else None, points.get(name)) for name in {**kept, **points}}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    with correcting(assignment.session, list(members_of(assignment.session)), [assignment.pk], reason, by):
        for name, (_, most) in changed.items():
            if most is None:
                kept[name].delete()
            else:
                values = {"points": most, "reason": reason, "by": by, "at": timezone.now()}
                CheckRevision.objects.update_or_create(assignment=assignment, check_name=name, defaults=values)
    said: dict[str, tuple[str | None, str]] = {n: (_words(was), _words(now)) for n, (was, now) in changed.items()}
    said["reason"] = None, reason
    record(by, f"changed what checks of “{assignment}” count", assignment.session, said)


def _words(points: Decimal | None) -> str:
    return "its own full marks" if points is None else f"{plain(points)} points" if points else "does not count"
