"""Who may see what of the school, as querysets: fetching and authorizing are one step.

A visitor is Django's AnonymousUser. What a person may not see is not in the queryset, and so is 404.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from courses.catalog.models import Course, Lecture, SectionLecture
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.models import Order, OrderQuerySet
from courses.people.models import User
from courses.sessions.models import Session, SessionQuerySet

Person = User | AnonymousUser


def is_admin(person: Person) -> bool:
    return isinstance(person, User) and person.is_admin


def is_instructor(person: Person) -> bool:
    """Has a public profile as an instructor: reads all lectures, creates sessions, runs own ones."""
    return isinstance(person, User) and hasattr(person, "instructor")


def sessions_for(person: Person) -> SessionQuerySet:
    """Sessions that the person may see: published ones, those that they belong to or run, all for admins."""
    if is_admin(person):
        return Session.objects.all()
    published = Q(published=True, course__published=True)
    if not isinstance(person, User):
        return Session.objects.filter(published)
    belongs = Q(pk__in=Enrollment.objects.filter(user=person).values("session"))
    return Session.objects.filter(published | belongs | _staffs(person))


def sessions_run_by(person: Person) -> QuerySet[Session]:
    """Sessions that the person teaches; all for admins."""
    if is_admin(person):
        return Session.objects.all()
    if not isinstance(person, User):
        return Session.objects.none()
    return Session.objects.filter(pk__in=Session.objects.taught_by(person))


def sessions_staffed_by(person: Person) -> QuerySet[Session]:
    """Sessions that the person teaches or assists in; all for admins."""
    if is_admin(person):
        return Session.objects.all()
    return Session.objects.filter(_staffs(person)) if isinstance(person, User) else Session.objects.none()


def sessions_attended_by(person: Person) -> QuerySet[Session]:
    """Sessions in which the person has a seat that is settled: paid, free, or left to them by staff."""
    return Session.objects.filter(_attends(person)) if isinstance(person, User) else Session.objects.none()


def sessions_open_to(person: Person) -> QuerySet[Session]:
    """Sessions whose rooms, join links and recordings the person may see: attended ones, and those that they staff."""
    return Session.objects.all() if is_admin(person) else sessions_of(person)


def sessions_of(person: Person) -> QuerySet[Session]:
    """The person's own: those that they attend, teach or assist in. An admin's are these as well, and not all."""
    if not isinstance(person, User):
        return Session.objects.none()
    return Session.objects.filter(_attends(person) | _staffs(person))


# Subqueries, since a join would bring a session once for each way to it, and sorting out which is slow.
def _staffs(person: User) -> Q:
    return Q(pk__in=Session.objects.taught_by(person)) | Q(pk__in=Session.objects.assisted_by(person))


def _attends(person: User) -> Q:
    return Q(pk__in=Enrollment.objects.settled().filter(user=person).values("session"))


def members_of(session: Session) -> QuerySet[User]:
    """Who has a seat in the session now, settled or not."""
    return User.objects.filter(
        is_active=True, pk__in=Enrollment.objects.active().filter(session=session).values("user")
    )


def attendees_of(session: Session) -> QuerySet[User]:
    """Who attends the session: has a seat in it that is settled."""
    return User.objects.filter(
        is_active=True, pk__in=Enrollment.objects.settled().filter(session=session).values("user")
    )


def orders_for(person: Person) -> OrderQuerySet:
    """Orders whose money the person may see: their own; all for admins."""
    if is_admin(person):
        return Order.objects.all()
    return Order.objects.filter(buyer=person) if isinstance(person, User) else Order.objects.none()


def courses_for(person: Person) -> QuerySet[Course]:
    """Courses whose outline the person may see."""
    return Course.objects.all() if is_admin(person) else Course.objects.filter(published=True)


def courses_open_to(person: Person) -> QuerySet[Course]:
    """Courses whose lectures and exercises the person may open.

    All for admins and instructors; for assistants those of their sessions; for students those that they
    are enrolled in, from the moment of enrolling; none for visitors.
    """
    if is_admin(person) or is_instructor(person):
        return Course.objects.all()
    if not isinstance(person, User):
        return Course.objects.none()
    seated = Q(pk__in=Enrollment.objects.active().filter(user=person).values("session__course"))
    return Course.objects.filter(seated | Q(pk__in=Session.objects.assisted_by(person).values("course")))


def lectures_for(person: Person) -> QuerySet[Lecture]:
    """Lectures whose text the person may read: samples, and those of courses open to them."""
    if is_admin(person) or is_instructor(person):
        return Lecture.objects.all()
    samples = Q(sample=True, pk__in=SectionLecture.objects.filter(course__published=True).values("lecture"))
    taken = Q(pk__in=SectionLecture.objects.filter(course__in=courses_open_to(person)).values("lecture"))
    return Lecture.objects.filter(samples | taken)


def students_of(person: Person) -> QuerySet[User]:
    """People whose work the person may see as staff: who enrolled in a session that they run or assist in.

    Someone who withdrew is still among them: their work is part of the session's record.
    """
    if is_admin(person):
        return User.objects.all()
    if not isinstance(person, User):
        return User.objects.none()
    staffed = sessions_staffed_by(person)
    return User.objects.filter(pk__in=Enrollment.objects.filter(session__in=staffed).values("user"))


def staff_of(student: User) -> QuerySet[User]:
    """Whom a student's question reaches: those who teach or assist in their sessions; admins where nobody does."""
    sessions = Session.objects.filter(enrollments__user=student, enrollments__withdrawn_at__isnull=True)
    active = User.objects.filter(is_active=True)
    staff = active.filter(Q(instructor__sessions__in=sessions) | Q(assisted_sessions__in=sessions)).distinct()
    return staff if staff.exists() else active.filter(is_superuser=True)


def may_submit(person: Person, lecture: Lecture) -> bool:
    """Whether new work for the lecture is taken: a session that the person belongs to still takes it."""
    if is_admin(person) or is_instructor(person):
        return True
    if not isinstance(person, User):
        return False
    sessions = Session.objects.filter(course__lectures=lecture).filter(
        Q(enrollments__user=person, enrollments__withdrawn_at__isnull=True) | Q(assistants=person)
    )
    return any(session.takes_submissions for session in sessions)


def closed_work(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these students and lectures, by their keys, those whose work is closed.

    It is, where every session of the student with this lecture, those withdrawn from too, has ended new submissions.
    """
    asked = set(pairs)
    if not asked:
        return set()
    sessions = Session.objects.filter(
        enrollments__user__in={student for student, _ in asked}, course__lectures__in={lecture for _, lecture in asked}
    ).annotate(student=F("enrollments__user"), lecture=F("course__lectures"))
    found = {(session.student, session.lecture) for session in sessions} & asked
    return found - {(session.student, session.lecture) for session in sessions if session.takes_submissions}
