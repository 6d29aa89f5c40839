"""What becomes of mail that comes in: added to its question, or a question of its own; put aside where it cannot be.

A mail is taken in one transaction that notes it, and marked in the mailbox afterwards. So none is taken twice, however
often it is looked at, and none is lost. A mail that a program wrote is never answered, nor taken.
"""

import logging
from collections import Counter
from collections.abc import Iterable

from django.db import InterfaceError, OperationalError, transaction

from courses.people import mail
from courses.people.models import User
from courses.support import threads
from courses.support.files import MOST_FILES, Checked, FileRefused, checked
from courses.support.inbound import letters
from courses.support.inbound.letters import Letter
from courses.support.inbound.mailboxes import Gone, Waiting
from courses.support.inbound.models import Received
from courses.support.messages import Message
from courses.support.models import Ticket, TicketRefused

log = logging.getLogger(__name__)
Fate = Received.Fate
# Five files of 5 MiB, as mail writes them.
LARGEST_BYTES = 36 * 2**20
# What is taken within an hour of one address, into one question, and of all addresses that nobody knows.
BY_SENDER, INTO_QUESTION, OF_STRANGERS, OF_ONE_STRANGER = 20, 30, 60, 5
# How often within an hour one address is told that its mail is too large.
REFUSALS = 2
NO_TEXT = "*The mail has no text.*"


class TooMany(Exception):
    """The limit of an hour is reached; the message says which."""


def take_all(waiting: Iterable[Waiting]) -> Counter[str]:
    """Take what waits in a mailbox; how many came to which end, those that were taken before left out."""
    ends: Counter[str] = Counter()
    for one in waiting:
        try:
            received, new = take(one)
        except Gone:
            continue
        if received.is_put_aside:
            one.put_aside()
        else:
            one.done()
        if new:
            ends[received.get_fate_display()] += 1
    return ends


def take(one: Waiting) -> tuple[Received, bool]:
    """Take a mail, or find that it was taken before; False then.

    Raises Gone where somebody else took it meanwhile. A database, a disk or a mailbox that fails is no fault of the
    mail's: that is raised, too, and the mail waits.
    """
    large = one.size > LARGEST_BYTES
    data = one.header() if large else one.whole()
    try:
        letter = letters.read(data, headers_only=large)
        with transaction.atomic():
            return _settle(letter, large)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception as error:
        # Whatever is in a mail, the next one must come through.
        log.exception("a mail that came in could not be taken, and is put aside")
        reason = f"{type(error).__name__}: {error}"[:300]
        return Received.objects.get_or_create(
            key=letters.key_of(data), defaults={"fate": Fate.FAILED, "reason": letters.printable(reason)}
        )


def _settle(letter: Letter, large: bool) -> tuple[Received, bool]:
    Received.objects.given_back().filter(key=letter.key).delete()
    received, new = Received.objects.get_or_create(
        key=letter.key, defaults={"sender": letter.sender, "subject": letter.subject, "fate": Fate.AUTOMATIC}
    )
    if not new:
        return received, False
    if letter.automatic:
        received.reason = letter.automatic
    elif large:
        received.fate = Fate.TOO_LARGE
        _refuse(letter)
    else:
        try:
            with transaction.atomic():
                received.fate, received.message = _put(letter)
        except (TooMany, TicketRefused) as reached:
            received.fate, received.reason = Fate.TOO_MANY, str(reached)
    received.save(update_fields=["fate", "reason", "message"])
    if received.reason:
        log.warning("mail of %s: %s (%s)", letter.sender, received.get_fate_display(), received.reason)
    return received, True


def _put(letter: Letter) -> tuple[str, Message]:
    """Where the mail belongs. Raises TooMany or TicketRefused."""
    lately = Received.objects.taken().within_an_hour()
    _limit(lately.filter(sender=letter.sender).count(), BY_SENDER, "mails of one address")
    person = User.objects.filter(email=letter.sender, is_active=True).first()
    text, files = _content(letter)
    if (thread := _thread_of(letter, person)) is not None:
        ticket, author = thread
        _limit(lately.filter(message__ticket=ticket).count(), INTO_QUESTION, "mails into one question")
        return Fate.ADDED, ticket.say(author, text, files=files, came=letter.message_id)
    subject = letter.subject or "A question by mail"
    if person is not None:
        ticket = Ticket.objects.ask(person, text, files=files, came=letter.message_id, subject=subject)
        return Fate.ASKED, ticket.messages.latest("pk")
    strangers = lately.filter(fate=Fate.INQUIRED)
    _limit(strangers.filter(sender=letter.sender).count(), OF_ONE_STRANGER, "inquiries of one address")
    _limit(strangers.count(), OF_STRANGERS, "inquiries by mail")
    ticket = Ticket.objects.inquire(
        letter.sender, letter.name, text, files=files, came=letter.message_id, subject=subject
    )
    return Fate.INQUIRED, ticket.messages.latest("pk")


def _thread_of(letter: Letter, person: User | None) -> tuple[Ticket, User | None] | None:
    """The question that a token names, where it is one of the person's who writes, and as whom they write."""
    for ticket, named in letter.tokens:
        if named == threads.VISITOR:
            theirs = Ticket.objects.filter(asker=None, address=letter.sender)
        elif person is not None and named == person.pk:
            theirs = Ticket.objects.visible_to(person)
        else:
            continue
        if (found := theirs.filter(pk=ticket).first()) is not None:
            return found, None if named == threads.VISITOR else person
    return None


def _content(letter: Letter) -> tuple[str, list[Checked]]:
    """Text and files, by the same rules as on the page; the text says what was not taken."""
    files: list[Checked] = []
    left_out = []
    for name, data in letter.files:
        try:
            if len(files) == MOST_FILES:
                raise FileRefused(f"A message takes {MOST_FILES} files: one more was left out.")
            files.append(checked(name, data))
        except FileRefused as refused:
            left_out.append(f"- {refused}")
    text = letter.text or NO_TEXT
    if left_out:
        text += "\n\nNot taken from the mail:\n\n" + "\n".join(left_out[:MOST_FILES])
    return text, files


def _limit(number: int, most: int, what: str) -> None:
    """Raises TooMany where one more is one too many."""
    if number >= most:
        raise TooMany(f"{most} {what} within an hour are the most that are taken")


def _refuse(letter: Letter) -> None:
    """Tell the sender that the mail is too large; a few times, then no more."""
    told = Received.objects.within_an_hour().filter(sender=letter.sender, fate=Fate.TOO_LARGE).count()
    if told < REFUSALS:
        headers = {"In-Reply-To": letter.message_id, "References": letter.message_id} if letter.message_id else {}
        headers["X-Loop"] = threads.host()
        about = {"subject": letter.subject, "most": LARGEST_BYTES // 2**20}
        mail.write(letter.sender, mail.Kind.QUESTION, "mail_refused", headers=headers, **about)
