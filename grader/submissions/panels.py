"""What the school's pages show of a student's work."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.enrollment.access import Person, StudentOf, sessions_seated_in, sessions_staffed_by
from courses.people.models import User
from courses.sessions.models import Session
from grader.submissions.due import due_in, due_next, due_soon

A_GLANCE = 6


def work_of_session(request: HttpRequest, session: Session) -> SafeString:
    """What is to be done in the session, for its students with their state; its staff see the dates."""
    person = request.user
    seated = sessions_seated_in(person).filter(pk=session.pk).exists()
    if not seated and not sessions_staffed_by(person).filter(pk=session.pk).exists():
        return SafeString("")
    return _work(session, person, seated=seated)


def work_in_preview(request: HttpRequest, student: StudentOf) -> SafeString:
    """The same as a student sees it, without a state: nobody has handed in anything there."""
    return _work(student.session, student, seated=False)


def _work(session: Session, person: Person, seated: bool) -> SafeString:
    work = due_in(session.assignments.current(), person)
    context = {"work": [due for due in work if not due.is_past], "past": [due for due in work if due.is_past]}
    return render_to_string("grader/work.html", {**context, "session": session, "seated": seated})


def work_due(request: HttpRequest, person: User) -> SafeString:
    """What is due next in all sessions of the person, on their home page."""
    work = due_next(person)
    return render_to_string("grader/work_due.html", {"work": work[:A_GLANCE], "more": max(0, len(work) - A_GLANCE)})


def due_in_top_bar(request: HttpRequest, person: Person) -> SafeString:
    """How much is due within a week; nothing where nothing is."""
    number = due_soon(person) if isinstance(person, User) else 0
    return render_to_string("grader/due_soon.html", {"number": number}) if number else SafeString("")
