"""Questions: looked for, asked, answered, assigned, closed; files that go with them; inquiries of visitors."""

import datetime
import io
import os
import re
import zipfile
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.enrollment.access import staff_of_session
from courses.models import Attachment, Change, Course, Enrollment, Faq, Mail, Message, Session, Ticket, User
from courses.support import faq
from courses.support.files import FileRefused, checked
from courses.support.models import MESSAGES_AN_HOUR, TicketRefused
from courses.support.tasks import sweep_files

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def seated(session, student) -> User:
    """The student has a seat in the session."""
    Enrollment.objects.enroll(student, session)
    Mail.objects.all().delete()
    return student


@pytest.fixture
def elsewhere(new_session, stranger, seated) -> Session:
    """Another session in which the student has a seat; the other instructor teaches it."""
    session = new_session("elsewhere")
    session.instructors.add(stranger.instructor)
    Enrollment.objects.enroll(seated, session)
    Mail.objects.all().delete()
    return session


@pytest.fixture
def ticket(seated, session) -> Ticket:
    ticket = Ticket.objects.ask(seated, "Why the *first* layers?", subject="Gradients", session=session)
    Mail.objects.all().delete()
    return ticket


def addressees() -> set[str]:
    return set(Mail.objects.filter(kind="question").values_list("address", flat=True))


def page(client, person: User, address: str) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# --- who reads what ----------------------------------------------------------------------------------


def test_a_question_about_a_session_reaches_its_staff_and_nobody_elses(client, seated, session, elsewhere, instructor, assistant, stranger, admin):  # fmt: skip
    client.force_login(seated)
    form = client.get("/questions/new/").content.decode()
    assert session.full_name in form
    assert elsewhere.full_name in form
    asked = {"subject": "Bias", "session": session.pk, "text": "Where does $b$ go?"}
    address = client.post("/questions/new/", asked)["Location"]
    assert addressees() == {instructor.email, assistant.email}
    for person in (seated, instructor, assistant, admin):
        assert "<math" in page(client, person, address)
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert "Bias" not in page(client, stranger, "/questions/")


def test_a_question_about_no_session_reaches_the_staff_of_all(client, seated, session, elsewhere, instructor, assistant, stranger):  # fmt: skip
    ticket = Ticket.objects.ask(seated, "Which notebook?", subject="Paper")
    assert addressees() == {instructor.email, assistant.email, stranger.email}
    assert "Which notebook?" in page(client, stranger, ticket.get_absolute_url())


def test_a_session_that_is_not_ones_own_cannot_be_asked_about(client, seated, session, new_session):
    client.force_login(seated)
    answer = client.post(
        "/questions/new/", {"subject": "S", "session": new_session("other").pk, "text": "Kept as typed"}
    )
    assert answer.status_code == 400
    assert "Kept as typed" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_whose_seat_has_ended_still_sees_their_own_questions(client, ticket, seated):
    Enrollment.objects.get().withdraw()
    assert "Why the" in page(client, seated, ticket.get_absolute_url())
    assert ticket.get_absolute_url() in page(client, seated, "/questions/")


def test_a_note_is_for_staff_alone(client, ticket, seated, instructor, assistant):
    client.force_login(instructor)
    client.post(ticket.get_absolute_url(), {"text": "A case for week 3.", "internal": "on", "files": SimpleUploadedFile("a.txt", b"x")})  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.status, Mail.objects.count()) == ("open", 0)
    shown = page(client, assistant, ticket.get_absolute_url())
    assert "A case for week 3." in shown
    assert "Note for staff only" in shown
    assert "week 3" not in page(client, seated, ticket.get_absolute_url())
    file = Attachment.objects.get()
    assert client.get(file.get_absolute_url()).status_code == 404
    found = client.get(f"/api/v1/questions/{ticket.pk}/").json()
    assert [said["text"] for said in found["messages"]] == ["Why the *first* layers?"]
    assert client.get(f"/api/v1/questions/{ticket.pk}/files/{file.pk}/").status_code == 404
    assert client.get("/api/v1/questions/?q=week").json()["count"] == 0
    # Nor do they write one.
    client.post(ticket.get_absolute_url(), {"text": "Sneaky", "internal": "on"})
    assert not Message.objects.get(text="Sneaky").internal
    refused = client.post(f"/api/v1/questions/{ticket.pk}/messages/", {"text": "Again", "internal": True})
    assert refused.status_code == 409


