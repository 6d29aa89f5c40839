"""Mail that comes in: into its question, into one of its own, or aside; never twice, never in a loop."""

import datetime
import re
import socketserver
import threading
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from celery import current_app
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from courses.models import Attachment, Enrollment, Mail, Message, Received, Ticket, User
from courses.people.tasks import deliver
from courses.support import tasks
from courses.support.inbound import letters, mailboxes, taking
from courses.support.inbound.mailboxes import open_mailbox
from courses.support.inbound.taking import take_all
from tests.courses.test_support import PDF, PNG

SUPPORT = "support@gradus.example"


@pytest.fixture(autouse=True)
def box(settings, tmp_path) -> Path:
    """The school's mailbox, a Maildir."""
    settings.SUPPORT_ADDRESS = SUPPORT
    settings.DEFAULT_FROM_EMAIL = "Gradus <gradus@gradus.example>"
    settings.INBOUND_MAIL_URL = f"maildir://{tmp_path}"
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    return tmp_path


@pytest.fixture
def ticket(session, student) -> Ticket:
    """A question of the student's, whose mail to the staff has left."""
    Enrollment.objects.enroll(student, session)
    Mail.objects.all().delete()
    return Ticket.objects.ask(student, "Why the first layers?", subject="Gradients", session=session)


class Post:
    """Puts mails into the mailbox."""

    def __init__(self, box: Path) -> None:
        self.box, self.number = box, 0

    def put(self, data: bytes | EmailMessage) -> Path:
        self.number += 1
        path = self.box / "new" / f"{1000 + self.number}.test"
        path.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
        return path

    def write(self, sender: str, to: str = SUPPORT, text: str = "Text.", *, files=(), **headers: str) -> None:
        letter = EmailMessage()
        letter["From"], letter["To"] = sender, to
        usual = {"Subject": "A question", "Message_ID": f"<{self.number + 1}@mail.example>"}
        for name, value in (usual | headers).items():
            letter[name.replace("_", "-")] = value
        letter.set_content(text)
        for name, data in files:
            letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        self.put(letter)


@pytest.fixture
def post(box, db) -> Post:
    return Post(box)


def fetch() -> dict[str, int]:
    with open_mailbox(f"maildir://{taken_from()}") as waiting:
        return dict(take_all(waiting))


def taken_from() -> Path:
    from django.conf import settings

    return Path(settings.INBOUND_MAIL_URL.removeprefix("maildir://"))


def aside() -> list[Path]:
    return sorted((taken_from() / ".Failed").glob("cur/*"))


def letter_to(person: User | str) -> Mail:
    """The last mail about a question to this person."""
    return Mail.objects.filter(kind="question", address=getattr(person, "email", person)).first()


def answer_to(letter: Mail) -> dict[str, str]:
    """The headers with which a mail program answers."""
    return {"to": letter.headers["Reply-To"], "In_Reply_To": letter.headers["Message-ID"]}


# --- to and fro --------------------------------------------------------------------------------------


def test_a_question_goes_to_and_fro_by_mail_alone(ticket, post, student, instructor):
    post.write(
        instructor.email,
        text="Because of σ′.\n\nOn Monday, Student wrote:\n> Why?\n",
        **answer_to(letter_to(instructor)),
    )
    assert fetch() == {"Added to its question": 1}
    ticket.refresh_from_db()
    said = Message.objects.latest("pk")
    assert (said.ticket, said.author, said.text, said.by_mail, ticket.status) == (ticket, instructor, "Because of σ′.", True, "answered")  # fmt: skip
    post.write(
        student.email,
        text="> Because of σ′.\n\nAnd the last?",
        files=[("plot.png", PNG)],
        **answer_to(letter_to(student)),
    )
    assert fetch() == {"Added to its question": 1}
    ticket.refresh_from_db()
    assert ticket.status == "open"
    assert Message.objects.latest("pk").author == student
    assert Attachment.objects.get().content_type == "image/png"
    # It is one thread to mail programs, and says that a program wrote it.
    deliver()
    for letter in mail.outbox:
        sent = letter.message()
        assert sent["Subject"] == f"[Gradus] Gradients (#{ticket.pk})"
        assert (sent["Auto-Submitted"], sent["X-Loop"]) == ("auto-generated", "127.0.0.1")
        assert sent["References"].split()[0] == f"<question-{ticket.pk}@127.0.0.1>"
    assert "<2@mail.example>" in mail.outbox[-1].message()["References"]
    assert mail.outbox[-1].message()["In-Reply-To"] == "<2@mail.example>"


