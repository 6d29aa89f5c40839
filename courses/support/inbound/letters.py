"""Reading a mail: who writes, what is new in it, and whether a program wrote it.

Mail is the edge of the world: what a header or a part holds is what somebody made it hold.
"""

import hashlib
import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from mailparser_reply import EmailReplyParser

from courses.support import threads

LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 150
# What is compared with the ways in which mail programs begin a quotation: so many lines, so much of each. The
# comparison takes a time that grows with the square of both.
MOST_LINES, LONGEST_LINE = 1_000, 200
LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "sv", "da", "cs"]
MESSAGE_ID = re.compile(r"<[\x21-\x3b=\x3f-\x7e]{1,240}>")
MACHINES = re.compile(r"(mailer-daemon|postmaster|bounces?|no-?reply|do-?not-?reply)([-+.=_].*)?@.*")
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
REFERENCES = ("In-Reply-To", "References")
BLOCK_ENDS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d|/blockquote)\b[^>]*>", re.IGNORECASE)


class Unreadable(Exception):
    """A mail of which it cannot be said who wrote it; the message says why."""


@dataclass(frozen=True)
class Letter:
    """A mail as far as it matters here.

    key : its Message-ID, or else a sum of its bytes.
    tokens : of questions and persons, as threads.tokens_in gives them.
    automatic : why it counts as written by a program; empty for a person's.
    """

    key: str
    sender: str
    name: str
    subject: str
    tokens: list[tuple[int, int]]
    automatic: str
    text: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def message_id(self) -> str:
        return self.key if MESSAGE_ID.fullmatch(self.key) else ""


def key_of(data: bytes) -> str:
    """What tells a mail from all others. Never fails."""
    try:
        return _key(message_from_bytes(data, policy=policy.default), data)
    except Exception:
        return _sum(data)


def read(data: bytes, *, headers_only: bool = False) -> Letter:
    """The mail whose bytes these are. Raises Unreadable, and whatever reading what is malformed raises.

    headers_only : there is no more of it; text and files stay empty.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    sender, name = _sender(message)
    return Letter(
        key=_key(message, data),
        sender=sender,
        name=printable(name)[:150],
        subject=subject_of(message),
        tokens=threads.tokens_in(" ".join(_all(message, *RECIPIENTS, *REFERENCES))),
        automatic=automatic(message, sender),
        text="" if headers_only else new_text(text_of(message))[:LONGEST_TEXT],
        files=[] if headers_only else list(files_of(message)),
    )


def _key(message: EmailMessage, data: bytes) -> str:
    given = str(message.get("Message-ID", "")).strip()
    return given if MESSAGE_ID.fullmatch(given) else _sum(data)


def _sum(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _all(message: EmailMessage, *names: str) -> list[str]:
    return [str(value) for name in names for value in message.get_all(name, [])]


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Address and name of who writes. Raises Unreadable."""
    addresses: Sequence[Address] = getattr(message.get("From"), "addresses", ())
    if len(addresses) != 1:
        raise Unreadable("It does not say in From, once, who writes.")
    address = addresses[0].addr_spec.lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Unreadable(f"“{printable(address)[:100]}” in From is no address.") from None
    return address, addresses[0].display_name


def subject_of(message: EmailMessage) -> str:
    """The subject on one line, without the marks of answers."""
    subject = printable(str(message.get("Subject", "")))
    return re.sub(r"^((re|aw|sv|fwd?|wg|tr)\s*:\s*)+", "", subject, flags=re.IGNORECASE)[:LONGEST_SUBJECT]


def printable(text: str) -> str:
    """On one line, without control characters."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def automatic(message: EmailMessage, sender: str) -> str:
    """Why the mail counts as written by a program, so that answering it may never end; empty for a person's."""
    submitted, precedence, back = (
        printable(str(message.get(name, ""))).lower() for name in ("Auto-Submitted", "Precedence", "Return-Path")
    )
    if submitted and not submitted.startswith("no"):
        return f"Auto-Submitted: {submitted[:50]}"
    if precedence in ("bulk", "junk", "list", "auto_reply"):
        return f"Precedence: {precedence}"
    for name in ("X-Loop", "List-Id", "X-Autoreply", "X-Autorespond"):
        if name in message:
            return f"It carries {name}"
    if back == "<>":
        return "Its return path is empty"
    if message.get_content_type() == "multipart/report" or MACHINES.fullmatch(sender):
        return "It is a notice of a mail server"
    named = str(message.get("Message-ID", "")).strip()
    if re.sub(r"\+[^@]*@", "@", sender) in threads.own_addresses() or threads.is_own(named):
        return "It is a mail of ours"
    return ""


def text_of(message: EmailMessage) -> str:
    """What the mail says, out of its HTML where it has no text."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        text = html.unescape(nh3.clean(BLOCK_ENDS.sub("\n", text), tags=set()))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def _decoded(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    try:
        return data.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def new_text(text: str) -> str:
    """What somebody wrote, without what they quote and without their signature; all of it where nothing is left."""
    lines = text.strip().split("\n")
    lines = lines[: next((at for at, line in enumerate(lines) if line.rstrip() == "--"), len(lines))]
    # The parser takes the spaces away with which code is indented: it only says how many lines are new.
    outline = [_outlined(line) for line in lines[:MOST_LINES]]
    first = EmailReplyParser(languages=list(LANGUAGES)).read("\n".join(outline)).replies[0]
    new = first.content.count("\n") + 1
    if first.headers:
        # The answer stands below what it quotes, or between.
        told = set(first.headers.split("\n"))
        kept = [line for line in lines if not line.startswith(">") and line.strip() not in told]
    else:
        kept = lines[:new] if new < MOST_LINES else lines
        while kept and (kept[-1].startswith(">") or not kept[-1].strip()):
            kept.pop()
    return "\n".join(kept).strip("\n") or text.strip()


def _outlined(line: str) -> str:
    """A line as the parser may see it; a rule, at which it would cut, is short."""
    line = line.strip()[:LONGEST_LINE]
    return "--" if re.fullmatch(r"[-_]{3,}", line) else line


def files_of(message: EmailMessage) -> list[tuple[str, bytes]]:
    """Names and contents of what is attached."""
    found = []
    for part in message.iter_attachments():
        data = part.get_payload(decode=True)
        found.append((part.get_filename() or "", data if isinstance(data, bytes) else b""))
    return found
