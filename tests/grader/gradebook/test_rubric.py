"""Rubrics: written by those who teach, read by students beforehand, marked by all staff, with marks once posted."""

import datetime
import shutil
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from courses.models import Change, Mail
from grader.errors import ExerciseError
from grader.exercises.folder import OWN, read
from grader.gradebook.book import Book
from grader.gradebook.rubric import writing
from grader.gradebook.rubric.marking import Given, MarkedMeanwhile, mark, seen_of
from grader.models import Assignment, Correction, Criterion, Exercise, Mark
from tests.grader.gradebook.conftest import FULL, graded


@pytest.fixture
def criteria(assignment):
    return [
        Criterion.objects.create(assignment=assignment, position=n, title=title, points=points)
        for n, (title, points) in enumerate({"Clarity": 4, "Report": 6}.items(), 1)
    ]


def address(name, assignment, *more):
    return reverse(name, args=[assignment.session_id, assignment.pk, *more])


def give(criterion, student, by, points, comment="", seen=""):
    mark(criterion.assignment, student, by, {criterion: Given(points and Decimal(points), comment, seen)})


def sent(criteria, *points, seen=None, comment="C"):
    """What the marking page sends."""
    body = {}
    for criterion, given in zip(criteria, points, strict=True):
        body |= {f"points-{criterion.pk}": given, f"comment-{criterion.pk}": comment if given != "" else ""}
        body[f"seen-{criterion.pk}"] = (seen or {}).get(criterion.pk, "")
    return body


# --- writing it ---------------------------------------------------------------------------------------


def test_those_who_teach_add_order_change_and_delete_criteria(client, assignment, instructor):
    client.force_login(instructor)
    where = address("rubric", assignment)
    assert "By what people mark this assignment will be here" in client.get(where).content.decode()
    for title, points in (("Clarity", "4"), ("Report", "5.5")):
        assert client.post(where, {"title": title, "points": points, "description": "*All* of it"}).status_code == 302
    first, second = Criterion.objects.all()
    assert (first.title, first.position, second.points) == ("Clarity", 1, Decimal("5.5"))
    client.post(reverse("criterion_move", args=[second.pk]), {"do": "up"})
    assert [one.title for one in Criterion.objects.all()] == ["Report", "Clarity"]
    client.post(reverse("criterion_edit", args=[first.pk]), {"title": "Clear", "points": "3"})
    client.post(reverse("criterion_delete", args=[second.pk]))
    assert [(one.title, one.points) for one in Criterion.objects.all()] == [("Clear", 3)]
    assert [change.what.split()[0] for change in Change.objects.all()] == [
        "deleted",
        "changed",
        "moved",
        "added",
        "added",
    ]


@pytest.mark.parametrize("points", ["0", "-1", "x", "", "1000000", "NaN", "0.001"])
def test_a_criterion_without_points_is_refused_and_kept(client, assignment, instructor, points):
    client.force_login(instructor)
    response = client.post(address("rubric", assignment), {"title": "Kept", "points": points})
    assert response.status_code == 400
    assert 'value="Kept"' in response.content.decode()
    assert not Criterion.objects.exists()


def test_assistants_read_it_and_change_nothing(client, assignment, criteria, assistant):
    client.force_login(assistant)
    shown = client.get(address("rubric", assignment)).content.decode()
    assert "Clarity" in shown
    assert "Add a criterion" not in shown
    assert client.post(address("rubric", assignment), {"title": "X", "points": "1"}).status_code == 404
    assert client.post(reverse("criterion_delete", args=[criteria[0].pk])).status_code == 404


def test_other_points_for_a_criterion_with_marks_say_what_follows_first(client, criteria, student, instructor):
    give(criteria[0], student, instructor, 4)
    client.force_login(instructor)
    where, body = reverse("criterion_edit", args=[criteria[0].pk]), {"title": "Clarity", "points": "3"}
    asked = client.post(where, body).content.decode()
    assert "1 student has marks by this criterion, of 4 points" in asked
    assert "1 of them is above 3 and counts as 3" in asked
    criteria[0].refresh_from_db()
    assert criteria[0].points == 4
    assert client.post(where, {**body, "sure": "1"}).status_code == 302
    criteria[0].refresh_from_db()
    assert (criteria[0].points, Mark.objects.get().points, Mark.objects.get().counted) == (3, 4, 3)


