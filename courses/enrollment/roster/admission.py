"""Admission: staff give people a seat, by their e-mail addresses, one or many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.db.models import TextChoices
from django.urls import reverse

from courses.enrollment.models import Enrollment
from courses.enrollment.refusals import EnrollmentRefused
from courses.enrollment.roster.sheets import Row
from courses.people import mail
from courses.people.audit import record
from courses.people.mail import Kind
from courses.people.models import User
from courses.sessions.models import Session


class Fate(TextChoices):
    """What becomes of a row of an imported list."""

    NEW = "new", "gets an account and a seat"
    KNOWN = "known", "gets a seat"
    SEATED = "seated", "has a seat already, and is left as is"
    REFUSED = "refused", "is left out"


@dataclass(frozen=True)
class Candidate:
    """A row of a list with what becomes of it, and why where it is left out."""

    row: Row
    fate: Fate
    problem: str = ""

    @property
    def is_admitted(self) -> bool:
        return self.fate in (Fate.NEW, Fate.KNOWN)


def candidates(rows: Iterable[Row], session: Session) -> list[Candidate]:
    """What would become of each row as things stand. Nothing is written."""
    rows = list(rows)
    people = {user.email: user for user in User.objects.filter(email__in={row.email for row in rows})}
    seated = set(Enrollment.objects.active().filter(session=session).values_list("user__email", flat=True))
    left = session.seats_left
    found = []
    for row in rows:
        person = people.get(row.email)
        if row.problem:
            candidate = Candidate(row, Fate.REFUSED, row.problem)
        elif row.email in seated:
            candidate = Candidate(row, Fate.SEATED)
        elif person is not None and not person.is_active:
            candidate = Candidate(row, Fate.REFUSED, "this account is closed")
        elif left <= 0:
            candidate = Candidate(row, Fate.REFUSED, "no seat is left")
        else:
            candidate = Candidate(row, Fate.NEW if person is None else Fate.KNOWN)
            left -= 1
        found.append(candidate)
    return found


@transaction.atomic
def admit(email: str, name: str, session: Session, actor: User, *, waive: bool = False) -> Enrollment:
    """Enroll the person of this address, with a new account where nobody has it. Raises EnrollmentRefused.

    waive : they owe nothing. Otherwise the seat is held until it is paid, as anybody's.
    """
    session.lock()
    person = User.objects.filter(email=email).first() or _newcomer(email, name, session)
    if not person.is_active:
        raise EnrollmentRefused("This account is closed.")
    if Enrollment.objects.active().filter(user=person, session=session).exists():
        raise EnrollmentRefused(f"{person} has a seat in this session already.")
    enrollment = Enrollment.objects.enroll(person, session, waive=waive)
    record(actor, f"enrolled {person}{', who owes nothing' if waive else ''}", session)
    return enrollment


def admit_all(
    found: Iterable[Candidate], session: Session, actor: User, *, waive: bool = False
) -> tuple[int, list[str]]:
    """Admit those of a list that can be; how many were, and of each that was not a sentence with the reason."""
    number, refusals = 0, []
    for candidate in found:
        if not candidate.is_admitted:
            continue
        try:
            admit(candidate.row.email, candidate.row.name, session, actor, waive=waive)
        except EnrollmentRefused as refused:
            refusals.append(f"Row {candidate.row.number}, {candidate.row.email}: {refused}")
        else:
            number += 1
    return number, refusals


def _newcomer(email: str, name: str, session: Session) -> User:
    """An account without a password; its owner gets a link to set one, which proves that the address is theirs."""
    person = User.objects.create_user(email, None, name=name, time_zone=session.time_zone)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    link = reverse("account_reset_password_from_key", kwargs=key)
    mail.write(person, Kind.SEAT, "account", session=session, link=link, forgotten=reverse("account_reset_password"))
    return person
