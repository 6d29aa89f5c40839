"""The gradebook's pages and API: who sees what, overrides that meet, posting, CSV out and in, mails."""

import csv
import datetime
import io
import itertools
import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import Change, Enrollment, Mail
from grader.gradebook.book import Book
from grader.gradebook.cells.deciding import Decision, Stale, decide
from grader.gradebook.corrections.notices import correcting
from grader.models import Assignment, Correction, Override, Scheme, Submission
from grader.results import CheckResult, Report
from tests.grader.gradebook.conftest import person
from tests.grader.gradebook.test_book import hand_in, new_exercise

DAY = datetime.timedelta(days=1)
JSON = {"HTTP_ACCEPT": "application/json"}
numbers = itertools.count(1)


@pytest.fixture
def teaching(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def reading(student):
    client = Client()
    client.force_login(student)
    return client


@pytest.fixture
def second(session, exercise):
    """Another assignment, of 20, whose scores are hidden until they are posted."""
    return Assignment.objects.create(session=session, exercise=new_exercise(exercise, points=20), hidden=True, weight=3)


def address(name, session, *more):
    return reverse(f"gradebook_{name}" if name else "gradebook", args=[session.pk, *more])


def cell(assignment, student):
    return address("cell", assignment.session, assignment.pk, student.pk)


def page(client, where, status=200, **asked):
    response = client.get(where, asked)
    assert response.status_code == status
    return response.content.decode()


def lines_in(shown):
    """Whose lines the grid has, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', shown)


def override(assignment, student, by, points, of=10, **values):
    return Override.objects.create(assignment=assignment, student=student, points=points, of=of, by=by, **values)


# --- the grid ------------------------------------------------------------------------------------------


def test_the_grid_shows_scores_with_what_is_to_say_about_them(
    teaching, session, student, other, assignment, second, instructor
):
    Assignment.objects.filter(pk=assignment.pk).update(due_at=timezone.now() - 3 * DAY, late_days=2)
    hand_in(student, assignment.exercise, 10, at=timezone.now() - 1.5 * DAY)
    hand_in(other, second.exercise)
    override(second, student, instructor, 15, of=20)
    shown = page(teaching, address("", session))
    assert ">8<small" in shown  # 10 less 20 %
    for word in ("◷ 2 d late", "✗ missing", "… being graded", "✎ set by staff", "◐ not posted"):
        assert word in shown
    assert "76.2 %" in shown  # (80 + 3 * 75) / 4
    assert f'href="{second.pk}/{student.pk}/" data-seen="' in shown


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({}, ["Other", "Student"]),
        ({"sort": "-name"}, ["Student", "Other"]),
        ({"sort": "total"}, ["Student", "Other"]),
        ({"sort": "-total"}, ["Other", "Student"]),
        ({"q": "STUD"}, ["Student"]),
        ({"sign": "overridden"}, ["Other"]),
        ({"sign": "late"}, []),
        ({"q": "nobody"}, []),
        # What is no choice counts as not chosen.
        ({"sort": "a999", "sign": "x"}, ["Other", "Student"]),
    ],
)
def test_the_grid_is_filtered_and_sorted(teaching, session, student, other, assignment, instructor, asked, order):
    hand_in(student, assignment.exercise, 3)
    override(assignment, other, instructor, 9)
    shown = page(teaching, address("", session), **asked)
    assert lines_in(shown) == order
    if not order:
        assert "No student here has such a score" in shown
    assert lines_in(page(teaching, address("", session), sort=f"a{assignment.pk}")) == ["Student", "Other"]


def test_who_left_is_shown_on_demand(teaching, session, student, assignment):
    hand_in(student, assignment.exercise, 3, at=timezone.now() - DAY)
    Enrollment.objects.update(withdrawn_at=timezone.now())
    assert lines_in(page(teaching, address("", session))) == []
    assert ">Student</a><small>left</small>" in page(teaching, address("", session), left="on")


def test_empty_books_say_what_will_be_there(teaching, session, assistant):
    for name, words in (
        ("", "a column for each assignment"),
        ("statistics", "will be here"),
        ("post", "will be here"),
        ("total", "will be here"),
    ):
        assert words in page(teaching, address(name, session))
    client = Client()
    client.force_login(assistant)
    assert "Assign an exercise" not in page(client, address("", session))


def test_a_book_without_students_or_weights_says_so(teaching, session, assignment):
    Assignment.objects.update(weight=0)
    assert "once people are enrolled" in page(teaching, address("", session))
    assert "All assignments have the weight 0" in page(teaching, address("total", session))
    Enrollment.objects.create(user=person("late"), session=session)
    assert "All assignments have the weight 0" in page(teaching, address("", session))
    assert "practice" in page(teaching, address("total", session))


def test_names_are_no_markup(teaching, session, student, assignment):
    student.name = "<script>alert(1)</script>"
    student.save()
    assert "<script>alert" not in page(teaching, address("", session))


def test_pages_ask_as_often_for_many_as_for_few(teaching, session, student, assignment, exercise, instructor, reading):
    def grow():
        user = person(f"more-{next(numbers)}")
        Enrollment.objects.create(user=user, session=session)
        one = Assignment.objects.create(session=session, exercise=new_exercise(exercise), hidden=True)
        for each in (user, student):
            hand_in(each, one.exercise, 5, hidden=1, hidden_of=2)
            override(one, each, instructor, 1)

    def counts():
        where = {name: address(name, session) for name in ("", "statistics", "export", "total")}
        where["post"] = f"{address('post', session)}?assignment={assignment.pk}"
        where["student"] = address("student", session, student.pk)
        where["api"] = f"/api/v1/gradebook/?session={session.pk}"
        of_session = f"/api/v1/sessions/{session.pk}"
        for name in ("statistics", "scheme", "sheet", "turnout", f"grades/{student.pk}"):
            where[f"api {name}"] = f"{of_session}/{name}/"
        where["api preview"] = f"/api/v1/gradebook/preview/?session={session.pk}"
        where["api cell"] = f"/api/v1/gradebook/{assignment.pk}/{student.pk}/"
        where["api by score"] = f"{where['api']}&sort=-total&sign=overridden"
        found = {}
        for name, each in [*where.items(), ("mine", reverse("my_grades"))]:
            with CaptureQueriesContext(connection) as asked:
                assert (reading if name == "mine" else teaching).get(each).status_code == 200
            found[name] = len(asked)
        return found

    grow()
    counts()
    few = counts()
    for _ in range(3):
        grow()
    assert counts() == few
    assert few[""] <= 26


# --- a cell, and two people on it -------------------------------------------------------------------------


def test_a_cell_says_how_its_score_came_about(teaching, student, assignment, instructor):
    Assignment.objects.update(due_at=timezone.now() - 3 * DAY, late_days=2, attempts=2)
    for days, marks in ((4, 2), (1.5, 10), (1.2, 10), (0.5, 10)):
        hand_in(student, assignment.exercise, marks, at=timezone.now() - days * DAY)
    shown = page(teaching, cell(assignment, student))
    for words in (
        "The best of the first 2 submissions counts.", "It came 2 days late, less 20 % of the marks: 8 marks are left.",
        "✓ This one counts.", "Another one counts.", "Only the first 2 count.", "when work did not count any more",
    ):  # fmt: skip
        assert words in shown


def test_a_score_is_set_by_form_noted_and_taken_back(teaching, student, assignment, instructor):
    hand_in(student, assignment.exercise, 4)
    assert (
        teaching.post(
            cell(assignment, student), {"points": "85 %", "reason": "Shown in class", "seen": "0"}
        ).status_code
        == 302
    )
    given = Override.objects.get()
    assert (given.points, given.of, given.by, given.reason) == (8.5, 10, instructor, "Shown in class")
    noted = Change.objects.get()
    assert noted.what == "set a score of Student for “Back-propagation”"
    assert noted.values == {"score": ["4", "8.5"], "reason": [None, "Shown in class"]}
    shown = page(teaching, cell(assignment, student))
    assert "Instructor set 8.5 of 10" in shown
    teaching.post(cell(assignment, student), {"points": "", "seen": given.pk})
    assert Book(assignment.session, [student]).score(assignment, student).percent == 40
    shown = page(teaching, cell(assignment, student))
    assert "took back what was set" in shown
    assert "Instructor set 8.5 of 10" in shown


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("11", "above full marks, which are 10"), ("101 %", "above full marks"), ("-1", "is no score"), ("x", "is no score"),
        ("NaN", "is no score"), ("1e1", "is no score"), ("1,2,3", "is no score"), ("٣", "is no score"), ("9" * 30, "is no score"),
    ],
)  # fmt: skip
def test_what_is_no_score_is_refused_and_kept(teaching, student, assignment, typed, words):
    for how in ({}, JSON):
        response = teaching.post(cell(assignment, student), {"points": typed, "seen": "0", "reason": "Kept"}, **how)
        assert response.status_code == 400
        assert words in (response.json()["said"] if how else response.content.decode())
    page = teaching.post(cell(assignment, student), {"points": typed, "seen": "0", "reason": "Kept"}).content.decode()
    assert f'value="{typed}"' in page
    assert 'value="Kept"' in page
    assert not Override.objects.exists()


def test_the_script_saves_at_the_same_address_and_gets_the_cell_anew(teaching, student, assignment):
    told = teaching.post(cell(assignment, student), {"points": "7,5", "seen": "0"}, **JSON).json()
    assert (told["points"], told["total"], told["seen"]) == ("7.5", "75.0 %", Override.objects.get().pk)
    assert told["html"].startswith(f'<a href="{assignment.pk}/{student.pk}/" data-seen="{told["seen"]}">7.5<small')
    assert "is set to 7.5 of 10" in told["said"]


def test_of_two_people_on_one_cell_the_later_is_told_what_the_first_wrote(teaching, student, assignment, assistant):
    first = override(assignment, student, assistant, 3)
    refused = teaching.post(cell(assignment, student), {"points": "9", "seen": "0", "reason": "Mine"})
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "Assistant set it to 3 of 10" in shown
    assert 'value="9"' in shown
    assert 'value="Mine"' in shown
    assert f'name="seen" value="{first.pk}"' in shown
    by_script = teaching.post(cell(assignment, student), {"points": "9", "seen": "0"}, **JSON)
    assert (by_script.status_code, by_script.json()["seen"]) == (409, first.pk)
    assert Override.objects.count() == 1
    # Having seen it, they may have theirs.
    assert teaching.post(cell(assignment, student), {"points": "9", "seen": first.pk}).status_code == 302
    assert Override.objects.last().points == 9


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(session, student, assignment, instructor):
    start, done = threading.Barrier(2), []

    def set_score(points):
        start.wait()
        try:
            decide(session, [Decision(assignment, student, points, 0)], instructor)
            done.append("set")
        except Stale:
            done.append("told")
        finally:
            connection.close()

    both = [threading.Thread(target=set_score, args=[points]) for points in (3, 9)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(done) == ["set", "told"]
    assert Override.objects.count() == 1


def test_assistants_set_scores_and_neither_post_nor_import(client, session, student, assignment, assistant, stranger):
    client.force_login(assistant)
    assert client.post(cell(assignment, student), {"points": "9", "seen": "0"}).status_code == 302
    shown = page(client, address("", session))
    for name in ("post", "import", "total"):
        assert address(name, session) not in shown
        assert client.get(address(name, session)).status_code == 404
        assert client.post(address(name, session), {"assignment": assignment.pk}).status_code == 404
    client.force_login(stranger)
    for name in ("", "statistics", "export", "post", "import", "total"):
        assert client.get(address(name, session)).status_code == 404
    assert client.post(cell(assignment, student), {"points": "1", "seen": "0"}).status_code == 404


# --- posting ------------------------------------------------------------------------------------------


def test_scores_are_previewed_posted_in_one_mail_and_hidden_again(
    teaching, session, student, other, assignment, second, reading
):
    Assignment.objects.update(hidden=True)
    hand_in(student, assignment.exercise, 8)
    hand_in(student, second.exercise, 5, hidden=10, hidden_of=10)
    hand_in(other, second.exercise)
    both = {"assignment": [assignment.pk, second.pk]}
    mine = reverse("my_grades")
    assert page(reading, mine).count("Not posted yet") == 2
    preview = page(teaching, address("post", session), **both)
    # As students see it: without the hidden check, of which the examiner knows.
    for words in ("8 of 10 (80\u00a0%)", "5 of 10 (50\u00a0%)", "1 work being graded", "Being graded"):
        assert words in preview
    assert not Mail.objects.exists()
    teaching.post(address("post", session), {**both, "do": "post"})
    mails = {mail.person: mail for mail in Mail.objects.all()}
    assert set(mails) == {student, other}
    assert mails[student].kind == "grades"
    assert "Back-propagation: 8 of 10 (80 %)" in mails[student].text
    assert reverse("my_session_grades", args=[session.pk]) in mails[student].text
    assert "8 of 10 (80\u00a0%)" in page(reading, mine)
    # Once more posts nothing and writes to nobody.
    teaching.post(address("post", session), {**both, "do": "post"})
    assert Mail.objects.count() == 2
    teaching.post(address("post", session), {"assignment": assignment.pk, "do": "hide"})
    assert "8 of 10" not in page(reading, mine)
    assert [change.what for change in Change.objects.order_by("pk")] == [
        f"posted scores of “{assignment}”, “{second}”", f"hid scores of “{assignment}”",
    ]  # fmt: skip


def test_nothing_ticked_posts_nothing(teaching, session, second):
    shown = teaching.post(address("post", session), {"do": "post"}, follow=True).content.decode()
    assert "Tick the assignments" in shown
    asked = teaching.get(address("post", session), {"show": "1"})
    assert (asked.status_code, "Tick the assignments" in asked.content.decode()) == (400, True)
    assert Assignment.objects.unposted().get() == second


def test_who_wants_no_such_mail_gets_none(teaching, session, student, second):
    student.muted = ["grades"]
    student.save()
    hand_in(student, second.exercise, 8)
    teaching.post(address("post", session), {"assignment": second.pk, "do": "post"})
    assert not Mail.objects.exists()


# --- changes of what students have seen ----------------------------------------------------------------------


def regrade(submission, points, hidden=None):
    """Have a worker grade it again, with this outcome."""
    submission.ask_regrade("the exercise has changed")
    Submission.objects.filter(pk=submission.pk).update(status="running", attempt=2, lease_until=timezone.now() + DAY)
    checks = [CheckResult("Open", points, 10, points == 10)]
    if hidden is not None:
        checks.append(CheckResult("Hidden", hidden, 10, hidden == 10, visibility="hidden"))
    earned, full = (sum(getattr(check, name) for check in checks) for name in ("points", "max_points"))
    report = Report("backpropagation", "2", 1, "ok", earned, full, tuple(checks))
    assert Submission.objects.get(pk=submission.pk).record(report)


def test_a_regrade_that_changes_a_posted_score_is_told_with_before_after_and_why(
    teaching, session, student, assignment, reading
):
    submission = hand_in(student, assignment.exercise, 4)
    regrade(submission, 9)
    told = Mail.objects.get()
    for words in ("Back-propagation: it was 40 %, and is 90 % now.", "It was graded again: the exercise has changed"):
        assert words in told.text
    kept = Correction.objects.get()
    assert (kept.before, kept.after, kept.by) == (40, 90, None)
    assert "↻ changed" in page(teaching, address("", session))
    assert "40\u00a0% → 90\u00a0%" in page(reading, reverse("my_grades"))


@pytest.mark.parametrize("why", ["same marks", "hidden", "not posted", "overridden", "a better one counts", "muted"])
def test_a_regrade_that_changes_nothing_they_see_is_not_told(student, assignment, instructor, why):
    submission = hand_in(student, assignment.exercise, 4, at=timezone.now() - DAY)
    if why == "not posted":
        Assignment.objects.update(hidden=True)
    elif why == "overridden":
        override(assignment, student, instructor, 7)
    elif why == "a better one counts":
        hand_in(student, assignment.exercise, 10)
    elif why == "muted":
        student.muted = ["grades"]
        student.save()
    regrade(submission, 4 if why in ("same marks", "hidden") else 9, hidden=10 if why == "hidden" else None)
    assert not Mail.objects.exists()
    assert Correction.objects.exists() == (why == "muted")


def test_a_regrade_is_told_in_each_session_in_which_it_changes_a_score(student, assignment, new_session, enroll):
    second = new_session("second")
    enroll(student, second)
    Assignment.objects.create(session=second, exercise=assignment.exercise)
    regrade(hand_in(student, assignment.exercise, 4), 9)
    told = Correction.objects.values_list("assignment__session", "before", "after")
    assert set(told) == {(assignment.session_id, 40, 90), (second.pk, 40, 90)}
    assert Mail.objects.count() == 2


def test_an_override_of_a_posted_score_is_told_and_one_of_a_hidden_score_is_not(teaching, student, assignment, second):
    hand_in(student, assignment.exercise, 4)
    hand_in(student, second.exercise, 4)
    teaching.post(cell(second, student), {"points": "20", "seen": "0", "reason": "Hidden"})
    assert not Mail.objects.exists()
    teaching.post(cell(assignment, student), {"points": "9", "seen": "0", "reason": "You *showed* it"})
    assert "it was 40 %, and is 90 % now. You *showed* it" in Mail.objects.get().text
    teaching.post(cell(assignment, student), {"points": "", "seen": Override.objects.latest("pk").pk})
    assert "it was 90 %, and is 40 % now." in Mail.objects.first().text


def test_many_changes_are_told_each_student_in_one_mail(session, student, other, assignment, exercise, instructor):
    more = Assignment.objects.create(session=session, exercise=new_exercise(exercise))
    for one in (assignment, more):
        hand_in(student, one.exercise, 4)
    with correcting(session, [student, other], [assignment.pk, more.pk], "Why", instructor):
        Override.objects.bulk_create(
            Override(assignment=one, student=student, points=5, of=10, by=instructor) for one in (assignment, more)
        )
    assert Mail.objects.get().subject == "[Gradus] 2 of your scores changed"
    assert Correction.objects.count() == 2


# --- the student's page -------------------------------------------------------------------------------------


def test_students_read_how_their_total_is_made(reading, session, student, assignment, exercise, instructor):
    more = [
        Assignment.objects.create(session=session, exercise=new_exercise(exercise), weight=weight)
        for weight in (1, 2, 0)
    ]
    for one, marks in zip((assignment, *more), (9, 2, 6, 1), strict=True):
        hand_in(student, one.exercise, marks, hidden=0, hidden_of=2)
    Scheme.objects.create(session=session, drop_lowest=1)
    shown = page(reading, reverse("my_grades"))
    assert "70.0 %" in shown  # (90 + 2 * 60) / 3
    assert "that of 2 scores, each by the weight of its assignment; the lowest score is left out." in shown
    for words in ("↓ dropped", "practice", "so far, without 1 hidden check", "33.3 %", "30.0 %", "40.0 %"):
        assert words in shown


def test_students_read_what_lateness_cost_and_why_staff_decided(
    reading, student, other, assignment, second, instructor
):
    Assignment.objects.update(due_at=timezone.now() - 3 * DAY, hidden=False)
    hand_in(student, assignment.exercise, 10, at=timezone.now() - 1.5 * DAY)
    override(second, student, instructor, 15, of=20, reason="Well argued")
    shown = page(reading, reverse("my_grades"))
    for words in (
        "8 of 10 (80\u00a0%)",
        "◷ 2 days late, less 20 % of the marks",
        "✎ set by staff",
        "15 of 20",
        "Well argued",
    ):
        assert words in shown
    assert "Other" not in shown


def test_a_students_pages_are_those_of_their_own_sessions(reading, session, new_session, assignment, student, enroll):
    elsewhere = new_session("other-one")
    assert reading.get(reverse("my_session_grades", args=[elsewhere.pk])).status_code == 404
    enroll(student, elsewhere)
    assert "Scores will be here" in page(reading, reverse("my_session_grades", args=[elsewhere.pk]))
    client = Client()
    client.force_login(person("nobody"))
    assert "once you are enrolled" in page(client, reverse("my_grades"))


def test_who_moved_here_sees_former_work_counted(reading, session, new_session, student, assignment):
    Enrollment.objects.create(user=student, session=new_session("former"), withdrawn_at=timezone.now(), ending="moved")
    Assignment.objects.update(opens_at=timezone.now() - DAY)
    hand_in(student, assignment.exercise, 9, at=timezone.now() - 2 * DAY)
    shown = page(reading, reverse("my_grades"))
    assert "90\u00a0%" in shown
    assert "before moving here counts" in shown


def test_staff_see_a_students_page_as_the_student_does(teaching, session, student, assignment, second):
    hand_in(student, second.exercise, 8)
    shown = page(teaching, address("student", session, student.pk))
    assert "as Student sees it" in shown
    assert "Not posted yet" in shown
    assert "8 of 20" not in shown


# --- CSV ------------------------------------------------------------------------------------------------


def exported(client, session):
    response = client.get(address("export", session))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return response.content.decode("utf-8-sig")


def rows_in(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def written(rows, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def sent(client, session, text, status=200, **more):
    """The preview of a file."""
    file = SimpleUploadedFile("scores.csv", text.encode(), "text/csv")
    response = client.post(address("import", session), {"file": file, **more})
    assert response.status_code == status
    return response


def confirm(client, session, preview, **more):
    form = {"sheet": preview.context["text"], "token": preview.context["found"].token, "confirm": "1", **more}
    return client.post(address("import", session), form)


def problems(preview):
    return [(one.row, one.reason) for one in preview.context["found"].problems]


@pytest.fixture
def sheet(teaching, session, student, other, assignment, second):
    """Other has 4 of 10 and nothing, Student 7 of 10 and 15 of 20: the file's rows."""
    for who, one, marks in ((other, assignment, 4), (student, assignment, 7), (student, second, 7.5)):
        hand_in(who, one.exercise, marks)
    return rows_in(exported(teaching, session))


def test_scores_go_out_with_the_keys_by_which_they_come_back(sheet, assignment, second):
    head, other, student = sheet
    assert head[:4] == [
        "Name",
        "E-mail",
        f"Back-propagation [{assignment.pk}] (of 10)",
        f"{second} [{second.pk}] (of 20)",
    ]
    assert other[:5] == ["Other", "other@example.org", "4", "", "40.0"]
    assert student[:5] == ["Student", "student@example.org", "7", "15", "73.8"]


def test_a_round_trip_without_a_change_changes_nothing(teaching, session, sheet):
    for text in (exported(teaching, session), written(sheet), written(sheet, ";")):
        preview = sent(teaching, session, text)
        assert preview.context["found"].changes == []
        assert problems(preview) == []
        assert confirm(teaching, session, preview).status_code == 409
    assert not Override.objects.exists()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_only_edited_scores_are_set_and_none_before_it_is_confirmed(
    teaching, session, sheet, other, instructor, delimiter
):
    sheet[1][2], sheet[1][3], sheet[1][0] = "5,5", "50 %", "Renamed"
    preview = sent(teaching, session, written(sheet, delimiter))
    shown = preview.content.decode()
    assert "2 scores change." in shown
    assert not Override.objects.exists()
    assert confirm(teaching, session, preview, reason="From the exam").status_code == 302
    found = {(one.student, float(one.points), float(one.of), one.reason) for one in Override.objects.all()}
    assert found == {(other, 5.5, 10, "From the exam"), (other, 10, 20, "From the exam")}
    assert Change.objects.get().values["other@example.org, Back-propagation"] == ["4", "5.5"]
    # Of the one that is posted the student is told.
    assert Mail.objects.get().person == other
    assert sent(teaching, session, exported(teaching, session)).context["found"].changes == []


def test_an_emptied_cell_takes_an_override_back(teaching, session, student, assignment, instructor, sheet):
    override(assignment, student, instructor, 9)
    rows = rows_in(exported(teaching, session))
    rows[2][2] = ""
    preview = sent(teaching, session, written(rows))
    assert "the examiner’s" in preview.content.decode()
    confirm(teaching, session, preview)
    assert Book(session, [student]).score(assignment, student).percent == 70


def test_what_cannot_be_taken_is_told_by_row_and_column(teaching, session, sheet, stranger, second):
    head, other, student = sheet
    head += ["Remarks", "Gone [999999] (of 5)", head[2]]
    other[2], student[2], student[3] = "x", "", "21"
    rows = [
        head,
        other,
        student,
        ["", "other@example.org"],
        ["", ""],
        ["", "who@example.org", "1"],
        ["", "stranger@example.org", "1"],
        ["Nobody", "", "3"],
    ]
    preview = sent(teaching, session, written(rows))
    told = problems(preview)
    for row, words in [
        (1, "not known here"), (1, "no such assignment"), (1, "has a column already"), (2, "“x” is no score"),
        (3, "cannot be emptied"), (3, "21 is above full marks, which are 20"), (4, "is in row 2 already"),
        (6, "Nobody has the address who@example.org"), (7, "stranger@example.org has no seat in this session"),
        (8, "no e-mail address"),
    ]:  # fmt: skip
        assert any(each == row and words in reason for each, reason in told), (row, words)
    assert len(told) == 10
    assert preview.context["found"].changes == []


def test_full_marks_that_have_changed_leave_a_column_out(teaching, session, sheet, assignment):
    sheet[0][2] = sheet[0][2].replace("of 10", "of 12")
    sheet[1][2] = "5"
    preview = sent(teaching, session, written(sheet))
    assert problems(preview) == [(1, "Full marks are 10 by now. Download the file anew; the column is left out.")]


def test_a_score_that_somebody_changed_since_the_download_is_not_overwritten(
    teaching, session, sheet, other, assignment, assistant
):
    sheet[1][2] = "5"
    override(assignment, other, assistant, 9)
    preview = sent(teaching, session, written(sheet))
    [(row, reason)] = problems(preview)
    assert (row, reason) == (
        2,
        "It was 4 points when the file was downloaded, and is 9 points by now. Download the file anew.",
    )
    # Who has not touched that cell does not bring its old score back.
    sheet[1][2] = "4"
    assert sent(teaching, session, written(sheet)).context["found"].changes == []


def test_what_changes_between_looking_and_confirming_is_looked_at_again(
    teaching, session, sheet, other, assignment, assistant
):
    sheet[1][2] = "5"
    for row in sheet:
        del row[-1]
    preview = sent(teaching, session, written(sheet))
    override(assignment, other, assistant, 9)
    again = confirm(teaching, session, preview)
    assert again.status_code == 409
    assert "Scores have changed since you looked at this" in again.content.decode()
    assert [(one.before, float(one.after)) for one in again.context["found"].changes] == [(9, 5)]
    assert Override.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The submitted file is empty"), ("name,points\nA,1\n", "among them “E-mail”"),
        ("E-mail\n\"x", "cannot be read"), ("E-mail\0\n", "zero byte"),
    ],
)  # fmt: skip
def test_files_that_are_none_are_refused(teaching, session, assignment, text, words):
    assert words in sent(teaching, session, text, 400).content.decode().replace("&quot;", '"')


