"""Moving people to another session: where to, and what follows for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from courses.enrollment import seats
from courses.enrollment.access import Person, sessions_run_by
from courses.enrollment.models import Enrollment
from courses.enrollment.refusals import EnrollmentRefused
from courses.people.models import User
from courses.sessions.models import Session

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Outlook:
    """What moving one person would bring: `due`, to be paid then; `back`, of what was paid; in the new currency."""

    enrollment: Enrollment
    due: Decimal
    back: Decimal
    obstacle: str = ""


def targets(session: Session, person: Person) -> QuerySet[Session]:
    """Sessions to which the person may move people of this one: those that they run and that are not over."""
    others = sessions_run_by(person).filter(pk__in=Session.objects.upcoming()).exclude(pk=session.pk)
    return others.filter(canceled_at__isnull=True).select_related("course").order_by("course__title", "starts_on")


def outlook(enrollments: Iterable[Enrollment], session: Session) -> list[Outlook]:
    """What would become of each enrollment by moving it to the session, as things stand; their orders have `owed`."""
    there = Enrollment.objects.active().filter(session=session, user=OuterRef("user"))
    seated = set(
        Enrollment.objects.filter(pk__in=[enrollment.pk for enrollment in enrollments])
        .filter(Exists(there))
        .values_list("pk", flat=True)
    )
    left, found = session.seats_left, []
    for enrollment in enrollments:
        old, obstacle = enrollment.order, ""
        if enrollment.pk in seated:
            obstacle = "has a seat there already"
        elif old is not None and session.price and old.currency != session.currency:
            obstacle = f"paid in {old.currency}, and the other session costs {session.currency}"
        elif left <= 0:
            obstacle = "no seat is left there"
        else:
            left -= 1
        waived = old is None and bool(enrollment.session.price)
        price = NOTHING if waived else session.price
        paid = NOTHING if old is None else max(old.unit_net - old.owed, NOTHING)  # type: ignore[attr-defined]
        found.append(Outlook(enrollment, max(price - paid, NOTHING), max(paid - price, NOTHING), obstacle))
    return found


def move_all(enrollments: Iterable[Enrollment], session: Session, actor: User) -> tuple[int, list[str]]:
    """Move each by itself; how many were, and of each that was not a sentence with the reason."""
    number, refusals = 0, []
    for enrollment in enrollments:
        try:
            seats.transfer(enrollment, session, actor)
        except EnrollmentRefused as refused:
            refusals.append(f"{enrollment.user}: {refused}")
        else:
            number += 1
    return number, refusals
