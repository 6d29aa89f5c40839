"""A session's roster: who sees what of it, and what those who run the session do with its people."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses import sheets
from courses.enrollment.orders.payments import receive
from courses.models import Change, Enrollment, Mail, Order, User, WaitingEntry

MONEY = ("paid", "Paid", "owe", "price", "Price", "USD", "money to", "100")


@pytest.fixture
def enrolled(session, student, other) -> tuple[Enrollment, Enrollment]:
    """A student who has not paid yet, and another who has."""
    seats = Enrollment.objects.enroll(student, session), Enrollment.objects.enroll(other, session)
    pay(seats[1].order)
    return seats


def pay(order: Order) -> None:
    receive(order, order.outstanding, "manual", f"bank-{order.pk}")


def page_of(client: Any, name: str, session: Any, **asked: Any) -> str:
    return client.get(reverse(name, args=[session.pk]), asked).content.decode()


def test_who_runs_the_session_sees_who_has_paid(client, session, enrolled, instructor):
    client.force_login(instructor)
    page = page_of(client, "roster", session)
    assert "Enrolled (2)" in page
    assert "Not paid yet (1)" in page
    assert "kept until" in page
    assert page.index("other@example.org") < page.index("student@example.org")
    unpaid = page_of(client, "roster", session, standing="unpaid")
    assert "student@example.org" in unpaid
    assert "other@example.org" not in unpaid


@pytest.mark.parametrize("standing", ["seated", "unpaid", "waiting", "left"])
def test_an_assistant_sees_the_roster_and_no_word_of_money(client, session, enrolled, assistant, standing, new_session):
    lapsed = User.objects.create_user("lapsed@example.org", "x", name="Lou")
    Enrollment.objects.enroll(lapsed, session).end(Enrollment.Ending.UNPAID)
    client.force_login(assistant)
    page = page_of(client, "roster", session, standing=standing)
    for word in MONEY:
        assert word not in re.sub(r"<[^>]*>", " ", page)
    for name in ("roster_write", "roster_move", "roster_add", "roster_import", "session_history", "session_staff"):
        assert reverse(name, args=[session.pk]) not in page
    table = client.get(reverse("roster_export", args=[session.pk]), {"standing": standing}).content.decode()
    for word in MONEY:
        assert word not in table
    told = client.get(f"/api/v1/sessions/{session.pk}/members/").json()["results"]
    assert {row["standing"] for row in told} == {"Enrolled", "No longer enrolled"}


def test_an_instructor_finds_nothing_of_anothers_session(client, session, enrolled, stranger):
    client.force_login(stranger)
    names = ["roster", "roster_export", "roster_write", "roster_move", "roster_add", "roster_import", "session_staff",
             "session_history", "staff_assign"]  # fmt: skip
    addresses = [reverse(name, args=[session.pk]) for name in names]
    addresses += [
        reverse("roster_withdraw", args=[session.pk, enrolled[0].pk]),
        f"/api/v1/sessions/{session.pk}/members/",
    ]
    for address in addresses:
        assert client.get(address, {"people": enrolled[0].user.pk}).status_code in (404, 405)
        assert client.post(address, {"people": enrolled[0].user.pk, "send": "1"}).status_code in (404, 405)
    assert Enrollment.objects.active().count() == 2
    assert not Mail.objects.filter(kind="announcement").exists()


def test_the_enrollment_of_another_session_is_not_withdrawn_by_way_of_ones_own(
    client, session, new_session, instructor, student
):
    elsewhere = Enrollment.objects.enroll(student, new_session("elsewhere"))
    client.force_login(instructor)
    assert client.post(reverse("roster_withdraw", args=[session.pk, elsewhere.pk])).status_code == 404
    assert Enrollment.objects.active().get() == elsewhere


def test_people_are_found_sorted_and_told_why_they_left(client, session, enrolled, instructor, new_session):
    client.force_login(instructor)
    assert "student@example.org" not in page_of(client, "roster", session, q="OTHER")
    assert "other@example.org" in page_of(client, "roster", session, q="OTHER")
    assert "Nobody here is called “zz”" in page_of(client, "roster", session, q="zz")
    backwards = page_of(client, "roster", session, sort="-name")
    assert backwards.index("student@example.org") < backwards.index("other@example.org")
    assert (
        page_of(client, "roster", session, sort="-nonsense", standing="nonsense", page="x").count("@example.org") >= 2
    )
    client.post(reverse("roster_withdraw", args=[session.pk, enrolled[0].pk]))
    left = page_of(client, "roster", session, standing="left")
    assert "student@example.org" in left
    assert "Withdrew" in left
    assert Change.objects.get().what == "withdrew Student"


def test_withdrawing_says_first_what_comes_back(client, session, enrolled, instructor):
    client.force_login(instructor)
    page = client.get(reverse("roster_withdraw", args=[session.pk, enrolled[1].pk])).content.decode()
    assert "Comes back" in page
    assert Enrollment.objects.active().count() == 2


def test_who_waits_stands_on_the_roster(client, new_session, instructor, student, other):
    full = new_session("full", seats=1, price=0)
    full.instructors.add(instructor.instructor)
    Enrollment.objects.enroll(student, full)
    WaitingEntry.objects.join(other, full)
    client.force_login(instructor)
    page = page_of(client, "roster", full, standing="waiting")
    assert "Waiting (1)" in page
    assert "◐ Waiting" in page
    assert "All 1 seats are taken" in page


def test_a_long_roster_comes_in_pages(client, session, instructor, monkeypatch, enrolled):
    monkeypatch.setattr("courses.enrollment.roster.views.PEOPLE_A_PAGE", 1)
    client.force_login(instructor)
    first, second = (page_of(client, "roster", session, page=number) for number in (1, 2))
    assert "other@example.org" in first
    assert "Page 1 of 2" in first
    assert "student@example.org" in second


# --- writing ---------------------------------------------------------------------------------------------------------


def test_some_are_written_to_after_a_look_and_who_takes_none_is_counted(client, session, enrolled, instructor):
    enrolled[0].user.mute("announcement")
    client.force_login(instructor)
    address = reverse("roster_write", args=[session.pk])
    page = client.get(address, {"everyone": "1", "standing": "seated"}).content.decode()
    assert "Write to 2 people" in page
    assert "1 of them does not take announcements" in page
    people = ",".join(str(seat.user.pk) for seat in enrolled)
    letter = {"people": people, "subject": "Bring a *laptop*", "text": "We **start** at 9."}
    page = client.post(address, {**letter, "preview": "1"}).content.decode()
    assert "We <strong>start</strong> at 9." in page
    assert not Mail.objects.filter(kind="announcement").exists()
    answer = client.post(address, {**letter, "send": "1"}, follow=True).content.decode()
    assert "Your mail goes to 1 person. Of those chosen, 1 person wanted no mail of this kind." in answer
    mail = Mail.objects.get(kind="announcement")
    assert (mail.address, mail.subject) == ("other@example.org", "[Gradus] Bring a *laptop*")
    assert "<strong>start</strong>" in mail.html
    assert Change.objects.get().what == "wrote to 1 person: Bring a *laptop*"


def test_a_letter_without_words_or_to_nobody_is_not_sent(client, session, enrolled, instructor, stranger):
    client.force_login(instructor)
    address = reverse("roster_write", args=[session.pk])
    answer = client.post(address, {"people": enrolled[0].user.pk, "subject": "S", "text": " ", "send": "1"})
    assert answer.status_code == 400
    assert 'value="S"' in answer.content.decode()
    for people in ("", "x,99999999999999999999999", str(stranger.pk)):
        answer = client.post(address, {"people": people, "subject": "S", "text": "T", "send": "1"}, follow=True)
        assert "Tick the people that you mean" in answer.content.decode()
    assert not Mail.objects.filter(kind="announcement").exists()


# --- moving ----------------------------------------------------------------------------------------------------------


def test_people_are_moved_after_what_follows_was_shown(client, session, enrolled, instructor, new_session):
    dear = new_session("dear", price=300, seats=1)
    dear.instructors.add(instructor.instructor)
    client.force_login(instructor)
    address, people = reverse("roster_move", args=[session.pk]), ",".join(str(seat.user.pk) for seat in enrolled)
    page = client.get(address, {"people": people}).content.decode()
    assert "Move 2 people" in page
    page = client.get(address, {"people": people, "to": dear.pk}).content.decode()
    # Other comes first and has paid 100 of 300; for Student no seat is left.
    assert "USD\xa0200.00" in page
    assert "Stays here: no seat is left there" in page
    answer = client.post(address, {"people": people, "to": dear.pk}, follow=True).content.decode()
    assert f"Moved to {dear}" in answer
    assert "Student: This session is full." in answer
    assert Enrollment.objects.active().get(session=dear).user.name == "Other"
    assert Enrollment.objects.active().get(session=session).user.name == "Student"


def test_a_person_moves_only_where_one_runs_the_session(client, session, enrolled, instructor, admin, new_session):
    foreign = new_session("foreign")
    address = reverse("roster_move", args=[session.pk])
    client.force_login(instructor)
    assert "You run no other session" in client.get(address, {"people": enrolled[0].user.pk}).content.decode()
    assert client.post(address, {"people": enrolled[0].user.pk, "to": foreign.pk}).status_code == 404
    assert client.post(address, {"people": enrolled[0].user.pk, "to": "9" * 5000}).status_code == 400
    client.force_login(admin)
    assert client.post(address, {"people": enrolled[0].user.pk, "to": foreign.pk}).status_code == 302
    assert Enrollment.objects.active().filter(session=foreign).count() == 1


# --- adding and importing --------------------------------------------------------------------------------------------


def test_a_person_is_added_by_address_and_a_new_one_sets_a_password_by_the_mail(client, session, instructor):
    client.force_login(instructor)
    answer = client.post(reverse("roster_add", args=[session.pk]), {"email": "New@Example.org", "name": "Nia New"})
    assert answer.status_code == 302
    person = User.objects.get(email="new@example.org")
    seat = Enrollment.objects.get(user=person)
    assert (person.name, person.has_usable_password()) == ("Nia New", False)
    assert seat.order is not None
    assert seat.order.held_until is not None
    assert Change.objects.get().what == "enrolled Nia New"
    letter = Mail.objects.get(subject="[Gradus] Your account")
    client.logout()
    link = "/accounts/" + letter.text.partition("/accounts/")[2].partition(")")[0]
    form = client.get(link, follow=True)
    password = {"password1": "another long password", "password2": "another long password"}
    client.post(form.redirect_chain[-1][0], password)
    assert client.login(username="new@example.org", password="another long password")


def test_adding_to_a_full_session_is_refused_and_keeps_what_was_typed(client, new_session, instructor, student):
    full = new_session("full", seats=1)
    full.instructors.add(instructor.instructor)
    Enrollment.objects.enroll(student, full)
    client.force_login(instructor)
    answer = client.post(reverse("roster_add", args=[full.pk]), {"email": "new@example.org", "name": "N"})
    assert answer.status_code == 400
    assert "This session is full" in answer.content.decode()
    assert 'value="new@example.org"' in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_only_admins_say_that_somebody_owes_nothing(client, session, instructor, admin):
    for person, order in ((instructor, True), (admin, False)):
        client.force_login(person)
        email = f"by-{person.pk}@example.org"
        client.post(reverse("roster_add", args=[session.pk]), {"email": email, "waive": "on"})
        assert (Enrollment.objects.get(user__email=email).order is not None) is order


def upload(client: Any, session: Any, content: str | bytes) -> Any:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", data, "text/csv")
    return client.post(reverse("roster_import", args=[session.pk]), {"file": file})


SHEET = """email,name
ann@example.org,Ann Lee
student@example.org,Somebody Else
ANN@example.org,Ann again
=cmd@example.org,Formula
bo@example.org,"=HYPERLINK(""http://evil.example"")"
no address,Cy

