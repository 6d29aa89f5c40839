"""For whom an exercise's work is closed, so that what its checks hide until then opens to them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone

from courses.enrollment.models import Enrollment
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.assignments.extension import Extension

# A student and an exercise, by their keys.
Pair = tuple[int, int]


def closed_work(pairs: Iterable[Pair]) -> set[Pair]:
    """Of these pairs, those whose work can earn no more marks.

    It cannot, where in every session of the student with the exercise's lecture, those withdrawn from too, new work
    is no longer taken, or the exercise is assigned and has closed for the student. Without any such session it is
    not closed. Four queries, however many pairs there are.
    """
    asked = set(pairs)
    if not asked:
        return set()
    now = timezone.now()
    students, exercises = {student for student, _ in asked}, {exercise for _, exercise in asked}
    sessions_of = defaultdict(set)
    for student, session in Enrollment.objects.filter(user__in=students).values_list("user", "session"):
        sessions_of[student].add(session)
    teaching = Session.objects.filter(
        pk__in=set().union(*sessions_of.values()), course__lectures__exercises__in=exercises
    ).annotate(exercise=F("course__lectures__exercises"))
    takes = {(session.pk, session.exercise): session.takes_submissions for session in teaching}
    assigned = Assignment.objects.current().filter(
        session__in={session for session, _ in takes}, exercise__in=exercises
    )
    assignments = {(one.session_id, one.exercise_id): one for one in assigned}
    extended = Extension.objects.filter(assignment__in=assignments.values(), student__in=students)
    later = {(one.assignment_id, one.student_id): one.due_at for one in extended}

    def earns(session: int, student: int, exercise: int) -> bool:
        """Whether what the student hands in for the session now can bring marks."""
        assignment = assignments.get((session, exercise))
        rule = assignment.late_rule.extended(later.get((assignment.pk, student))) if assignment else None
        return takes[session, exercise] and (rule is None or rule.counts(now))

    def is_closed(student: int, exercise: int) -> bool:
        having = [session for session in sessions_of[student] if (session, exercise) in takes]
        return bool(having) and not any(earns(session, student, exercise) for session in having)

    return {pair for pair in asked if is_closed(*pair)}