def test_a_criterion_with_marks_is_deleted_only_once_that_was_said(client, criteria, student, instructor):
    give(criteria[0], student, instructor, 4)
    client.force_login(instructor)
    where = reverse("criterion_delete", args=[criteria[0].pk])
    assert "Delete it with 1 mark<" in client.post(where).content.decode()
    assert client.delete(f"/api/v1/criteria/{criteria[0].pk}/").status_code == 409
    assert Criterion.objects.count() == 2
    client.post(where, {"sure": "1"})
    assert (Criterion.objects.count(), Mark.objects.count()) == (1, 0)


def test_criteria_are_copied_from_another_assignment_of_ones_own(
    client, criteria, instructor, stranger, exercise, session
):
    second = Exercise.objects.create(
        slug="second", version="1", title="Second", lecture=exercise.lecture, points=1, flavor="numpy", wall_seconds=1
    )
    new = Assignment.objects.create(session=session, exercise=second)
    client.force_login(instructor)
    where = address("rubric", new)
    assert client.post(where, {"copy": "1", "source": criteria[0].assignment_id}).status_code == 302
    assert [(one.title, one.points) for one in new.criteria.all()] == [("Clarity", 4), ("Report", 6)]
    elsewhere = Assignment.objects.create(session=stranger.instructor.sessions.get(), exercise=second)
    writing.add(elsewhere, stranger, [Criterion(title="Theirs", points=1)])
    assert client.post(where, {"copy": "1", "source": elsewhere.pk}).status_code == 400
    assert new.criteria.count() == 2


def test_a_rubric_has_so_many_criteria_and_no_more(client, assignment, instructor):
    writing.add(assignment, instructor, [Criterion(title=str(n), points=1) for n in range(30)])
    client.force_login(instructor)
    response = client.post(address("rubric", assignment), {"title": "One more", "points": "1"})
    assert response.status_code == 400
    assert "at most 30 criteria" in response.content.decode()


# --- what a folder brings -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The exercise “own”, a copy of ours, found by EXERCISE_PATHS; its file's end may be written."""
    shutil.copytree(OWN / "forward-pass", tmp_path / "own")
    monkeypatch.setenv("EXERCISE_PATHS", str(tmp_path))
    facts = (tmp_path / "own" / "exercise.toml").read_text()

    def write(text):
        (tmp_path / "own" / "exercise.toml").write_text(f"{facts}\n{text}")
        return tmp_path / "own"

    return write


def test_an_exercise_brings_a_rubric_whose_points_come_beside_its_own(client, folder, exercise, assignment, instructor):
    own = folder(
        '[[rubric]]\ntitle = "Clarity"\npoints = 2.5\n[[rubric]]\ntitle = "Plot"\npoints = 1\ndescription = "*Axes*"\n'
    )
    found = read(own)
    assert [(line.title, line.points, line.description) for line in found.rubric] == [
        ("Clarity", 2.5, ""),
        ("Plot", 1, "*Axes*"),
    ]
    assert found.points == sum(check.points for check in found.checks)
    exercise.slug = "own"
    exercise.save()
    client.force_login(instructor)
    assert "Take the exercise’s own rubric" in client.get(address("rubric", assignment)).content.decode()
    client.post(address("rubric", assignment), {"shipped": "1"})
    assert [(one.title, one.points) for one in assignment.criteria.all()] == [("Clarity", Decimal("2.5")), ("Plot", 1)]
    assert Criterion.from_exercise(Assignment(exercise=Exercise(slug="gone")), instructor) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rubric]]\npoints = 1\n", "needs a title"),
        ('[[rubric]]\ntitle = "T"\npoints = 0\n', "points is 0"),
        ('[[rubric]]\ntitle = "T"\npoints = true\n', "points is True"),
        ('[[rubric]]\ntitle = "T"\npoints = 1\nweight = 2\n', "“weight” is no key"),
        ('[rubric]\ntitle = "T"\n', "expected tables"),
    ],
)
def test_a_rubric_that_a_folder_says_wrongly_is_named(folder, text, said):
    with pytest.raises(ExerciseError, match=said):
        read(folder(text))


# --- marking by it ------------------------------------------------------------------------------------