@pytest.mark.parametrize("way", ["Reply-To in lower case", "Message-ID alone"])
def test_the_token_comes_back_by_either_way(ticket, post, instructor, way):
    headers = answer_to(letter_to(instructor))
    headers = {"to": headers["to"].lower()} if "Reply" in way else {**headers, "to": SUPPORT}
    post.write(instructor.email, **headers)
    assert fetch() == {"Added to its question": 1}


def test_a_token_of_another_person_adds_nothing_to_the_question(
    ticket, post, student, other, instructor, stranger, admin
):
    token = answer_to(letter_to(instructor))
    for sender in (other.email, stranger.email, student.email, "nobody@example.net"):
        post.write(sender, text="Let me in", **token)
    assert fetch() == {"Opened a question": 3, "Opened an inquiry": 1}
    assert ticket.messages.count() == 1
    assert Ticket.objects.exclude(pk=ticket.pk).filter(messages__text="Let me in").count() == 4


def test_a_token_that_was_made_up_counts_for_nothing(ticket, post, instructor):
    letter = letter_to(instructor)
    forged = re.sub(r"\.[0-9a-f]{24}@", f".{'0' * 24}@", letter.headers["Reply-To"])
    another = letter.headers["Reply-To"].replace(f"q{ticket.pk}.", f"q{ticket.pk + 1}.")
    for to in (forged, another):
        post.write(instructor.email, to=to)
    assert fetch() == {"Opened a question": 2}
    assert ticket.messages.count() == 1


def test_who_no_longer_teaches_answers_no_more(ticket, post, instructor):
    token = answer_to(letter_to(instructor))
    ticket.session.instructors.clear()
    post.write(instructor.email, **token)
    assert fetch() == {"Opened a question": 1}


def test_a_person_asks_by_mail_and_a_stranger_inquires(post, student, admin):
    post.write(
        "Student <Student@Example.org>", text="Hello,\n\nwhere is it?\n-- \nStudent\n", Subject="Re: Fwd: Where?"
    )
    post.write("Vic <vic@example.net>", text="How long?")
    assert fetch() == {"Opened a question": 1, "Opened an inquiry": 1}
    asked, inquired = Ticket.objects.order_by("pk")
    assert (asked.asker, asked.subject, asked.messages.get().text) == (student, "Where?", "Hello,\n\nwhere is it?")
    assert (inquired.asker, inquired.address, inquired.name) == (None, "vic@example.net", "Vic")
    # The stranger answers the answer.
    inquired.say(admin, "Ten weeks.")
    post.write("vic@example.net", text="Thank you.", **answer_to(letter_to("vic@example.net")))
    post.write("eve@example.net", text="I am Vic.", **answer_to(letter_to("vic@example.net")))
    assert fetch() == {"Added to its question": 1, "Opened an inquiry": 1}
    assert [said.who for said in inquired.messages.all()] == ["Vic", "Admin", "Vic"]


def test_who_is_locked_out_writes_as_a_stranger(post, student):
    User.objects.update(is_active=False)
    post.write(student.email)
    assert fetch() == {"Opened an inquiry": 1}


# --- loops -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "Auto-Submitted"),
        ({"Precedence": "bulk"}, "Precedence"),
        ({"Precedence": "junk"}, "Precedence"),
        ({"X_Loop": "gradus"}, "X-Loop"),
        ({"List_Id": "<all.example>"}, "List-Id"),
        ({"Return_Path": "<>"}, "return path"),
        ({"Message_ID": "<mail-7@127.0.0.1>"}, "mail of ours"),
        ({"sender": "MAILER-DAEMON@mail.example"}, "notice"),
        ({"sender": "bounces+12@lists.example"}, "notice"),
        ({"sender": SUPPORT}, "mail of ours"),
        ({"sender": SUPPORT.replace("@", "+q1.2@")}, "mail of ours"),
        ({"sender": "gradus@gradus.example"}, "mail of ours"),
    ],
)
def test_what_a_program_wrote_is_noted_and_never_answered(ticket, post, student, headers, reason):
    Mail.objects.exclude(pk=letter_to(ticket.session.assistants.get()).pk).delete()
    before = Mail.objects.count()
    token = answer_to(Mail.objects.get())
    sender = headers.pop("sender", student.email)
    post.write(sender, **{**token, **headers})
    assert fetch() == {"Written by a program, left alone": 1}
    received = Received.objects.get()
    assert reason in received.reason
    assert (Mail.objects.count(), ticket.messages.count(), Ticket.objects.count()) == (before, 1, 1)