def test_an_admin_who_asks_reads_no_notes_about_it(client, admin, student):
    ticket = Ticket.objects.ask(admin, "May I?", subject="Own")
    User.objects.filter(pk=student.pk).update(is_superuser=True)
    Message.objects.create(ticket=ticket, author=student, text="Secret", internal=True)
    assert "Secret" not in page(client, admin, ticket.get_absolute_url())


# --- whose turn it is --------------------------------------------------------------------------------


def test_the_turn_goes_to_and_fro(client, ticket, seated, instructor):
    client.force_login(instructor)
    client.post(ticket.get_absolute_url(), {"text": "Because of σ′."})
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since, addressees()) == ("answered", None, {seated.email})
    assert "✓ answered" in page(client, seated, "/questions/")
    client.post(ticket.get_absolute_url(), {"text": "And the last one?"})
    ticket.refresh_from_db()
    assert ticket.status == "open"
    assert "waits for an answer" in page(client, instructor, "/questions/")
    client.post(ticket.get_absolute_url(), {"text": "It is right.", "close": "1"})
    ticket.refresh_from_db()
    assert ticket.status == "closed"
    client.post(f"{ticket.get_absolute_url()}close/")
    assert "is closed: it cannot be closed" in client.get(ticket.get_absolute_url()).content.decode()
    client.post(f"{ticket.get_absolute_url()}reopen/")
    ticket.refresh_from_db()
    assert ticket.waiting_since is not None
    done = list(Change.objects.filter(session=ticket.session).values_list("what", flat=True))
    assert done == [f"reopened question #{ticket.pk}", f"closed question #{ticket.pk}"]


def test_who_asks_neither_assigns_nor_closes(client, ticket, seated, instructor):
    client.force_login(seated)
    for deed in ("assign", "close", "reopen"):
        assert client.post(f"{ticket.get_absolute_url()}{deed}/", {"assignee": instructor.pk}).status_code == 404


def test_who_is_assigned_is_told_and_then_told_alone(client, ticket, seated, instructor, assistant, stranger):
    client.force_login(instructor)
    refused = client.post(f"{ticket.get_absolute_url()}assign/", {"assignee": stranger.pk})
    assert (refused.status_code, Change.objects.count()) == (400, 0)
    client.post(f"{ticket.get_absolute_url()}assign/", {"assignee": assistant.pk})
    change = Change.objects.get()
    assert (change.what, change.values) == (f"assigned question #{ticket.pk} to Assistant", {"assignee": [None, "Assistant"]})  # fmt: skip
    assert addressees() == {assistant.email}
    Mail.objects.all().delete()
    ticket.say(seated, "One more thing.")
    assert addressees() == {assistant.email}
    # Who no longer assists leaves it to the others.
    ticket.session.assistants.clear()
    Mail.objects.all().delete()
    ticket.say(seated, "And another.")
    assert addressees() == {instructor.email}
    with pytest.raises(TicketRefused, match="does not answer this question"):
        ticket.assign(instructor, seated)