def test_all_staff_mark_and_the_score_waits_for_the_last_mark(client, assignment, criteria, student, other, assistant):
    graded(student, assignment.exercise, FULL)
    client.force_login(assistant)
    where = address("mark", assignment, student.pk)
    shown = client.get(where).content.decode()
    assert "0 of 2 marked" in shown
    assert "def backprop" in shown
    assert "The examiner’s report: 10 of 10" in shown
    assert client.post(where, sent(criteria, "3", "")).status_code == 302
    assert score_of(assignment, student).state == "unmarked"
    seen = {criteria[0].pk: seen_of(Mark.objects.get())}
    assert client.post(where, {**sent(criteria, "3", "5.5", seen=seen), "next": "1"})["Location"] == address(
        "mark", assignment, other.pk
    )
    found = score_of(assignment, student)
    assert (found.state, found.marks, found.full) == ("scored", 18.5, 20)
    assert "1 of 2 marked" in client.get(where).content.decode()
    assert client.get(address("marks", assignment))["Location"] == address("mark", assignment, other.pk)
    change = Change.objects.filter(what__startswith="marked").first()
    assert (change.actor, change.values) == (assistant, {"Report": [None, "5.5: C"]})


def score_of(assignment, student):
    return Book(assignment.session, [student]).score(assignment, student)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("4.5", "At most 4 points."),
        ("-1", "greater than or equal to 0"),
        ("x", "Enter a number"),
        ("NaN", "Enter a number"),
    ],
)
def test_marks_outside_the_criterion_are_refused_and_kept(
    client, assignment, criteria, student, assistant, points, said
):
    client.force_login(assistant)
    response = client.post(address("mark", assignment, student.pk), sent(criteria, points, "1", comment="Kept"))
    assert response.status_code == 400
    assert said in response.content.decode()
    assert "Kept" in response.content.decode()
    assert not Mark.objects.exists()


def test_a_comment_without_points_is_refused(client, assignment, criteria, student, assistant):
    client.force_login(assistant)
    body = {**sent(criteria, "", ""), f"comment-{criteria[0].pk}": "Kept"}
    response = client.post(address("mark", assignment, student.pk), body)
    assert response.status_code == 400
    assert "Give points as well" in response.content.decode()


def test_of_two_who_mark_one_student_the_second_is_told_and_loses_nothing(
    client, assignment, criteria, student, assistant, instructor
):
    give(criteria[0], student, instructor, 2, "Mine")
    client.force_login(assistant)
    where = address("mark", assignment, student.pk)
    response = client.post(where, sent(criteria, "4", "5", comment="Typed"))
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Instructor marked this work meanwhile" in shown
    assert "Kept meanwhile: 2 by Instructor, “Mine”" in shown
    assert shown.count("Typed") == 2
    assert Mark.objects.get().points == 2
    seen = seen_of(Mark.objects.get())
    assert f'name="seen-{criteria[0].pk}" value="{seen}"' in shown
    assert client.post(where, sent(criteria, "4", "5", seen={criteria[0].pk: seen})).status_code == 302
    assert sorted(Mark.objects.values_list("points", "by")) == [(4, assistant.pk), (5, assistant.pk)]


def test_who_gives_the_same_mark_again_changes_nothing(criteria, student, assistant, instructor):
    give(criteria[0], student, instructor, 2)
    give(criteria[0], student, assistant, 2)
    assert Mark.objects.get().by == instructor


def test_a_student_without_a_seat_is_not_marked(client, assignment, criteria, student, stranger, instructor):
    client.force_login(instructor)
    assert client.get(address("mark", assignment, stranger.pk)).status_code == 404
    student.enrollments.get().end("withdrawn")
    assert client.get(address("mark", assignment, student.pk)).status_code == 404


# --- what students see --------------------------------------------------------------------------------


def test_students_read_the_rubric_beforehand_and_see_marks_once_posted(
    client, assignment, criteria, student, other, instructor
):
    assignment.hidden = True
    assignment.save()
    submission = graded(student, assignment.exercise, FULL)
    give(criteria[0], student, instructor, 3, "Well said")

    def seen_by(person):
        client.force_login(person)
        counts = [client.get(f"/api/v1/{kind}/").json()["count"] for kind in ("criteria", "marks")]
        return counts, "Well said" in client.get(submission.get_absolute_url()).content.decode()

    assert seen_by(student) == ([2, 0], False)
    assert seen_by(instructor) == ([2, 1], True)
    assignment.hidden = False
    assignment.save()
    assert seen_by(student) == ([2, 1], True)
    client.force_login(student)
    assert "Rubric: 3 of 10 points" in client.get(submission.get_absolute_url()).content.decode()
    client.force_login(other)
    assert client.get("/api/v1/marks/").json()["count"] == 0