def test_our_own_mail_that_comes_back_is_the_end_of_it(ticket, post, student):
    deliver()
    for letter in mail.outbox:
        returned = (
            letter.message().as_bytes().replace(b"From: Gradus <gradus@gradus.example>", b"From: student@example.org")
        )
        post.put(returned)
    assert fetch() == {"Written by a program, left alone": 2}
    assert ticket.messages.count() == 1


def test_two_machines_that_answer_each_other_are_stopped_within_the_hour(ticket, post, student, box):
    """One that says nothing of being a program."""
    token = answer_to(letter_to(ticket.session.instructors.get().user))
    sender = ticket.session.instructors.get().user.email
    for number in range(taking.BY_SENDER + 5):
        post.write(sender, text=f"I am away, {number}.", **token)
    assert fetch() == {"Added to its question": taking.BY_SENDER, "One of too many, put aside": 5}
    assert len(aside()) == 5
    assert ticket.messages.count() == 1 + taking.BY_SENDER
    # An hour later a person puts one of them back.
    first = aside()[0]
    first.rename(box / "new" / first.name.partition(":")[0])
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        assert fetch() == {"Added to its question": 1}


def test_two_machines_that_share_a_question_are_stopped_too(ticket, post, instructor, assistant, monkeypatch):
    monkeypatch.setattr(taking, "INTO_QUESTION", 3)
    for number in range(2):
        for person in (instructor, assistant):
            post.write(person.email, text=f"I am away, {number}.", **answer_to(letter_to(person)))
    assert fetch() == {"Added to its question": 3, "One of too many, put aside": 1}
    assert ticket.messages.count() == 4


def test_strangers_open_a_few_inquiries_an_hour(post):
    for number in range(taking.OF_ONE_STRANGER + 2):
        post.write("vic@example.net", text=f"Buy {number}")
    assert fetch() == {"Opened an inquiry": taking.OF_ONE_STRANGER, "One of too many, put aside": 2}


# --- nothing twice, nothing lost ---------------------------------------------------------------------


def test_the_same_mail_is_taken_once(post, student, box):
    for _ in range(2):
        post.write(student.email, Message_ID="<one@mail.example>")
    assert fetch() == {"Opened a question": 1}
    assert fetch() == {}
    assert Ticket.objects.count() == 1
    assert not list(box.glob("new/*"))
    assert len(list(box.glob("cur/*:2,S"))) == 2
    # One without a Message-ID is known by its bytes.
    for _ in range(2):
        post.put(b"From: student@example.org\nSubject: Bare\n\nText\n")
    assert fetch() == {"Opened a question": 1}


def test_a_crash_halfway_loses_nothing_and_takes_nothing_twice(ticket, post, student, instructor, box, monkeypatch):
    post.write(student.email, text="First")
    post.write(student.email, text="Second")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    # Taken, and not yet marked in the mailbox.
    with monkeypatch.context() as patch:
        patch.setattr(mailboxes.FileWaiting, "done", crash)
        with pytest.raises(KeyboardInterrupt):
            fetch()
    # Half taken.
    with monkeypatch.context() as patch:
        patch.setattr(Ticket, "_turn", crash)
        with pytest.raises(KeyboardInterrupt):
            fetch()
    assert fetch() == {"Opened a question": 1}
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == ["Why the first layers?", "First", "Second"]  # fmt: skip


def test_whoever_reads_the_mailbox_at_once_takes_each_mail_once(transactional_db, post, student):
    for number in range(12):
        post.write(student.email, text=f"Question {number}", Subject=f"S {number}")

    def read(_: int) -> dict[str, int]:
        try:
            return fetch()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(read, range(3)))
    assert sum(end.get("Opened a question", 0) for end in ends) == 12
    assert Message.objects.count() == Received.objects.count() == 12
    assert not aside()


