"""Where mail comes in: a folder on a mail server, or a Maildir that a server on this machine fills.

What was taken stays there, marked as seen; what could not be taken is put into a folder of its own, "Failed".
"""

import contextlib
import imaplib
import ipaddress
import os
import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

import imap_tools

FAILED = "Failed"
# Of a mail that is too large to be taken so much is read, to see who wrote it.
HEADER_BYTES = 256 * 1024
TIMEOUT_SECONDS = 30
SEEN = ":2,S"
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxUnusable(Exception):
    """The address of the mailbox is none, or nobody answers there; the message says what to do."""


class Gone(Exception):
    """A message that was taken away meanwhile, by another program."""


class Waiting(Protocol):
    """A mail that waits in a mailbox: its size in bytes, and the way to it. Reading it raises Gone."""

    size: int

    def header(self) -> bytes:
        """Its header alone."""

    def whole(self) -> bytes:
        """All of it."""

    def done(self) -> None:
        """Mark that it was taken."""

    def put_aside(self) -> None:
        """Put it where a person looks after it."""


def open_mailbox(url: str) -> contextlib.AbstractContextManager[Iterator[Waiting]]:
    """What waits in a mailbox, which is closed at the end.

    url : `imaps://user:password@host/folder`, or `maildir:///path`. Raises MailboxUnusable.
    """
    at = urlsplit(url)
    if at.scheme == "maildir":
        return contextlib.nullcontext(_waiting_in_folder(Path(unquote(at.path))))
    if at.scheme == "imap" and not _is_this_machine(at.hostname or ""):
        raise MailboxUnusable("imap:// would send the password in the clear. Write imaps://, or name this machine.")
    if at.scheme not in ("imap", "imaps") or not at.hostname:
        raise MailboxUnusable("INBOUND_MAIL_URL begins with imaps:// and a host, or is maildir:///path.")
    return _on_server(at)


def _is_this_machine(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


# --- Maildir -------------------------------------------------------------------------------------


class FileWaiting:
    """A file of a Maildir."""

    def __init__(self, box: Path, path: Path) -> None:
        self.box, self.path = box, path
        self.size = path.stat().st_size

    def header(self) -> bytes:
        return _header_of(self._read(HEADER_BYTES))

    def whole(self) -> bytes:
        return self._read(-1)

    def _read(self, most: int) -> bytes:
        try:
            with self.path.open("rb") as file:
                return file.read(most)
        except FileNotFoundError:
            raise Gone(f"{self.path.name} was moved meanwhile") from None

    def done(self) -> None:
        self._move(self.box)

    def put_aside(self) -> None:
        folder = self.box / f".{FAILED}"
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._move(folder)

    def _move(self, box: Path) -> None:
        # Another process may have moved it, who took the same mail.
        with contextlib.suppress(FileNotFoundError):
            os.rename(self.path, box / "cur" / (self.path.name.partition(":")[0] + SEEN))


def _waiting_in_folder(box: Path) -> Iterator[Waiting]:
    if not (box / "new").is_dir() or not (box / "cur").is_dir():
        raise MailboxUnusable(f"{box} is no Maildir: it has no folders new and cur.")
    old = [path for path in (box / "cur").iterdir() if "S" not in path.name.partition(":2,")[2]]
    for path in sorted([*(box / "new").iterdir(), *old], key=lambda path: path.name):
        with contextlib.suppress(FileNotFoundError):
            yield FileWaiting(box, path)


# --- IMAP ----------------------------------------------------------------------------------------


class MessageWaiting:
    """A message on a server."""

    def __init__(self, box: imap_tools.BaseMailBox, uid: str) -> None:
        self.box, self.uid = box, uid
        self.size = int(SIZE.search(self._fetch("RFC822.SIZE"))[1])  # type: ignore[index]

    def header(self) -> bytes:
        return _header_of(self._fetch(f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"))

    def whole(self) -> bytes:
        return self._fetch("BODY.PEEK[]")

    def done(self) -> None:
        self.box.flag(self.uid, imap_tools.MailMessageFlags.SEEN, True)

    def put_aside(self) -> None:
        try:
            if not self.box.folder.exists(FAILED):
                self.box.folder.create(FAILED)
            self.done()
            self.box.move(self.uid, FAILED)
        except (imap_tools.ImapToolsError, imaplib.IMAP4.error):
            # The server has no such folder, and allows none: it stays, marked for a person to see.
            self.box.flag(self.uid, [imap_tools.MailMessageFlags.SEEN, imap_tools.MailMessageFlags.FLAGGED], True)

    def _fetch(self, what: str) -> bytes:
        status, data = self.box.client.uid("fetch", self.uid, f"({what})")
        # A server may tell of other things in between.
        for answer in data or []:
            if isinstance(answer, tuple) and what.startswith("BODY"):
                return answer[1]
            if isinstance(answer, bytes) and SIZE.search(answer) and not what.startswith("BODY"):
                return answer
        raise Gone(f"{status}: there is no {what} of message {self.uid}")


def _waiting_on(box: imap_tools.BaseMailBox) -> Iterator[Waiting]:
    for uid in box.uids(imap_tools.AND(seen=False, deleted=False)):
        with contextlib.suppress(Gone):
            yield MessageWaiting(box, uid)


@contextlib.contextmanager
def _on_server(at: SplitResult) -> Iterator[Iterator[Waiting]]:
    user, password = unquote(at.username or ""), unquote(at.password or "")
    folder, host = unquote(at.path.strip("/")) or "INBOX", at.hostname or ""
    box: imap_tools.BaseMailBox
    try:
        if at.scheme == "imaps":
            # The library's own context takes any certificate.
            secure = ssl.create_default_context()
            box = imap_tools.MailBox(host, at.port or 993, TIMEOUT_SECONDS, ssl_context=secure)
        else:
            box = imap_tools.MailBoxUnencrypted(host, at.port or 143, TIMEOUT_SECONDS)
        with box.login(user, password, initial_folder=folder):
            yield _waiting_on(box)
    except (OSError, imaplib.IMAP4.error, imap_tools.ImapToolsError) as error:
        raise MailboxUnusable(f"The mailbox at {host} cannot be read: {type(error).__name__}: {error}") from error


def _header_of(data: bytes) -> bytes:
    """Up to the first empty line."""
    ends = [at for end in (b"\r\n\r\n", b"\n\n") if (at := data.find(end)) >= 0]
    return data[: min(ends)] if ends else data
