"""Mail is written with what gives reason for it, and leaves by a server that may be down for a while."""

import datetime
import email
import socketserver
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import policy
from email.message import EmailMessage

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from courses.models import Mail, User
from courses.outbox import MOST_ATTEMPTS
from courses.people.mail import Kind, mute_address, muted_by, wants, write
from courses.people.tasks import deliver, ring_for_mail


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given, or says what `refusal` maps a recipient's name to."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Speaker)
        self.received: list[EmailMessage] = []
        self.refusal: dict[str, str] = {}
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


class Speaker(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                letter = email.message_from_bytes(b"".join(lines), policy=policy.default)
                self.server.received.append(letter)
            answer = next((said for name, said in self.server.refusal.items() if name in line), "250 fine")
            self.say("221 bye" if verb == "QUIT" else answer)

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.server_address
        yield sink
        sink.shutdown()


def ask(to: User | str, text: str = "Why **σ′**?", **person: str) -> Mail | None:
    """A mail that people can do without."""
    return write(to, Kind.QUESTION, "question", ticket=Ticketlike(), author=person.get("author", "Ann"), text=text)


class Ticketlike:
    subject = "About gradients"

    def get_absolute_url(self) -> str:
        return "/questions/1/"


def test_a_mail_leaves_as_text_and_as_html_with_a_way_to_do_without_such_mail(sink, student, settings):
    mail = ask(student)
    deliver()
    (letter,) = sink.received
    assert (letter["To"], letter["Subject"]) == ("student@example.org", "[Gradus] About gradients")
    text, html = (letter.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "Why **σ′**?" in text
    assert "Why <strong>σ′</strong>?" in html
    for body in (text, html):
        assert f"{settings.SITE_URL}/questions/1/" in body
        assert f"{settings.SITE_URL}/profile/mail/" in body
    assert letter["List-Unsubscribe"].strip() == f"<{settings.SITE_URL}{mute_address(student, 'question')}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Message-ID"].startswith(f"<mail-{mail.pk}@")
    mail.refresh_from_db()
    assert mail.sent_at is not None


def test_what_concerns_a_seat_has_no_way_out(sink, student):
    write(student, Kind.SEAT, "question", ticket=Ticketlike(), author="Ann", text="Pay")
    deliver()
    assert "List-Unsubscribe" not in sink.received[0]
    assert "/profile/mail/" not in sink.received[0].get_body(["plain"]).get_content()


def test_a_mail_server_that_is_down_loses_nothing_and_is_tried_again(sink, student, other, settings, caplog):
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for person in (student, other):
            ask(person)
        deliver()
        deliver()
    assert sink.received == []
    assert "was not sent" in caplog.text
    assert list(Mail.objects.values_list("attempts", flat=True)) == [1, 1]
    assert all("ConnectionRefusedError" in error for error in Mail.objects.values_list("error", flat=True))
    settings.EMAIL_PORT = port
    with time_machine.travel(now + datetime.timedelta(seconds=59), tick=False):
        deliver()
        assert sink.received == []
    with time_machine.travel(now + datetime.timedelta(seconds=61), tick=False):
        deliver()
    assert sorted(letter["To"] for letter in sink.received) == ["other@example.org", "student@example.org"]
    assert list(Mail.objects.values_list("error", flat=True)) == ["", ""]


def test_the_waits_grow_and_after_days_a_mail_is_given_up_and_kept(student, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    mail = ask(student)
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(MOST_ATTEMPTS):
            deliver()
            mail.refresh_from_db()
            waits.append((mail.due_at - timezone.now()).total_seconds() / 60)
            clock.move_to(mail.due_at)
        assert waits[:6] == [1, 5, 30, 120, 360, 360]
        assert not Mail.objects.due().exists()
        assert Mail.objects.try_again() == 1
        assert Mail.objects.due().get() == mail


def test_an_address_that_is_none_is_given_up_and_one_that_is_busy_is_tried_again(sink, student, other, instructor):
    for person in (student, other, instructor):
        ask(person)
    sink.refusal = {"student@": "550 nobody of that name", "other@": "450 come back later"}
    deliver()
    assert [letter["To"] for letter in sink.received] == ["instructor@example.org"]
    attempts = dict(Mail.objects.filter(sent_at=None).values_list("address", "attempts"))
    assert attempts == {"student@example.org": MOST_ATTEMPTS, "other@example.org": 1}
    assert "nobody of that name" in Mail.objects.get(person=student).error


def test_workers_side_by_side_send_each_mail_once(sink, transactional_db, student):
    for number in range(30):
        ask(student, f"Number {number}")

    def work(_: int) -> None:
        deliver()
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len({letter["Message-ID"] for letter in sink.received}) == len(sink.received) == 30
    assert not Mail.objects.filter(sent_at=None).exists()


def test_a_worker_that_died_with_a_mail_leaves_it_to_others_after_a_while(sink, student):
    ask(student)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert Mail.objects.claim_next() is not None
        assert Mail.objects.claim_next() is None
    with time_machine.travel(now + datetime.timedelta(minutes=2, seconds=1), tick=False):
        deliver()
    assert len(sink.received) == 1


def test_a_mail_is_written_only_if_its_reason_is(transactional_db, student, broker):
    with transaction.atomic():
        ask(student)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_one_bell_rings_for_all_that_a_transaction_writes(student, other, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings, transaction.atomic():
        for person in (student, other):
            ask(person)
    assert len(rings) == 1


def test_a_worker_of_the_school_hears_the_bell_and_sends(sink, start_worker, student, monkeypatch):
    host, port = sink.server_address
    monkeypatch.setenv("EMAIL_URL", f"smtp://{host}:{port}")
    worker = start_worker("school")
    ask(student)
    for line in worker.stdout:
        if "succeeded" in line:
            break
    assert [letter["To"] for letter in sink.received] == ["student@example.org"]


def test_beat_rings_for_what_no_bell_was_heard_of(sink, transactional_db, student, broker):
    broker.kill()
    ask(student)
    broker.start()
    ring_for_mail()
    from celery import current_app

    with current_app.connection_for_read() as read:
        assert read.SimpleQueue("school").qsize() == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "[Pay](https://evil.example)", "![](https://evil.example/x.png)", "**Ann** `x` $a$ :::"])  # fmt: skip
def test_a_name_is_only_a_name(name, student):
    mail = ask(student, "Text", author=name)
    assert f"{name} writes:" in mail.text
    for harm in ("<script", 'evil.example"', "<img", "<strong", "<code", "<math"):
        assert harm not in mail.html


def test_what_a_person_turned_off_is_not_written_and_a_seat_always_is(student):
    student.want([], of=["question", "announcement", "recording"])
    student.mute("seat")
    assert ask(student) is None
    assert write(student, Kind.SEAT, "question", ticket=Ticketlike(), author="A", text="t") is not None
    student.is_active = False
    assert write(student, Kind.SEAT, "question", ticket=Ticketlike(), author="A", text="t") is None


def test_the_page_of_preferences_keeps_what_is_ticked(client, student):
    client.force_login(student)
    assert 'href="/profile/mail/"' in client.get("/profile/").content.decode()
    page = client.get("/profile/mail/").content.decode()
    assert page.count("checked") == 4
    assert "always comes" in page
    assert client.post("/profile/mail/", {"wanted": ["recording"]}).status_code == 302
    student.refresh_from_db()
    assert student.muted == ["announcement", "grades", "question"]
    assert client.get("/profile/mail/").content.decode().count("checked") == 1
    assert client.post("/profile/mail/", {"wanted": ["seat"]}).status_code == 400
    student.refresh_from_db()
    assert student.muted == ["announcement", "grades", "question"]


def test_what_was_asked_for_and_what_was_turned_off_are_kept_apart(student, instructor):
    for person in (student, instructor):
        person.want(["announcement", "report", "seat"], of=["announcement", "recording", "report", "seat"])
        assert (person.asked_for, person.muted) == (["report"], ["recording"])
        assert wants(person, Kind.REPORT) == (person == instructor)
        # What is not spoken of stays as it is.
        person.want(["recording"], of=["recording", "grades"])
        assert (person.asked_for, person.muted) == (["report"], ["grades"])
        person.mute("report")
        person.mute("seat")
        person.refresh_from_db()
        assert (person.asked_for, person.muted) == ([], ["grades"])


def test_one_click_in_the_mail_turns_its_kind_off_without_signing_in(client, student, other):
    address = mute_address(student, "announcement")
    page = client.get(address).content.decode()
    assert "Turn it off" in page
    student.refresh_from_db()
    assert student.muted == []
    strict = client.__class__(enforce_csrf_checks=True)
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "no longer come" in answer.content.decode()
    student.refresh_from_db()
    other.refresh_from_db()
    assert (student.muted, other.muted) == (["announcement"], [])
    assert client.get(address[:-2] + "x/").status_code == 404
    assert muted_by("no token") is None