def test_a_database_that_is_away_is_no_fault_of_the_mails(post, student, box):
    post.write(student.email)

    def away(execute, sql, *rest):
        if "courses_received" in sql:
            raise OperationalError("away")
        return execute(sql, *rest)

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        fetch()
    assert len(list(box.glob("new/*"))) == 1
    assert fetch() == {"Opened a question": 1}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no header at all",
        b"Subject: S\n\nNobody wrote it\n",
        b"From: nobody\n\nText\n",
        b"From: a@b.org, c@d.org\n\nText\n",
        b"From: <>\nTo: x\n\nText\n",
        b"\xff\xfe\x00\x01" * 50,
        b'From: "\n\n',
    ],
)
def test_what_cannot_be_read_is_put_aside_and_the_next_one_comes_through(post, student, data, caplog):
    post.put(data)
    post.write(student.email)
    assert fetch() == {"Could not be read, put aside": 1, "Opened a question": 1}
    [path] = aside()
    assert path.read_bytes() == data
    assert "put aside" in caplog.text
    assert Received.objects.get(fate="failed").reason


def test_a_huge_mail_is_refused_with_an_answer_and_kept(post, box):
    for number in range(4):
        header = f"From: vic@example.net\nSubject: Holiday\nMessage-ID: <big-{number}@mail.example>\n\n".encode()
        with post.put(header).open("r+b") as file:
            file.truncate(taking.LARGEST_BYTES + 1)
    assert fetch() == {"Too large, put aside": 4}
    assert not Ticket.objects.exists()
    assert len(aside()) == 4
    # Told, but not for ever.
    told = Mail.objects.filter(address="vic@example.net")
    assert told.count() == taking.REFUSALS
    assert "36 MiB" in told[0].text
    assert told[0].headers["In-Reply-To"] == "<big-1@mail.example>"


def test_a_huge_mail_of_a_program_is_not_answered(post):
    path = post.put(b"From: vic@example.net\nAuto-Submitted: auto-replied\n\n")
    with path.open("r+b") as file:
        file.truncate(taking.LARGEST_BYTES + 1)
    assert fetch() == {"Written by a program, left alone": 1}
    assert not Mail.objects.exists()


# --- what is in a mail -------------------------------------------------------------------------------


def test_files_of_a_mail_obey_the_rules_of_the_page(post, student):
    files = [("a.png", PNG), ("b.png", PDF), ("c.exe", b"MZ"), *((f"{n}.txt", b"x") for n in range(5))]
    post.write(student.email, text="See these.", files=files)
    assert fetch() == {"Opened a question": 1}
    assert list(Attachment.objects.values_list("name", flat=True)) == ["a.png", "0.txt", "1.txt", "2.txt", "3.txt"]
    text = Message.objects.get().text
    assert text.startswith("See these.\n\nNot taken from the mail:")
    for reason in ("“b.png” is called .png, but", "“c.exe” cannot be attached", "one more was left out"):
        assert reason in text


@pytest.mark.parametrize(
    "subject", ["=?utf-8?q?Hi=0D=0ABcc:_evil@example.org?=", "=?utf-8?b?AAcbWzMxbUhp?=", "Hi\x00\x07there"]
)
def test_a_subject_begins_no_header_and_holds_no_control_characters(post, student, admin, subject):
    post.put(f"From: student@example.org\nMessage-ID: <1@x>\nSubject: {subject}\n\nText\n".encode())
    assert fetch() == {"Opened a question": 1}
    ticket = Ticket.objects.get()
    assert ticket.subject
    assert not [character for character in ticket.subject if ord(character) < 32]
    deliver()
    [letter] = mail.outbox
    assert letter.recipients() == [admin.email]
    assert letter.message()["Bcc"] is None