,Dee
"""


def test_a_list_is_shown_row_by_row_and_only_then_enrolled(client, session, student, other, instructor):
    Enrollment.objects.enroll(other, session)
    client.force_login(instructor)
    answer = upload(client, session, SHEET + "other@example.org,Other\n")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Of 8 rows, 2 people get a seat" in page
    for said in ("✓ gets an account and a seat", "✓ gets a seat", "is in row 2 already", "begins with “=”, as a formula does",
                 "“no address” is no e-mail address", "has no e-mail address", "has a seat already"):  # fmt: skip
        assert said in page
    assert Enrollment.objects.count() == 1
    assert not User.objects.filter(email="ann@example.org").exists()
    carried = answer.context["text"]
    done = client.post(reverse("roster_import", args=[session.pk]), {"sheet": carried, "confirm": "1"}, follow=True)
    assert "Enrolled, and told by e-mail: 2 people." in done.content.decode()
    seats = Enrollment.objects.active().filter(session=session)
    assert {seat.user.email for seat in seats} == {"ann@example.org", "student@example.org", "other@example.org"}
    assert all(seat.order.held_until for seat in seats)
    student.refresh_from_db()
    assert student.name == "Student"
    # Once more changes nothing.
    client.post(reverse("roster_import", args=[session.pk]), {"sheet": carried, "confirm": "1"})
    assert Enrollment.objects.count() == 3
    assert Mail.objects.filter(subject="[Gradus] Your account").count() == 1


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_name_that_is_a_formula_is_refused_with_its_row(client, session, instructor, name):
    client.force_login(instructor)
    page = upload(client, session, f"email;name\nann@example.org;{name}\n").content.decode()
    assert "as a formula does" in page
    assert "Nobody of this list can be enrolled" in page


def test_more_than_seats_are_left_get_none(client, new_session, instructor):
    small = new_session("small", seats=2)
    small.instructors.add(instructor.instructor)
    client.force_login(instructor)
    page = upload(client, small, "email\na@example.org\nb@example.org\nc@example.org\n").content.decode()
    assert page.count("✓ gets an account") == 2
    assert page.count("no seat is left") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("email,name\nzoe@example.org,Zoë\n".encode("latin-1"), "Line 2 of the file is not in UTF-8 (byte 0xeb)"),
        ("email,name\na@example.org,A\n".encode("utf-16"), "Line 1 of the file is not in UTF-8"),
        ("email,name\na@example.org,A\n".encode("utf-16-le"), "holds a zero byte, as UTF-16 does"),
        ("name,phone\nA,1\n", "The first row must name the columns"),
        ("email,name\n", "names nobody below its first row"),
        ('email,name\na@example.org,"A\n', "cannot be read"),
        ("email\n" + "a@example.org\n" * 501, "more than 500 people"),
        ("email\n" + "a@example.org\n" * 10_000, "more than 500 people"),
        ("email,name\na@example.org," + "A" * 140_000, "Line 2 of the file cannot be read"),
        ("email,name\na\0@example.org,A\n", "Line 2 of the file holds a zero byte"),
        ("email\n" + "a" * 300_000, "more than 256 KiB"),
        ("", "empty"),
    ],
    ids=["latin-1", "utf-16", "utf-16-le", "columns", "nobody", "quotes", "rows", "ten thousand rows", "a long cell", "a zero byte", "bytes", "empty"],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_with_the_line_and_what_to_do(client, session, instructor, content, said):
    client.force_login(instructor)
    answer = upload(client, session, content)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert Enrollment.objects.count() == 0


@pytest.mark.parametrize("text", ["email;name\nzoe@example.org;Zoë\n", "E-Mail\tName\r\nzoe@example.org\tZoë\r\n", "\ufeffname,email\nZoë,zoe@example.org\n"])  # fmt: skip
def test_lists_of_other_spreadsheets_are_read(client, session, instructor, text):
    client.force_login(instructor)
    (candidate,) = upload(client, session, text).context["candidates"]
    assert (candidate.row.email, candidate.row.name, candidate.row.number) == ("zoe@example.org", "Zoë", 2)


def test_what_the_page_carried_is_checked_anew(client, session, instructor):
    client.force_login(instructor)
    address = reverse("roster_import", args=[session.pk])
    assert client.post(address, {"sheet": "nonsense", "confirm": "1"}).status_code == 400
    assert client.post(address, {"sheet": "email\n=a@example.org", "confirm": "1"}).status_code == 302
    assert client.post(address, {"confirm": "1"}).status_code == 400
    assert Enrollment.objects.count() == 0


def test_a_name_in_the_exported_table_is_no_formula(client, session, instructor):
    for number, name in enumerate(("=1+1", "+1", "-1", "@A1", "Ann, Lee")):
        Enrollment.objects.enroll(User.objects.create_user(f"{number}@example.org", name=name), session)
    client.force_login(instructor)
    answer = client.get(reverse("roster_export", args=[session.pk]), {"sort": "email"})
    assert answer["Content-Disposition"].startswith("attachment")
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heading == ["name", "email", "since", "standing"]
    assert [row[0] for row in rows] == ["'=1+1", "'+1", "'-1", "'@A1", "Ann, Lee"]
    assert {row[3] for row in rows} == {"Not paid yet"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@A1", "'@A1"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("x;=1", "x;'=1"), ('x\n"@A1', 'x\n\'"@A1'), ("x\t +1", "x\t' +1"), ("a-b; c", "a-b; c"), (-1, "-1"), (None, ""),
    ],
)  # fmt: skip
def test_no_cell_of_a_table_is_computed_wherever_a_spreadsheet_parts_it(value, written):
    assert sheets.cell(value) == written


def test_the_roster_of_the_api_tells_who_has_paid_to_who_runs_the_session(client, session, enrolled, instructor):
    client.force_login(instructor)
    told = client.get(f"/api/v1/sessions/{session.pk}/members/").json()["results"]
    assert {row["email"]: row["standing"] for row in told} == {
        "other@example.org": "Paid",
        "student@example.org": "Not paid yet",
    }
