"""Who may see what of the school, as querysets: fetching and authorizing are one step.

A visitor is Django's AnonymousUser. What a person may not see is not in the queryset, and so is 404.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.catalog.models import Course, Lecture, SectionLecture
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.models import Order, OrderQuerySet
from courses.people.models import User
from courses.sessions.models import Session, SessionQuerySet
from courses.sessions.releases import LectureRelease

Person = User | AnonymousUser


class StudentOf(AnonymousUser):
    """Stands for whoever has a settled seat in this session and in no other, at a moment: staff see what they see."""

    def __init__(self, session: Session, at: datetime.datetime) -> None:
        self.session, self.at = session, at


def now_for(person: Person) -> datetime.datetime:
    """The moment at which the person looks."""
    return person.at if isinstance(person, StudentOf) else timezone.now()


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
    if isinstance(person, StudentOf):
        return Session.objects.filter(pk=person.session.pk)
    return Session.objects.filter(_attends(person)) if isinstance(person, User) else Session.objects.none()


def sessions_seated_in(person: Person) -> QuerySet[Session]:
    """Sessions in which the person has a seat, settled or not."""
    if isinstance(person, StudentOf):
        return Session.objects.filter(pk=person.session.pk)
    if not isinstance(person, User):
        return Session.objects.none()
    return Session.objects.filter(pk__in=Enrollment.objects.active().filter(user=person).values("session"))


def sessions_open_to(person: Person) -> QuerySet[Session]:
    """Sessions whose rooms, join links and recordings the person may see: attended ones, and those that they staff."""
    return Session.objects.all() if is_admin(person) else sessions_of(person)


def sessions_of(person: Person) -> QuerySet[Session]:
    """The person's own: those that they attend, teach or assist in. An admin's are these as well, and not all."""
    if not isinstance(person, User):
        return sessions_attended_by(person)
    return Session.objects.filter(_attends(person) | _staffs(person))


def sessions_joined_by(person: Person) -> QuerySet[Session]:
    """Sessions to which the person belongs: open to them, or with a seat that is not yet settled."""
    return Session.objects.filter(Q(pk__in=sessions_open_to(person)) | Q(pk__in=sessions_seated_in(person)))


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
    seated = Q(pk__in=sessions_seated_in(person).values("course"))
    return Course.objects.filter(seated | Q(pk__in=_courses_assisted_by(person)))


def _courses_assisted_by(person: Person) -> QuerySet[Any, Any]:
    assisted = Session.objects.assisted_by(person) if isinstance(person, User) else Session.objects.none()
    return assisted.values("course")


def lectures_for(person: Person) -> QuerySet[Lecture]:
    """Lectures whose text the person may read: samples, and those that are open to them."""
    if is_admin(person) or is_instructor(person):
        return Lecture.objects.all()
    samples = Q(sample=True, pk__in=SectionLecture.objects.filter(course__published=True).values("lecture"))
    return Lecture.objects.filter(samples | Q(pk__in=lectures_open_to(person)))


def places_for(person: Person) -> QuerySet[SectionLecture]:
    """Lectures in courses whose page the person may open."""
    return SectionLecture.objects.filter(course__in=courses_for(person), lecture__in=lectures_for(person))


def lectures_open_to(person: Person) -> QuerySet[Lecture]:
    """Lectures that are open to the person whether they are samples or not, and with them their exercises.

    All for admins and instructors; for assistants those of their sessions' courses; for students those that one of
    the sessions in which they have a seat has released.
    """
    if is_admin(person) or is_instructor(person):
        return Lecture.objects.all()
    released = sessions_releasing_to(person).values("lecture")
    return Lecture.objects.filter(Q(pk__in=lectures_assisted_by(person)) | Q(pk__in=released))


def lectures_assisted_by(person: Person) -> QuerySet[Any, Any]:
    """Keys of the lectures of courses in whose sessions the person assists."""
    return SectionLecture.objects.filter(course__in=_courses_assisted_by(person)).values("lecture")


def sessions_releasing_to(person: Person) -> QuerySet[Any, Any]:
    """Sessions in which the person has a seat, once for each lecture that they have released: `lecture`, its key."""
    later = LectureRelease.objects.later_than(now_for(person))
    held_back = later.filter(session=OuterRef("pk"), lecture=OuterRef("lecture"))
    taught = sessions_seated_in(person).annotate(lecture=F("course__places__lecture"))
    return taught.exclude(Exists(held_back))


@dataclass(frozen=True)
class Opening:
    """When a lecture opens to a person; in whose time zone that was said."""

    at: datetime.datetime
    time_zone: str


def openings_for(person: Person) -> dict[int, Opening]:
    """When lectures open that the person cannot read yet: by the lecture's key, in the first session to release it."""
    if is_admin(person) or is_instructor(person):
        return {}
    ahead = LectureRelease.objects.later_than(now_for(person)).filter(session__in=sessions_seated_in(person))
    found = ahead.exclude(lecture__in=lectures_for(person)).order_by("-opens_at")
    return {
        lecture: Opening(at, time_zone)
        for lecture, at, time_zone in found.values_list("lecture", "opens_at", "session__time_zone")
    }


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


def admins() -> QuerySet[User]:
    """Who runs the school."""
    return User.objects.filter(is_active=True, is_superuser=True)


def staff_of(student: User) -> QuerySet[User]:
    """Whom a student's question reaches: those who teach or assist in their sessions; admins where nobody does."""
    return _staff_in(Session.objects.filter(enrollments__user=student, enrollments__withdrawn_at__isnull=True))


def staff_of_session(session: Session) -> QuerySet[User]:
    """Whom a question about the session reaches: those who teach it or assist in it; admins where nobody does."""
    return _staff_in(Session.objects.filter(pk=session.pk))


def teachers_of(session: Session) -> QuerySet[User]:
    """Who decides about the session's scores: those who teach it; admins where nobody does."""
    teachers = User.objects.filter(is_active=True, instructor__sessions=session)
    return teachers if teachers.exists() else admins()


def _staff_in(sessions: QuerySet[Session]) -> QuerySet[User]:
    active = User.objects.filter(is_active=True)
    staff = active.filter(Q(instructor__sessions__in=sessions) | Q(assisted_sessions__in=sessions)).distinct()
    return staff if staff.exists() else admins()


def sessions_to_ask_about(person: Person) -> QuerySet[Session]:
    """Sessions that a question of the person may concern: with a seat, settled or not, and those that they staff."""
    return Session.objects.filter(Q(pk__in=sessions_seated_in(person)) | Q(pk__in=sessions_of(person)))


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