def test_a_message_id_begins_no_header(post, student, admin):
    for number, name in enumerate(
        ["<a@b>\r\n Bcc: evil@example.org", "<a b@c>", "<" + "x" * 5000 + "@y>", "=?utf-8?q?<a=0ABcc:x@y>?="]
    ):
        post.put(
            f"From: student@example.org\r\nMessage-ID: {name}\r\nSubject: {number}\r\n\r\nText {number}\r\n".encode()
        )
    assert fetch() == {"Opened a question": 4}
    deliver()
    for letter in mail.outbox:
        assert letter.message()["Bcc"] is None
        assert letter.recipients() == [admin.email]
    assert set(Message.objects.values_list("message_id", flat=True)) == {"<a@b>", ""}


CODE = "def f(x):\n    return x\n\n- one\n- two"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (CODE, CODE),
        (f"{CODE}\n\nOn Mon, Jan 4, 2027 at 6:00 PM Gradus <g@x.example> wrote:\n> Why?\n> So.\n", CODE),
        (f"{CODE}\n\nAm 04.01.2027 um 18:00 schrieb Gradus <g@x.example>:\n> Why?\n", CODE),
        (
            f"{CODE}\n\n________________________________\nFrom: Gradus <g@x.example>\nSent: Monday\nTo: A\nSubject: B\n\nWhy?\n",
            CODE,
        ),
        (f"{CODE}\n> Why?\n> So.\n", CODE),
        (f"{CODE}\n-- \nAnn\nTel. 1\n", CODE),
        ("On Monday, Gradus wrote:\n> Why?\n\nBecause.\n> And then?\nNothing.", "Because.\nNothing."),
        ("> only\n> quoted", "> only\n> quoted"),
        ("", ""),
    ],
)
def test_what_is_quoted_goes_and_what_is_written_stays_as_it_is(text, new):
    kept = "\n".join(line for line in letters.new_text(text).split("\n") if not re.fullmatch(r"_{5,}|", line))
    assert kept == "\n".join(line for line in new.split("\n") if line)


def test_a_mail_in_html_is_read_as_text(post, student):
    html = "<style>p{}</style><p>First &amp; <b>last</b></p><script>alert(1)</script><p>x &lt; y<br>z</p>"
    post.put(f"From: student@example.org\nContent-Type: text/html\n\n{html}".encode())
    assert fetch() == {"Opened a question": 1}
    assert Message.objects.get().text.split("\n") == ["First & last", "x < y", "z"]


@pytest.mark.parametrize(
    "text",
    [
        "On " + "a " * 50_000,
        "\n" * 50_000 + "x",
        "> " * 50_000,
        "From: a\n" * 20_000,
        "-" * 99_999,
        "On x " * 20_000 + "wrote:",
    ],
)
def test_no_text_keeps_the_reader_busy(text):
    begun = datetime.datetime.now()
    assert letters.new_text(text)
    assert datetime.datetime.now() - begun < datetime.timedelta(seconds=4)


# --- where mail comes from ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("imap://user:x@mail.example/INBOX", "in the clear"),
        ("pop3://mail.example", "begins with imaps://"),
        ("maildir:///nowhere", "is no Maildir"),
        ("imap://user:x@127.0.0.1:1/INBOX", "cannot be read"),
    ],
)
def test_a_mailbox_that_cannot_be_used_says_why(url, reason, settings, db):
    settings.INBOUND_MAIL_URL = url
    with pytest.raises(CommandError, match=reason):
        call_command("fetch_mail")
    settings.INBOUND_MAIL_URL = ""
    with pytest.raises(CommandError, match="Set INBOUND_MAIL_URL"):
        call_command("fetch_mail")


def test_the_command_says_what_became_of_the_mail(post, student, capsys):
    post.write(student.email)
    call_command("fetch_mail")
    call_command("fetch_mail")
    assert capsys.readouterr().out == "Opened a question: 1\nNo new mail.\n"


def test_beat_has_the_schools_worker_read_the_mailbox(post, student, broker):
    post.write(student.email)
    tasks.ring_for_inbound()
    with current_app.connection_for_read() as read:
        assert read.SimpleQueue("school").qsize() == 1
    tasks.fetch()
    assert Ticket.objects.get().asker == student


