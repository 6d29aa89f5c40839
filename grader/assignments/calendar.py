"""Due dates in a student's private calendar."""

import datetime

from django.utils import timezone

from courses.classroom.calendar.appointments import Appointment
from courses.people.models import User
from grader.assignments.assignment import Assignment

# Programs draw nothing, or little, of an event that takes no time.
SHOWN = datetime.timedelta(minutes=15)


def due_dates(person: User) -> list[Appointment]:
    """When each assignment of the person's sessions is due for them, as the last minutes before it."""
    found = Assignment.objects.of_student(person).filter(due_at__isnull=False).due_for(person).listed()
    return [_appointment(assignment, assignment.own_rule.due) for assignment in found if assignment.own_rule.due]


def _appointment(assignment: Assignment, due_at: datetime.datetime) -> Appointment:
    more = "You have an extension. " if assignment.is_extended else ""
    return Appointment(
        name=f"assignment-{assignment.pk}",
        summary=f"Due: {assignment}",
        description=f"{assignment.session.full_name}\n{more}{assignment.late_words}",
        starts_at=due_at - SHOWN,
        ends_at=due_at,
        time_zone=assignment.session.time_zone,
        where="",
        url=assignment.exercise.get_absolute_url(),
        sequence=assignment.version,
        changed_at=timezone.now(),
    )
