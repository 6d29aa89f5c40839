"""A session's staff: its instructors and assistants, and how they come and go."""

from django.db import transaction

from courses.catalog.models import Instructor
from courses.enrollment.invitations.models import Invitation
from courses.people import mail
from courses.people.audit import record
from courses.people.mail import Kind
from courses.people.models import User
from courses.sessions.models import Session


class StaffRefused(Exception):
    """This person cannot have the role; the message says why."""


@transaction.atomic
def add_assistant(session: Session, email: str, actor: User) -> User | Invitation:
    """Make the person of this address an assistant and tell them; where nobody has it, send an invitation.

    Raises StaffRefused.
    """
    person = User.objects.filter(email=email.lower()).first()
    if person is None:
        return Invitation.objects.invite(email, Invitation.Role.ASSISTANT, actor, sessions=[session])
    if not person.is_active:
        raise StaffRefused("This account is closed.")
    if session.assistants.filter(pk=person.pk).exists():
        raise StaffRefused(f"{person} assists in this session already.")
    if session.instructors.filter(user=person).exists():
        raise StaffRefused(f"{person} teaches this session.")
    session.assistants.add(person)
    record(actor, f"made {person} an assistant", session)
    mail.write(person, Kind.SEAT, "assistant", session=session, author=actor)
    return person


@transaction.atomic
def remove_assistant(session: Session, person: User, actor: User) -> None:
    session.assistants.remove(person)
    record(actor, f"removed {person} from the assistants", session)


@transaction.atomic
def assign(session: Session, instructor: Instructor, actor: User) -> None:
    """Let the instructor teach the session; whoever the profile is tied to is told."""
    if session.instructors.filter(pk=instructor.pk).exists():
        return
    session.instructors.add(instructor)
    record(actor, f"assigned {instructor} to teach", session)
    if instructor.user is not None:
        mail.write(instructor.user, Kind.SEAT, "assigned", session=session, author=actor)


@transaction.atomic
def unassign(session: Session, instructor: Instructor, actor: User) -> None:
    session.instructors.remove(instructor)
    record(actor, f"took {instructor} off teaching", session)