class Server(socketserver.ThreadingTCPServer):
    """A mail server that speaks as much of IMAP as fetching takes; `folders` is what lies in it."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, *messages: bytes, moves: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), Speaker)
        self.messages = {str(uid): data for uid, data in enumerate(messages, 11)}
        self.flags: dict[str, set[str]] = {uid: set() for uid in self.messages}
        self.folders: dict[str, list[str]] = {"INBOX": list(self.messages)}
        self.moves = moves
        self.fetched: list[str] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


class Speaker(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline().decode().strip():
            tag, verb, rest = f"{line}  ".replace(" UID ", " ", 1).split(" ", 2)
            done = getattr(self, verb.lower(), lambda _: None)(rest.rstrip())
            self.wfile.write(f"{tag} {done or 'OK'} {verb}\r\n".encode())
            if verb == "LOGOUT":
                return

    def say(self, text: str, data: bytes | None = None) -> None:
        self.wfile.write(
            f"* {text}".encode() + (b"" if data is None else b"{%d}\r\n" % len(data) + data + b")") + b"\r\n"
        )

    def capability(self, _: str) -> None:
        self.say("CAPABILITY IMAP4rev1 UIDPLUS")

    def login(self, rest: str) -> str | None:
        return None if rest.split(" ", 1)[1] == '"pa ss"' else "NO"

    def logout(self, _: str) -> None:
        self.say("BYE")

    def select(self, folder: str) -> None:
        self.say("11 EXISTS")

    def search(self, _: str) -> None:
        inbox = self.server.folders["INBOX"]
        self.say("SEARCH " + " ".join(uid for uid in inbox if "\\Seen" not in self.server.flags[uid]))

    def fetch(self, rest: str) -> None:
        uid, what = rest.split(" ", 1)
        data = self.server.messages[uid]
        self.server.fetched.append(what)
        if "SIZE" in what:
            self.say("1 FETCH (FLAGS (\\Recent))")
            self.say(f"1 FETCH (UID {uid} RFC822.SIZE {len(data)})")
        elif "HEADER" in what:
            self.say(f"1 FETCH (UID {uid} BODY[HEADER]<0> ", data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        else:
            self.say(f"1 FETCH (UID {uid} BODY[] ", data)

    def store(self, rest: str) -> None:
        uids, _, flags = rest.split(" ", 2)
        for uid in uids.split(","):
            self.server.flags[uid] |= set(flags.strip("()").split())

    def list(self, rest: str) -> None:
        for folder in self.server.folders.keys() & {rest.split()[-1].strip('"')}:
            self.say(f'LIST (\\HasNoChildren) "/" "{folder}"')

    def create(self, folder: str) -> str | None:
        if not self.server.moves:
            return "NO"
        self.server.folders[folder.strip('"')] = []
        return None

    def copy(self, rest: str) -> None:
        uid, folder = rest.split(" ")
        self.server.folders[folder.strip('"')].append(uid)

    def expunge(self, _: str) -> None:
        inbox = self.server.folders["INBOX"]
        self.server.folders["INBOX"] = [uid for uid in inbox if "\\Deleted" not in self.server.flags[uid]]


GOOD = b"From: student@example.org\r\nSubject: S\r\nMessage-ID: <1@x>\r\n\r\nText\r\n"


@pytest.mark.parametrize("moves", [True, False])
def test_mail_on_a_server_is_taken_marked_and_put_aside(student, settings, moves, monkeypatch):
    monkeypatch.setattr(taking, "LARGEST_BYTES", 500)
    large = b"From: vic@example.net\r\n\r\n" + b"x" * 600
    with Server(GOOD, b"From: nobody\r\n\r\nText", large, moves=moves) as server:
        settings.INBOUND_MAIL_URL = f"imap://user:pa%20ss@127.0.0.1:{server.server_address[1]}/INBOX"
        call_command("fetch_mail")
        assert Ticket.objects.get().messages.get().text == "Text"
        assert "(BODY.PEEK[])" in server.fetched
        assert sum("PEEK[]" in what for what in server.fetched) == 2
        assert server.flags["11"] == {"\\Seen"}
        if moves:
            assert server.folders == {"INBOX": ["11"], "Failed": ["12", "13"]}
        else:
            assert server.flags["12"] == server.flags["13"] == {"\\Seen", "\\Flagged"}
        asked = len(server.fetched)
        call_command("fetch_mail")
        assert len(server.fetched) == asked
        settings.INBOUND_MAIL_URL = settings.INBOUND_MAIL_URL.replace("pa%20ss", "wrong")
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("fetch_mail")
        server.shutdown()
