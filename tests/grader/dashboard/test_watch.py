"""The watch list: staff put students on it and write about them; nobody else is ever shown it."""

import pytest

from courses.models import Change, Enrollment
from grader.models import Note, Watch
from tests.grader.dashboard.conftest import DAY, NOW, hand_in


@pytest.fixture
def address(session):
    return f"/teaching/{session.pk}/watch/"


@pytest.fixture
def staff(client, people):
    client.force_login(people["asa"])
    return client


def test_staff_put_a_student_on_the_list_once_and_take_them_off(staff, address, session, people):
    for _ in range(2):
        assert staff.post(address, {"student": people["ann"].pk}).status_code == 302
    assert Watch.objects.get().added_by == people["asa"]
    page = staff.get(address).content.decode()
    assert "Not at risk by the figures." in page
    assert "Put here by Asa, November 26, 2026, 10:00 AM (New York)" in page
    end = f"{address}{people['ann'].pk}/end/"
    assert staff.post(end).status_code == 302
    assert staff.post(end).status_code == 404
    assert not Watch.objects.current().exists()
    assert staff.post(address, {"student": people["ann"].pk}).status_code == 302
    assert Watch.objects.count() == 2
    said = Change.objects.filter(session=session).order_by("pk").values_list("actor__name", "what")
    put = ("Asa", "put Ann on the watch list")
    assert list(said) == [put, ("Asa", "took Ann off the watch list"), put]


def test_a_note_is_kept_with_its_author_and_the_trail_does_not_tell_it(staff, address, people):
    assert staff.post(f"{address}{people['ben'].pk}/note/", {"text": "Was ill <b>in</b> October."}).status_code == 302
    note = Note.objects.get()
    assert (note.student, note.author, note.written_at) == (people["ben"], people["asa"], NOW)
    assert "Was ill &lt;b&gt;in&lt;/b&gt; October." in staff.get(address).content.decode()
    assert Change.objects.get().what == "wrote a note about Ben"
    assert "ill" not in str(Change.objects.get().values)


def test_what_was_typed_is_kept_where_a_note_or_a_student_is_refused(staff, address, people):
    long = "x" * 2001
    refused = staff.post(f"{address}{people['ben'].pk}/note/", {"text": long})
    assert refused.status_code == 400
    empty = staff.post(f"{address}{people['ben'].pk}/note/", {"text": " "})
    assert empty.status_code == 400
    # Nobody was on the list: what was typed stands by the student all the same.
    assert long in refused.content.decode()
    assert "Write the note first." in empty.content.decode()
    not_here = staff.post(address, {"student": people["sam"].pk})
    assert not_here.status_code == 400
    assert "This is no student of the session." in not_here.content.decode()
    assert staff.post(f"{address}{people['sam'].pk}/note/", {"text": "x"}).status_code == 404
    assert not Note.objects.exists()


def test_the_figures_put_students_on_it_and_most_reasons_stand_first(
    staff, address, session, people, assign, exercise, second
):
    assign(exercise, NOW - DAY)
    assign(second, NOW - DAY)
    hand_in(people["ann"], exercise, NOW - 2 * DAY, 10)
    hand_in(people["ann"], second, NOW - 2 * DAY, 10)
    hand_in(people["cleo"], exercise, NOW - 2 * DAY, 1)
    hand_in(people["cleo"], second, NOW - 2 * DAY, 1)
    listed = staff.get(address).context["page"]
    assert [(row.student.name, len(row.standing.reasons)) for row in listed] == [("Ben", 2), ("Cleo", 1)]
    file = staff.get(f"{address}?csv=1").content.decode()
    assert "Nothing handed in for 28 days, though 2 assignments are open." in file
    assert "The running total is 10\u00a0%, below 50\u00a0%." in file


def test_who_left_stays_where_somebody_wrote_about_them(staff, address, session, people):
    staff.post(f"{address}{people['ben'].pk}/note/", {"text": "Will come back."})
    Enrollment.objects.filter(user=people["ben"]).update(withdrawn_at=NOW)
    page = staff.get(address).content.decode()
    assert "Has no seat in this session any more." in page
    assert "Will come back." in page
    assert staff.post(f"{address}{people['ben'].pk}/note/", {"text": "Came back."}).status_code == 302


def test_programs_do_the_same(staff, session, people):
    address = f"/api/v1/sessions/{session.pk}/watch/"
    ann = people["ann"].pk
    assert staff.post(address, {"student": ann}).status_code == 201
    assert staff.post(f"{address}{ann}/notes/", {"text": "Ask her."}).json()["author"] == "asa@example.org"
    [row] = staff.get(address).json()["results"]
    assert (row["student"], row["reasons"], row["watched_by"]) == (ann, [], "asa@example.org")
    assert [note["text"] for note in row["notes"]] == ["Ask her."]
    assert staff.delete(f"{address}{ann}/").status_code == 204
    assert staff.delete(f"{address}{ann}/").status_code == 404
    assert staff.post(f"{address}{ann}/notes/", {"text": ""}).status_code == 400
    assert staff.post(address, {"student": people["sam"].pk}).status_code == 400
    assert Change.objects.count() == 3


def test_no_page_and_no_program_of_the_student_tells_of_it(client, session, people, exercise):
    """Nor that they are at risk: looked for wherever a student of the session gets."""
    ann = people["ann"]
    Watch.objects.create(session=session, student=ann, added_by=people["ida"])
    Note.objects.create(session=session, student=ann, text="A secret note.", author=people["ida"])
    session.assignments.create(exercise=exercise, due_at=NOW - DAY)
    one = hand_in(ann, exercise, NOW - 2 * DAY, 1)
    client.force_login(ann)
    pages = ["/", session.get_absolute_url(), "/profile/", one.get_absolute_url(), "/submissions/", "/grades/"]
    api = ["enrollments", "sessions", f"sessions/{session.pk}", "submissions", f"submissions/{one.pk}", "attendance"]
    for address in [*pages, *(f"/api/v1/{name}/" for name in api)]:
        answer = client.get(address, follow=True)
        text = answer.content.decode()
        assert "secret" not in text
        assert "atch list" not in text
        assert "below 50 %" not in text.replace("\u00a0", " ")
    hidden = [f"/teaching/{session.pk}/{name}/" for name in ("watch", "figures")]
    hidden += [f"/api/v1/sessions/{session.pk}/{name}/" for name in ("watch", "figures")]
    hidden += ["/dashboard/students/", "/dashboard/students/at-risk/", "/dashboard/grading/"]
    assert {client.get(address).status_code for address in hidden} == {404}
