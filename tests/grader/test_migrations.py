"""What older versions kept is there after an update."""

import datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

SCHOOL = ("courses", "0001_initial")
BEFORE, AFTER = [SCHOOL, ("grader", "0002_open_scores")], [SCHOOL, ("grader", "0005_results_only")]
LATER = [("courses", "0005_append_only"), ("grader", "0009_fill_marks")]
NOON = datetime.datetime(2027, 1, 11, 12, tzinfo=datetime.UTC)
REPORT = {
    "score": 8,
    "checks": [{"name": "Gradients", "points": 8, "max_points": 10, "visibility": "public"}],
    "findings": [{"code": "sign-flipped", "check": "Gradients", "where": "nabla_w[0]", "message": "m"}],
    "timings": {"total_ms": 1500},
}


@pytest.fixture
def models_at(transactional_db):
    """Bring the tables to a state and give its models; they are up to date again at the end."""

    def bring(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield bring
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_a_report_becomes_its_submissions_first_result(models_at):
    old = models_at(BEFORE)
    student = old.get_model("courses", "User").objects.create(email="student@example.org")
    lecture = old.get_model("courses", "Lecture").objects.create(slug="lecture", title="L")
    exercise = old.get_model("grader", "Exercise").objects.create(
        slug="exercise", version="v", title="E", lecture=lecture, points=10, flavor="numpy", wall_seconds=1
    )
    kept = {"student": student, "exercise": exercise, "source": "x"}
    create = old.get_model("grader", "Submission").objects.create
    graded = create(
        **kept, status="graded", attempt=2, outcome="ok", score=8, max_score=10, open_score=3, open_max_score=4,
        exercise_version="v", data=REPORT, queued_at=NOON, started_at=NOON + datetime.timedelta(seconds=3),
    )  # fmt: skip
    waiting = create(**kept)
    new = models_at(AFTER).get_model("grader", "Submission")
    result = new.objects.get(pk=graded.pk).result
    assert (result.number, result.attempt, result.outcome, result.exercise_version) == (1, 2, "ok", "v")
    assert (result.score, result.max_score, result.open_score, result.open_max_score) == (8, 10, 3, 4)
    assert result.data == REPORT
    assert new.objects.get(pk=waiting.pk).result is None
    later = models_at(LATER).get_model("grader", "Result").objects.get(pk=result.pk)
    assert later.marks_by_check == [["Gradients", 8, 10, "public"]]
    assert (later.waited_seconds, later.took_seconds) == (3, 1.5)
    assert [(one.code, one.check_name) for one in later.findings.all()] == [("sign-flipped", "Gradients")]
