"""A thread by e-mail: the token in its addresses, and the headers that hold its mails together.

A token says which question and which person a mail was written for, with a signature. It stands in the Reply-To,
behind the + of SUPPORT_ADDRESS, and in the Message-ID, so that an answer brings it back either way. It proves
nothing alone: a mail counts as the person's only if it comes from that person's address, too.
"""

import re
import secrets
from collections.abc import Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from courses.people import mail
from courses.people.models import User

if TYPE_CHECKING:
    from courses.support.messages import Message
    from courses.support.models import Ticket

# In lower case throughout: mail servers may write addresses so.
TOKEN = re.compile(r"q(\d{1,18})\.(\d{1,18})\.([0-9a-f]{24})")
# The Message-IDs of our mails, with a token and without.
OWN = re.compile(rf"<(mail-\d+|{TOKEN.pattern}\.[0-9a-f]+)@.*")
SALT = "courses.support.threads"
# Of what came by mail the thread names so many, the last ones.
NAMED = 5
# Stands for the visitor who asks.
VISITOR = 0


def token_for(ticket: "Ticket", person: User | None) -> str:
    """The token of the person's mails about the question; of the visitor's who asks, for None."""
    return _token(ticket.pk, person.pk if person is not None else VISITOR)


def _token(ticket: int, person: int) -> str:
    named = f"{ticket}.{person}"
    return f"q{named}.{salted_hmac(SALT, named, algorithm='sha256').hexdigest()[:24]}"


def tokens_in(text: str) -> list[tuple[int, int]]:
    """The keys of question and person, or VISITOR, in each token of ours that stands in the text."""
    found = [(int(ticket), int(person), match) for ticket, person, match in TOKEN.findall(text.lower())]
    return [
        (ticket, person)
        for ticket, person, signature in found
        if constant_time_compare(_token(ticket, person).rpartition(".")[2], signature)
    ]


def host() -> str:
    """The name of the site, as it stands in Message-IDs."""
    return settings.SITE_URL.partition("//")[2].partition(":")[0]


def reply_address(ticket: "Ticket", person: User | None) -> str:
    """Where the person's answer goes; empty where the school takes no mail."""
    name, at, domain = settings.SUPPORT_ADDRESS.partition("@")
    return f"{name}+{token_for(ticket, person)}@{domain}" if at else ""


def tell(ticket: "Ticket", message: "Message") -> None:
    """Write to the other side: who asks, or who answers; to the assignee alone where there is one."""
    said = {"author": message.who, "text": message.text, "files": list(message.attachments.all())}
    if not message.by_asker:
        return write(ticket, ticket.asker, "question", **said)
    assigned = ticket.may_be_assigned_to().filter(assigned_tickets=ticket)
    for person in assigned if assigned.exists() else ticket.staff():
        write(ticket, person, "question", **said)


def write(ticket: "Ticket", person: User | None, template: str, **context: Any) -> None:
    """A mail about the question to a person, or, for None, to the visitor who asks."""
    came = ticket.messages.exclude(message_id="").order_by("-pk").values_list("message_id", flat=True)
    mail.write(
        person or ticket.address,
        mail.Kind.QUESTION,
        template,
        headers=headers_for(ticket, person, list(came[:NAMED])[::-1]),
        ticket=ticket,
        visitor=person is None,
        by_mail=bool(settings.SUPPORT_ADDRESS),
        **context,
    )


def headers_for(ticket: "Ticket", person: User | None, came: Sequence[str] = ()) -> dict[str, str]:
    """Headers of a mail about the question to this person.

    came : the Message-IDs of what came into the thread by mail, oldest first.
    """
    root = f"<question-{ticket.pk}@{host()}>"
    named = [root, *came[-NAMED:]]
    headers = {
        "Message-ID": f"<{token_for(ticket, person)}.{secrets.token_hex(8)}@{host()}>",
        "In-Reply-To": named[-1],
        "References": " ".join(named),
        "X-Loop": host(),
    }
    if address := reply_address(ticket, person):
        headers["Reply-To"] = address
    return headers


def is_own(message_id: str) -> bool:
    """Whether a Message-ID is one that mail of ours carries."""
    return OWN.fullmatch(message_id.lower()) is not None and message_id.lower().endswith(f"@{host().lower()}>")


def own_addresses() -> set[str]:
    """The addresses from which mail of ours comes, and to which it is answered."""
    named = (settings.SUPPORT_ADDRESS, settings.DEFAULT_FROM_EMAIL)
    return {parseaddr(address)[1].lower() for address in named} - {""}