def test_no_name_is_a_formula_in_a_spreadsheet(teaching, session, student, assignment):
    student.name = '=HYPERLINK("http://x")'
    student.save()
    assert rows_in(exported(teaching, session))[1][0] == '\'=HYPERLINK("http://x")'


# --- the total and figures -----------------------------------------------------------------------------------


def test_dropping_the_lowest_is_set_noted_and_explained(teaching, session, student, assignment):
    for typed in ("-1", "x", "101"):
        assert teaching.post(address("total", session), {"drop_lowest": typed}).status_code == 400
    teaching.post(address("total", session), {"drop_lowest": "2"})
    assert Scheme.objects.get().drop_lowest == 2
    assert Change.objects.get().values == {"drop_lowest": [0, 2]}
    assert "Of each student the 2 lowest scores are left out" in page(teaching, address("", session))


def test_statistics_tell_how_scores_are_distributed(teaching, session, student, other, assignment, second):
    Assignment.objects.filter(pk=second.pk).update(due_at=timezone.now() - 30 * DAY)
    hand_in(student, assignment.exercise, 4)
    hand_in(other, assignment.exercise, 9)
    shown = page(teaching, address("statistics", session))
    for words in (
        "2 students have a score: the middle one is 65\u00a0%, half of them between 52.5\u00a0% and 77.5\u00a0%.",
        "65\u00a0%",
    ):
        assert words in shown
    assert '<td class="number">2</td><td class="number">0</td><td class="number">0</td></tr>' in shown  # Missing.
    assert shown.count("<svg") == 3