def test_the_list_puts_who_waits_longest_first_and_finds_by_all_it_filters_by(client, seated, session, elsewhere, instructor, assistant):  # fmt: skip
    now = timezone.now()
    for hours, subject in ((1, "Lately"), (30, "Long ago"), (5, "Answered")):
        with time_machine.travel(now - datetime.timedelta(hours=hours), tick=False):
            ticket = Ticket.objects.ask(seated, f"About {subject}", subject=subject, session=session)
    ticket.say(instructor, "So it is.")
    ticket.assign(instructor, instructor)
    Ticket.objects.ask(seated, "Not of yours", subject="Elsewhere", session=elsewhere)

    def subjects(query: str) -> list[str]:
        shown = page(client, instructor, f"/questions/{query}")
        places = {name: shown.find(f">{name}</a>") for name in ("Lately", "Long ago", "Answered", "Elsewhere")}
        return sorted((name for name in places if places[name] >= 0), key=lambda name: places[name])

    assert subjects("") == ["Long ago", "Lately", "Answered"]
    assert "1\u00a0day" in page(client, instructor, "/questions/")
    assert subjects("?status=answered") == subjects("?whose=me") == subjects(f"?q=%23{ticket.pk}") == ["Answered"]
    assert subjects("?whose=nobody") == subjects("?status=open") == ["Long ago", "Lately"]
    assert subjects(f"?session={session.pk}&q=long+student") == ["Long ago"]
    assert "No question is like this" in page(client, instructor, "/questions/?q=quux")
    assert client.get(f"/questions/?session={elsewhere.pk}").status_code == 400
    assert client.get("/questions/?page=x&own=99").status_code == 200


def test_a_list_of_many_asks_the_database_no_oftener(client, seated, session, instructor):
    client.force_login(instructor)
    numbers = []
    for number in (1, 20):
        for _ in range(number):
            Ticket.objects.create(asker=seated, session=session, subject=f"{number}", assignee=instructor)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/questions/").status_code == 200
        with CaptureQueriesContext(connection) as by_program:
            assert client.get("/api/v1/questions/").status_code == 200
        numbers.append((len(asked), len(by_program)))
    assert numbers[0] == numbers[1]


def test_a_button_pressed_twice_asks_once_and_nobody_floods(client, seated, session):
    client.force_login(seated)
    for _ in range(2):
        client.post("/questions/new/", {"subject": "S", "text": "Twice?"})
    ticket = Ticket.objects.get()
    for _ in range(2):
        client.post(ticket.get_absolute_url(), {"text": "Twice."})
    assert Message.objects.count() == 2
    Message.objects.bulk_create(Message(ticket=ticket, author=seated, text="x") for _ in range(MESSAGES_AN_HOUR))
    for address in ("/questions/new/", ticket.get_absolute_url()):
        refused = client.post(address, {"subject": "T", "text": "Kept as typed"})
        assert refused.status_code == 400
        assert "Go on in a while" in refused.content.decode()
        assert "Kept as typed" in refused.content.decode()
    assert Ticket.objects.count() == 1


