"""manage.py grade and validate, as an author runs them."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from grader.exercises import load
from tests.grader.submissions.test_bad_input import notebook


def test_grade_prints_the_report_as_json(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(load("backpropagation").misconceptions["sum-not-mean"].source)
    out = StringIO()
    call_command("grade", "backpropagation", str(file), "--json", "--seed", "1", stdout=out)
    report = json.loads(out.getvalue())
    assert report["findings"][0]["code"] == "sum-not-mean"
    assert report["gradients"][0]["parameter"] == "nabla_w[0]"
    assert report["gradients"][0]["scale"] == pytest.approx(5.0)
    assert report["memory"]["limit_mib"] == load("backpropagation").limits.memory_mib
    assert 0 < report["memory"]["peak_mib"] < 100


def test_grade_takes_a_notebook_and_prints_words(tmp_path):
    file = tmp_path / "mine.ipynb"
    file.write_bytes(notebook(("markdown", "# Mine"), ("code", load("backpropagation").solution)))
    out = StringIO()
    call_command("grade", "backpropagation", str(file), "--seed", "1", stdout=out)
    assert "10 of 10 points (seed 1)" in out.getvalue()


def test_grade_names_an_unknown_exercise_and_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="no exercise “nothing”"):
        call_command("grade", "nothing", "x.py")
    with pytest.raises(CommandError, match="No such file"):
        call_command("grade", "backpropagation", str(tmp_path / "x.py"))


def test_grade_says_where_a_file_is_not_utf8(tmp_path):
    file = tmp_path / "mine.py"
    file.write_bytes(b"x = 1\n# \xff\n")
    with pytest.raises(CommandError, match="Line 2 is not UTF-8"):
        call_command("grade", "backpropagation", str(file))


def test_an_exercise_and_a_lecture_of_one_name_are_proven_once_each():
    out = StringIO()
    call_command("validate", "speed-of-learning", "speed-of-learning", "--json", stdout=out)
    verdicts = json.loads(out.getvalue())
    assert [(verdict["slug"], verdict["kind"], verdict["problems"]) for verdict in verdicts] == [
        ("speed-of-learning", "exercise", []),
        ("speed-of-learning", "lecture", []),
    ]


def test_an_exercise_is_read_again_when_a_file_of_it_changes(tmp_path, monkeypatch):
    shutil.copytree(load("backpropagation").folder, tmp_path / "mine")
    monkeypatch.setenv("EXERCISE_PATHS", str(tmp_path))
    first = load("mine")
    assert load("mine") is first
    (tmp_path / "mine" / "statement.md").write_text("Another statement.")
    assert load("mine").statement == "Another statement."
    assert load("mine").version != first.version