# --- the API ----------------------------------------------------------------------------------------------


def test_programs_read_rows_of_staff_and_ones_own(
    teaching, reading, session, student, other, assignment, second, stranger
):
    hand_in(student, assignment.exercise, 8, hidden=0, hidden_of=10)
    hand_in(student, second.exercise, 5)
    where = f"/api/v1/gradebook/?session={session.pk}"
    rows = {row["student"]: row for row in teaching.get(where).json()["results"]}
    assert set(rows) == {student.pk, other.pk}
    first, hidden = rows[student.pk]["scores"]
    assert (first["percent"], first["points"], first["full"], hidden["percent"]) == (40, 4, 10, 50)
    [own] = reading.get(where).json()["results"]
    assert own["student"] == student.pk
    assert [(one["percent"], one["state"]) for one in own["scores"]] == [(80, "scored"), (None, "unposted")]
    assert own["scores"][0]["hidden_checks"] is True
    client = Client()
    client.force_login(stranger)
    assert client.get(where).status_code == 404
    assert client.get("/api/v1/gradebook/").status_code == 400


def test_programs_set_scores_and_are_told_of_others(teaching, reading, student, assignment, assistant):
    where, given = "/api/v1/overrides/", {"assignment": assignment.pk, "student": student.pk, "points": "7", "seen": 0}
    made = teaching.post(where, given)
    assert (made.status_code, made.json()["of"]) == (201, "10.00")
    refused = teaching.post(where, given)
    assert (refused.status_code, refused.json()["latest"]["id"]) == (409, made.json()["id"])
    for wrong in ({"points": "11"}, {"points": "-1"}, {"student": assistant.pk}, {"seen": ""}, {"assignment": 999}):
        assert teaching.post(where, {**given, "seen": made.json()["id"], **wrong}).status_code == 400
    back = teaching.post(where, {**given, "points": None, "seen": made.json()["id"]}, "application/json")
    assert (back.status_code, back.json()["points"]) == (201, None)
    assert [one["points"] for one in teaching.get(where).json()["results"]] == [None, "7.00"]
    assert reading.get(where).json()["results"] == []
    assert reading.post(where, given).status_code == 400


def test_programs_post_and_hide(teaching, reading, session, student, second, assistant):
    given = {"session": session.pk, "assignments": [second.pk]}
    assert teaching.post("/api/v1/gradebook/post/", given).json() == {"assignments": [second.pk]}
    assert teaching.post("/api/v1/gradebook/post/", given).json() == {"assignments": []}
    assert teaching.post("/api/v1/gradebook/hide/", given).json() == {"assignments": [second.pk]}
    assert Assignment.objects.unposted().get() == second
    assert teaching.post("/api/v1/gradebook/post/", {**given, "assignments": [999]}).status_code == 400
    client = Client()
    client.force_login(assistant)
    assert client.post("/api/v1/gradebook/post/", given).status_code == 400
    assert reading.post("/api/v1/gradebook/post/", given).status_code == 400
