"""Letters: what staff write by e-mail to some of a session's people."""

from collections.abc import Sequence

from django.db import transaction

from courses.people import mail
from courses.people.audit import record
from courses.people.mail import Kind
from courses.people.models import User, people_in_words
from courses.sessions.models import Session


@transaction.atomic
def write_to(people: Sequence[User], session: Session, author: User, subject: str, text: str) -> int:
    """Write the same to each of them who takes announcements; how many those are."""
    written = [
        mail.write(person, Kind.ANNOUNCEMENT, "letter", subject=subject, text=text, author=author, session=session)
        for person in people
    ]
    number = len(written) - written.count(None)
    record(author, f"wrote to {people_in_words(number)}: {subject}", session)
    return number