def test_a_question_is_a_persons_or_an_addresss_and_waits_while_it_is_open(student):
    for wrong in ({"asker": student, "address": "a@b.org"}, {}, {"asker": student, "status": "closed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ticket.objects.create(subject="S", **wrong)


def test_a_session_without_staff_leaves_its_questions_to_admins(new_session, admin):
    assert list(staff_of_session(new_session("bare"))) == [admin]


def test_questions_from_before_there_was_a_status_are_filled_in(seated, instructor):
    asked = timezone.now() - datetime.timedelta(days=9)
    open_one, answered = (Ticket.objects.create(asker=seated, subject=subject) for subject in ("Open", "Answered"))
    for ticket in (open_one, answered):
        Message.objects.create(ticket=ticket, author=seated, text="?", sent_at=asked)
    Message.objects.create(ticket=answered, author=instructor, text="!", sent_at=asked)
    import_module("courses.migrations.0008_fill_questions").fill(apps, None)
    for ticket in (open_one, answered):
        ticket.refresh_from_db()
    assert (open_one.status, open_one.waiting_since) == ("open", asked)
    assert (answered.status, answered.waiting_since, answered.last_at) == ("answered", None, asked)


# --- files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.PNG", PNG, "image/png"),
        ("b.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\0" * 20 + b"\xff\xd9", "image/jpeg"),
        ("c.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "image/gif"),
        ("d.webp", b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0e\x00\x00\x00", "image/webp"),
        ("e.pdf", PDF, "application/pdf"),
        ("f.txt", "Grüße\n".encode(), "text/plain"),
        ("g.py", b"#!/usr/bin/env python\nimport numpy as np\n", "text/x-python"),
        ("h.csv", b"\xef\xbb\xbfa,b\r\n1,2\r\n", "text/csv"),
        ("i.ipynb", b'{"cells": [], "nbformat": 4}', "application/x-ipynb+json"),
    ],
)
def test_a_file_is_what_its_bytes_say(name, data, content_type):
    assert checked(name, data).content_type == content_type


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", "b")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("photo.png", PDF, "what is in it is something else"),
        ("photo.png", b"MZ\x90\x00" + b"\0" * 60, "what is in it is something else"),
        ("photo.jpg", b"<script>alert(1)</script>", "what is in it is something else"),
        ("notes.pdf", PNG, "what is in it is something else"),
        ("notes.txt", PDF, "is no text"),
        ("notes.txt", PNG, "is no text in UTF-8"),
        ("notes.txt", b"\x7fELF\x01\x01\x00\x00", "is no text"),
        ("notes.csv", "Grüße".encode("latin-1"), "is no text in UTF-8"),
        ("work.ipynb", b"import numpy", "is no notebook"),
        ("work.ipynb", b"[" * 200_000, "is no notebook"),
        ("page.html", b"<b>x</b>", "cannot be attached"),
        ("drawing.svg", b"<svg/>", "cannot be attached"),
        ("all.zip", zipped(), "cannot be attached"),
        ("photo.png.exe", PNG, "cannot be attached"),
        ("nothing.txt", b"", "is empty"),
        ("large.txt", b"x" * (5 * 2**20 + 1), "at most 5 MiB"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused_and_the_reason_told(name, data, reason):
    with pytest.raises(FileRefused, match=reason):
        checked(name, data)


def test_a_name_is_only_a_name():
    assert checked("../../etc/\r\nX: y\x00.txt", b"x").name == "X: y .txt"
    assert checked("C:\\mine\\" + "n" * 300 + ".py", b"x").name.endswith("n….py")


def test_files_go_with_a_message_and_are_given_to_its_readers_alone(client, ticket, seated, other, instructor):
    client.force_login(seated)
    # What a browser says of a file counts for nothing.
    files = [SimpleUploadedFile("a.png", PNG, "text/html"), SimpleUploadedFile("run.py", b"print(1)\n", "image/png")]
    client.post(ticket.get_absolute_url(), {"text": "See these.", "files": files})
    picture, code = Attachment.objects.all()
    assert (picture.content_type, picture.size, code.content_type) == ("image/png", len(PNG), "text/x-python")
    assert re.fullmatch(r"questions/[0-9a-f]{40}", picture.file.name)
    assert "a.png, run.py" in Mail.objects.first().text
    shown = page(client, instructor, ticket.get_absolute_url())
    assert picture.get_absolute_url() in shown
    for address in (picture.get_absolute_url(), f"/api/v1/questions/{ticket.pk}/files/{picture.pk}/"):
        client.force_login(instructor)
        given = client.get(address)
        assert b"".join(given.streaming_content) == PNG
        assert given["Content-Disposition"] == 'attachment; filename="a.png"'
        assert given["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in given["Content-Security-Policy"]
        client.force_login(other)
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(picture.get_absolute_url()).status_code == 302


def test_files_of_deleted_messages_are_deleted_and_all_others_kept(ticket, seated):
    def keep(*names):
        ticket.say(seated, " ".join(names), files=[checked(name, b"print(1)\n") for name in names])
        return [attachment.file for attachment in ticket.messages.last().attachments.all()]

    kept, deleted, late = *keep("a.py", "b.py"), *keep("c.py")
    old = (timezone.now() - datetime.timedelta(hours=25)).timestamp()
    for file in (kept, deleted):
        os.utime(file.path, (old, old))
    # Neither of these is deleted by a method of ours.
    Attachment.objects.filter(file=deleted.name).delete()
    ticket.messages.last().delete()
    sweep_files()
    assert [file.storage.exists(file.name) for file in (kept, deleted, late)] == [True, False, True]
    ticket.delete()
    sweep_files()
    assert [file.storage.exists(file.name) for file in (kept, deleted, late)] == [False, False, True]
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25)):
        sweep_files()
    assert not late.storage.exists(late.name)


def test_a_refused_file_keeps_what_was_typed_and_leaves_nothing(client, ticket, seated):
    client.force_login(seated)
    for files, reason in (
        ([SimpleUploadedFile("a.png", PDF, "image/png")], "Attach the real file"),
        ([SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)], "6 files are too many"),
        ([SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.exe", b"MZ")], "Choose the others again"),
    ):
        answer = client.post(ticket.get_absolute_url(), {"text": "Kept as typed", "files": files})
        assert answer.status_code == 400
        for text in (reason, "Kept as typed"):
            assert text in answer.content.decode()
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 0)


# --- looking for an answer ---------------------------------------------------------------------------


@pytest.fixture
def answers(course, other) -> None:
    hidden = Course.objects.create(slug="hidden", title="Hidden", published=False)
    for number, (where, question, answer) in enumerate((
        (course, "Is there a certificate?", "No; the course ends with projects of your own."),
        (course, "What do I need to know before?", "Python, and the ÜBUNG of multiplying matrices."),
        (course, "How do projects work?", "You choose one. A certificate does not come with it."),
        (hidden, "Is there a secret certificate?", "Yes."),
    )):  # fmt: skip
        Faq.objects.create(course=where, slug=f"q{number}", question=question, answer=answer, position=number)


def test_answers_are_found_by_all_words_and_the_best_comes_first(client, answers, student, other):
    def found(words: str, person: User = student) -> list[str]:
        return [answer.question for answer in faq.search(words, person)]

    assert found("how do I get a CERTIFICATE") == ["Is there a certificate?", "How do projects work?"]
    assert found("projects work") == ["How do projects work?"]
    assert found("projects") == ["How do projects work?", "Is there a certificate?"]
    assert found("übung matrices") == ["What do I need to know before?"]
    assert found("certificate unicorn") == found("") == found("% _") == []
    ticket = Ticket.objects.ask(student, "My certificate?", subject="Certificate by post")
    assert len(found("certificate")) == 2
    ticket.say(other, "It is on its way.")
    assert found("certificate post") == ["Certificate by post"]
    assert found("certificate post", other) == []
    shown = page(client, student, "/questions/new/?q=certificate")
    assert "3 answers found" in shown
    assert "secret" not in shown
    assert "No answer holds these words" in page(client, student, "/questions/new/?q=unicorn")
    part = client.get("/questions/new/?q=certificate", headers={"HX-Request": "true"}).content.decode()
    assert part.count("<details") == 3
    assert "<form" not in part


def test_anybody_looks_for_answers_by_program(client, answers):
    found = client.get("/api/v1/faq/?q=certificate&course=networks").json()
    assert [answer["question"] for answer in found] == ["Is there a certificate?", "How do projects work?"]
    assert client.get("/api/v1/faq/?q=certificate&course=hidden").json() == []


# --- visitors ----------------------------------------------------------------------------------------

TYPED = {"name": "Vic", "email": "Vic@Example.net", "course": "networks", "text": "How long does it take?"}


def test_a_visitor_asks_and_admins_answer_by_mail(client, course, session, instructor, admin, settings):
    settings.SUPPORT_ADDRESS = "support@gradus.example"
    assert "/inquiries/new/?course=networks" in client.get(course.get_absolute_url()).content.decode()
    assert '<option value="networks" selected>' in client.get("/inquiries/new/?course=networks").content.decode()
    assert client.post("/inquiries/new/", TYPED)["Location"] == course.get_absolute_url()
    ticket = Ticket.objects.get()
    assert (ticket.asker, ticket.address, ticket.name, ticket.course) == (None, "vic@example.net", "Vic", course)
    assert addressees() == {admin.email}
    client.force_login(instructor)
    assert client.get(ticket.get_absolute_url()).status_code == 404
    client.force_login(admin)
    client.post(ticket.get_absolute_url(), {"text": "Ten weeks."})
    letter = Mail.objects.get(address="vic@example.net")
    assert "Ten weeks." in letter.text
    assert "/questions/" not in letter.text
    assert letter.headers["Reply-To"].startswith(f"support+q{ticket.pk}.0.")


def test_who_has_an_account_is_not_told_apart(client, course, student, admin):
    answers = [client.post("/inquiries/new/", {**TYPED, "email": email}) for email in (student.email, "no@example.net")]
    pages = [client.get(answer["Location"]).content.decode() for answer in answers]
    assert student.email not in pages[1]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(Ticket.objects.values_list("asker", flat=True)) == [None, None]
    client.force_login(student)
    assert "Inquiry" not in client.get("/questions/").content.decode()
    assert client.get("/inquiries/new/")["Location"] == "/questions/new/"


def test_an_address_that_asks_too_often_waits_and_keeps_what_it_typed(client, course, admin):
    for number in range(4):
        client.post("/inquiries/new/", {**TYPED, "text": f"Question {number}"})
    assert client.post("/api/v1/inquiries/", {"email": "a@b.org", "text": "Fifth"}).status_code == 202
    refused = client.post("/inquiries/new/", {**TYPED, "text": "Kept as typed"})
    assert refused.status_code == 429
    assert "Kept as typed" in refused.content.decode()
    assert client.post("/api/v1/inquiries/", {"email": "a@b.org", "text": "Seventh"}).status_code == 429
    assert Ticket.objects.count() == 5


def test_what_a_program_fills_in_is_thanked_for_and_dropped(client, course, admin):
    assert client.post("/inquiries/new/", {**TYPED, "website": "https://spam.example"}).status_code == 302
    assert not Ticket.objects.exists()
    wrong = client.post("/inquiries/new/", {**TYPED, "email": "nobody", "text": "Kept"})
    assert wrong.status_code == 400
    assert "Kept" in wrong.content.decode()


# --- by program --------------------------------------------------------------------------------------


def test_a_program_asks_with_files_and_staff_answer_assign_and_close(client, seated, session, elsewhere, instructor, assistant, stranger):  # fmt: skip
    client.force_login(seated)
    asked = client.post("/api/v1/questions/", {"subject": "S", "text": "T", "session": session.pk, "files": [SimpleUploadedFile("a.png", PNG)]})  # fmt: skip
    assert asked.status_code == 201, asked.content
    ticket = Ticket.objects.get()
    [file] = asked.json()["messages"][0]["attachments"]
    assert (file["name"], file["content_type"]) == ("a.png", "image/png")
    assert b"".join(client.get(file["url"]).streaming_content) == PNG
    lying = client.post(
        "/api/v1/questions/", {"subject": "S", "text": "U", "files": [SimpleUploadedFile("a.png", PDF)]}
    )
    assert lying.status_code == 400
    assert "Attach the real file" in lying.json()["errors"]["files"][0]
    address = f"/api/v1/questions/{ticket.pk}/"
    assert client.post(f"{address}close/").status_code == 404
    client.force_login(assistant)
    assert client.post(f"{address}messages/", {"text": "A"}).json()["by_asker"] is False
    assert client.post(f"{address}assign/", {"assignee": stranger.pk}).status_code == 409
    may_answer = {one["id"] for one in client.get(f"{address}assignees/").json()}
    assert may_answer == set(ticket.may_be_assigned_to().values_list("pk", flat=True)) >= {instructor.pk}
    assert client.get("/api/v1/questions/?unassigned=true").json()["count"] == 1
    given = client.post(f"{address}assign/", {"assignee": instructor.pk}).json()
    assert (given["assignee"], given["assignee_name"], given["status"]) == (instructor.pk, "Instructor", "answered")
    assert client.post(f"{address}close/").json()["status"] == "closed"
    assert client.post(f"{address}close/").status_code == 409
    assert client.post(f"{address}reopen/").json()["status"] == "open"
    for query, number in (("status=open", 1), ("status=closed", 0), ("mine=true", 0), (f"assignee={instructor.pk}", 1), ("unassigned=true", 0), (f"session={session.pk}", 1), ("q=S", 1)):  # fmt: skip
        assert client.get(f"/api/v1/questions/?{query}").json()["count"] == number, query
    client.force_login(stranger)
    assert client.get(address).status_code == 404
