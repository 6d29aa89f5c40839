"""Regrades add a result and change none; a replay proves a result or names what differs."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.models import User
from grader.grading import grade
from grader.models import Result, Submission
from grader.receipt import differences
from grader.results import Report
from grader.submissions.tasks import grade_next
from tests.grader.submissions.test_line import FOLDER, MISTAKE, queued


@pytest.fixture
def graded(student, exercise):
    """A submission that an older version of the exercise has graded, more kindly: its first check gave all marks."""
    submission = queued(student, exercise)
    claimed = Submission.objects.claim_next("numpy")
    report = grade(FOLDER, MISTAKE, submission.seed)
    checks = (*report.checks[:-1], replace(report.checks[-1], points=report.checks[-1].max_points, passed=True))
    kinder = replace(report, version="older", checks=checks, score=sum(check.points for check in checks))
    assert claimed.record(kinder)
    claimed.refresh_from_db()
    return claimed


def command(name, *arguments, **options):
    said = StringIO()
    call_command(name, *arguments, stdout=said, stderr=said, **options)
    return said.getvalue()


def test_a_dry_run_shows_what_would_change_and_changes_nothing(graded):
    said = command("regrade", "--exercise", "backpropagation", "--dry-run")
    last = FOLDER.checks[-1]
    assert f"was {2 + last.points:g} of 10, would be 2 of 10   {last.name}: {last.points:g} → 0" in said
    assert "1 changed, 0 stayed as they were, of 1." in said
    graded.refresh_from_db()
    assert (graded.status, graded.results.count()) == ("graded", 1)


def test_a_regrade_adds_a_result_with_its_reason_and_shows_the_difference(graded, start_worker, client, student):
    admin = User.objects.create_superuser("head@example.org", "x")
    start_worker()
    said = command("regrade", "--all", "--reason", "the last check was too kind", "--by", "head@example.org")
    assert "1 changed, 0 stayed as they were, of 1." in said
    graded.refresh_from_db()
    first, second = graded.results.order_by("number")
    assert (first.score, first.exercise_version, first.reason, first.asked_by) == (
        2 + FOLDER.checks[-1].points,
        "older",
        "",
        None,
    )
    assert (second.score, second.exercise_version, second.asked_by) == (2, FOLDER.version, admin)
    assert (graded.status, graded.result, second.reason) == ("graded", second, "the last check was too kind")
    client.force_login(student)
    page = client.get(graded.get_absolute_url()).content.decode()
    assert "Graded again" in page
    assert "the last check was too kind" in page
    assert f"{2 + FOLDER.checks[-1].points:g} → 2 of 10" in page
    assert f"{FOLDER.checks[-1].name}: {FOLDER.checks[-1].points:g} → 0" in page
    assert "Nothing is due" in command("regrade", "--all")


def test_while_it_waits_to_be_graded_again_the_result_stays_on_the_page(graded, client, student):
    assert graded.ask_regrade("the check was mended")
    client.force_login(student)
    page = client.get(graded.get_absolute_url()).content.decode()
    assert f"{2 + FOLDER.checks[-1].points:g} of 10 points" in page
    assert "To be graded again, behind all others: the check was mended" in page
    assert "Cancel" not in page
    assert not graded.cancel()


def test_a_regrade_that_fails_by_our_fault_leaves_the_result_as_it_is(graded):
    before = graded.result
    assert graded.ask_regrade("a reason")
    for _ in range(5):
        Submission.objects.update(not_before=graded.queued_at)
        Submission.objects.claim_next("numpy").fail("SandboxFailed: gone")
    graded.refresh_from_db()
    assert (graded.status, graded.result, graded.failure) == ("graded", before, "SandboxFailed: gone")


def test_what_waits_or_is_canceled_is_not_graded_again(student, exercise):
    waiting, canceled = queued(student, exercise), queued(student, exercise)
    canceled.cancel()
    assert not waiting.ask_regrade("x")
    assert not canceled.ask_regrade("x")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Say which: --submission ID"),
        (["--exercise", "nothing"], "no exercise “nothing”"),
        (["--session", "99"], "no session 99"),
        (["--all", "--by", "nobody@example.org"], "Nobody has the address nobody@example.org"),
    ],
)
def test_what_cannot_be_regraded_is_named(db, arguments, says):
    with pytest.raises(CommandError, match=says):
        command("regrade", *arguments)


def test_only_the_sessions_students_are_graded_again(graded, session, exercise):
    assert "Nothing is due" in command("regrade", "--session", str(session.pk), "--dry-run")
    session.enrollments.create(user=graded.student)
    assert "of 1." in command("regrade", "--session", str(session.pk), "--exercise", exercise.slug, "--dry-run")


def test_a_replay_proves_the_same_and_names_what_differs(student, exercise):
    submission = queued(student, exercise, source=FOLDER.solution)
    grade_next("numpy")
    said = command("replay", str(submission.pk))
    assert said == (
        f"Submission {submission.pk}, result 1, is the same: 10 of 10 points, {len(FOLDER.checks)} verdicts, "
        f"{len(FOLDER.checks)} hashes of inputs.\n"
    )
    report = Result.objects.get().report
    forged = replace(report, version="0" * 64, score=9, seed=report.seed + 1)
    Result.objects.update(data=forged.to_dict())
    saw = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("replay", str(submission.pk), stdout=saw)
    assert ended.value.code == 1
    assert f"The exercise's version is {FOLDER.version[:12]}, and was 000000000000." in saw.getvalue()
    assert "The score is 10, and was 9." in saw.getvalue()
    assert f"“{FOLDER.checks[0].name}” asked with other inputs" in saw.getvalue()
    with pytest.raises(CommandError, match="no such result"):
        command("replay", "999999")


def test_a_receipt_survives_json_and_names_packages_processor_and_answers():
    report = grade(FOLDER, FOLDER.solution, 3)
    assert Report.from_dict(report.to_dict()) == report
    assert [e.check for e in report.receipt.exchanges] == [c.name for c in FOLDER.checks]
    again = grade(FOLDER, FOLDER.solution, 3)
    assert differences(report, again) == []
    other = grade(FOLDER, MISTAKE, 3)
    assert {e.inputs for e in other.receipt.exchanges} == {e.inputs for e in report.receipt.exchanges}
    assert any("answered otherwise" in said for said in differences(report, other))
    elsewhere = replace(report, receipt=replace(report.receipt, cpu="another", exchanges=other.receipt.exchanges))
    assert differences(elsewhere, again) == []
    older = replace(report, receipt=replace(report.receipt, packages={**report.receipt.packages, "numpy": "1.0"}))
    assert differences(older, again) == [f"numpy is {again.receipt.packages['numpy']}, and was 1.0."]


def test_a_hidden_check_leaves_no_hash():
    report = grade(FOLDER, FOLDER.solution, 3)
    hidden = replace(report, checks=(replace(report.checks[0], visibility="hidden"), *report.checks[1:]))
    shown = hidden.shown(due_passed=False).receipt.exchanges
    assert [e.check for e in shown] == [c.name for c in report.checks[1:]]