def test_the_exercises_page_has_the_rubric_of_each_session_without_marks(
    client, assignment, criteria, student, other, instructor, new_session, enroll
):
    page = assignment.exercise.get_absolute_url()
    Criterion.objects.filter(pk=criteria[0].pk).update(description="One *story*")
    give(criteria[0], student, instructor, 3, "Well said")
    second = Assignment.objects.create(session=new_session("second"), exercise=assignment.exercise)
    enroll(other, second.session)
    Criterion.objects.create(assignment=second, position=1, title="Poster", points=1)
    client.force_login(student)
    seen = client.get(page).content.decode()
    assert "<caption>10 points</caption>" in seen
    assert "One <em>story</em>" in seen
    assert "Poster" not in seen
    assert "Well said" not in seen
    client.force_login(other)
    seen = client.get(page).content.decode()
    assert f"<caption>{assignment.session.full_name}: 10 points</caption>" in seen
    assert f"<caption>{second.session.full_name}: 1 point</caption>" in seen
    # Not before the assignment is open; and nobody who has not to do it is told of it.
    Assignment.objects.update(opens_at=timezone.now() + datetime.timedelta(days=1))
    assert "Rubric" not in client.get(page).content.decode()
    Assignment.objects.update(opens_at=None)
    client.force_login(instructor)
    assert "Rubric" not in client.get(page).content.decode()


def test_a_comment_on_marks_is_markdown_and_no_html_wherever_it_stands(
    client, assignment, criteria, student, instructor
):
    graded(student, assignment.exercise, FULL)
    give(criteria[0], student, instructor, 3, "Well *said* <script>alert(1)</script>")
    client.force_login(instructor)
    for name in ("gradebook_cell", "gradebook_student"):
        keys = [assignment.session_id, *([assignment.pk] if name == "gradebook_cell" else []), student.pk]
        seen = client.get(reverse(name, args=keys)).content.decode()
        assert "Well <em>said</em>" in seen
        assert "<script>alert" not in seen


def test_a_mark_that_changes_a_posted_score_is_told(assignment, criteria, student, instructor):
    graded(student, assignment.exercise, FULL)
    give(criteria[0], student, instructor, 4)
    assert not Mail.objects.exists()
    give(criteria[1], student, instructor, 1)
    told = Correction.objects.get()
    assert (told.before, told.after, told.by) == (None, 75, instructor)
    assert Mail.objects.get().person == student
    give(criteria[1], student, instructor, 6, seen=seen_of(Mark.objects.get(criterion=criteria[1])))
    assert [one.after for one in Correction.objects.all()] == [75, 100]


# --- by program ---------------------------------------------------------------------------------------


def test_criteria_and_marks_by_program(client, assignment, instructor, assistant, student, stranger):
    client.force_login(instructor)
    body = {"assignment": assignment.pk, "title": "Clarity", "points": "4"}
    made = client.post("/api/v1/criteria/", body, "application/json")
    assert (made.status_code, made.json()["position"]) == (201, 1)
    assert client.post("/api/v1/criteria/", {**body, "points": "0"}, "application/json").status_code == 400
    criterion = made.json()["id"]
    assert (
        client.patch(f"/api/v1/criteria/{criterion}/", {"points": "5"}, "application/json").json()["points"] == "5.00"
    )
    client.force_login(assistant)
    given = {"criterion": criterion, "student": student.pk, "points": "4.5"}
    first = client.post("/api/v1/marks/", given, "application/json")
    assert (first.status_code, first.json()["points"]) == (200, "4.50")
    assert client.post("/api/v1/marks/", {**given, "points": "1"}, "application/json").status_code == 409
    seen = {**given, "seen": first.json()["seen"]}
    assert client.post("/api/v1/marks/", {**seen, "points": "6"}, "application/json").json()["errors"].keys() == {
        "points"
    }
    assert client.post("/api/v1/marks/", {**given, "student": stranger.pk}, "application/json").status_code == 400
    assert client.get(f"/api/v1/marks/?assignment={assignment.pk}&student={student.pk}").json()["count"] == 1
    assert client.post("/api/v1/marks/", {**seen, "points": None}, "application/json").status_code == 204
    assert not Mark.objects.exists()
    assert client.delete(f"/api/v1/criteria/{criterion}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_once_keep_one_mark(criteria, student, assistant, instructor):
    begin = threading.Barrier(2)
    refused = []

    def work(by, points):
        begin.wait()
        try:
            give(criteria[0], student, by, points)
        except MarkedMeanwhile as meanwhile:
            refused.append(meanwhile)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in ((assistant, 1), (instructor, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Mark.objects.count(), len(refused)) == (1, 1)
