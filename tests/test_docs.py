"""What the documents show works."""

import os
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

EXERCISES = (ROOT / "docs" / "exercises.md").read_text()


@pytest.fixture
def folder(tmp_path):
    """The exercise of the document, written out."""
    files = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", EXERCISES, re.MULTILINE | re.DOTALL)
    assert len(files) == 7
    for path, content in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    return tmp_path


def manage(folder, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    environment = {**os.environ, "EXERCISE_PATHS": str(folder), "GRADUS_ENV": "development"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_exercise_of_the_document_is_proven(folder):
    done = manage(folder, "validate", "centering")
    assert done.stdout == "centering: proven, 2 mistakes named\n", done.stderr
    assert done.returncode == 0


def test_its_mistake_is_named_to_whoever_makes_it(folder):
    (folder / "mine.py").write_text("def center(x):\n    return x - sum(sum(x)) / x.size\n")
    done = manage(folder, "grade", "centering", str(folder / "mine.py"))
    assert "mean-over-everything" in done.stdout
    assert "0 of 3 points" in done.stdout


def test_every_command_that_the_documents_show_is_one_that_tests_run():
    """Those of make and manage.py: each stands here, and is run by a test or by `make test` itself."""
    shown = set()
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        code = re.findall(r"```sh\n.*?```|`[^`]+`", path.read_text(), re.DOTALL)
        shown |= set(re.findall(r"(?:make [a-z]+|manage\.py \w+)", re.sub(r"\s+", " ", " ; ".join(code))))
    assert len(shown) > 6
    assert shown <= {
        "make env", "make lint", "make test",  # this run
        "make run", "make bench",  # tests/setup, tests/bench
        "manage.py validate", "manage.py grade",  # here
        "manage.py load_exercises", "manage.py create_admin",  # tests/grader/submissions, tests/setup
    }  # fmt: skip


def test_every_setting_that_operators_read_of_is_one_that_is_read():
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs" / "operators.md").read_text().split("## Starting")[0]))
    read = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "supervisor.py"))
    assert len(named) > 10
    assert {name for name in named if f'"{name}"' not in read} == set()
