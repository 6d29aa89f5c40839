"""What the documents show works."""

import doctest
import os
import re
import subprocess
import sys
import tomllib

import pytest

from courses.classroom.laboratories import LABORATORIES
from courses.enrollment import frame
from courses.enrollment.roster import sheets
from courses.sheets import text_of
from grader.exercises import folders, load
from tests.conftest import ROOT

EXERCISES = (ROOT / "docs" / "exercises.md").read_text()
CURRICULUM = (ROOT / "docs" / "curriculum.md").read_text()
LECTURES = (ROOT / "docs" / "lectures.md").read_text()
INSTRUCTORS = (ROOT / "docs" / "instructors.md").read_text()


def write_out(document, folder, count):
    """The files that a document shows, each under the path that stands in its fence."""
    files = re.findall(r"^(```+)\w+ (\S+/\S+)\n(.*?)^\1$", document, re.MULTILINE | re.DOTALL)
    assert len(files) == count
    for _, path, content in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return folder


@pytest.fixture
def folder(tmp_path):
    """The exercise of the document, written out."""
    return write_out(EXERCISES, tmp_path, 7)


@pytest.fixture
def school(tmp_path):
    """The lecture of the document, written out."""
    return write_out(LECTURES, tmp_path, 2)


def manage(folder, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    ours = {"EXERCISE_PATHS": str(folder), "CURRICULUM_PATHS": "", "GRADUS_ENV": "development"}
    if (folder / "lectures").exists():
        ours = {"EXERCISE_PATHS": "", "CURRICULUM_PATHS": str(folder), "GRADUS_ENV": "development"}
    environment = {**os.environ, **ours}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_exercise_of_the_document_is_proven(folder):
    done = manage(folder, "validate", "centering")
    assert done.stdout == "centering: proven, 2 mistakes named\n", done.stderr
    assert done.returncode == 0


def test_the_lecture_of_the_document_is_built_and_proven(school):
    lacking = manage(school, "validate", "rounding")
    assert lacking.returncode == 1
    assert "there is no figure rounding/error.svg; manage.py build_examples draws figures" in lacking.stdout
    done = manage(school, "build_examples", "rounding")
    assert "rounding: wrote rounding.md, rounding/error.svg" in done.stdout, done.stderr
    text = (school / "lectures" / "rounding.md").read_text()
    assert (
        "```text output\nh = 1e-02: wrong by 1e-02\nh = 1e-08: wrong by 1e-08\nh = 1e-14: wrong by 2e-03\n```" in text
    )
    assert "prefers-color-scheme: dark" in (school / "lectures" / "rounding" / "error.svg").read_text()
    done = manage(school, "validate", "rounding")
    assert done.stdout == "rounding: proven\n", done.stderr
    assert manage(school, "build_examples", "rounding", "--check").returncode == 0


def test_a_draft_tells_its_gaps_and_is_proven_once_they_are_filled(tmp_path):
    done = manage(tmp_path, "new_exercise", "doubling", "--lecture", "3.7")
    assert f"{tmp_path}/doubling/checks.py" in done.stdout, done.stderr
    facts = (tmp_path / "doubling" / "exercise.toml").read_text()
    assert 'lecture = "forward-propagation"' in facts
    done = manage(tmp_path, "validate", "doubling")
    assert done.returncode == 1
    line = next(i for i, text in enumerate(facts.splitlines(), 1) if "GAP" in text)
    assert f"{tmp_path}/doubling/exercise.toml, line {line}: fill in where to begin" in done.stdout
    for file in (tmp_path / "doubling").rglob("*.*"):
        file.write_text(re.sub(r"  # GAP:.*|GAP: ", "", file.read_text()))
    done = manage(tmp_path, "validate", "doubling")
    assert done.stdout == "doubling: proven, 1 mistakes named\n", done.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("Doubling", "--lecture", "3.7"), "“Doubling” is no slug"),
        (("bump", "--lecture", "3.7"), "The slug “bump” is taken by"),
        (("doubling", "--lecture", "3.9"), "There is no lecture “3.9”"),
        (("doubling", "--lecture", "forward"), "There is no lecture “forward”"),
    ],
)
def test_a_draft_that_cannot_be_made_says_why_and_leaves_nothing(tmp_path, arguments, reason):
    done = manage(tmp_path, "new_exercise", *arguments)
    assert done.returncode == 1
    assert reason in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_the_environment_a_command_says_what_to_export():
    ours = ("GRADUS_ENV", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "manage.py", "validate", "centering"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "Set the SECRET_KEY environment variable. To work on this machine alone: export GRADUS_ENV=development\n"
    )
    for page in ("README.md", "docs/exercises.md"):
        assert "export GRADUS_ENV=development" in (ROOT / page).read_text()


def test_its_mistake_is_named_to_whoever_makes_it(folder):
    (folder / "mine.py").write_text("def center(x):\n    return x - sum(sum(x)) / x.size\n")
    done = manage(folder, "grade", "centering", str(folder / "mine.py"))
    assert "mean-over-everything" in done.stdout
    assert "0 of 3 points" in done.stdout


def test_every_command_that_the_documents_show_is_one_that_tests_run():
    """Those of make and manage.py: each stands here, and is run by a test or by `make test` itself."""
    shown = set()
    for path in [ROOT / "README.md", ROOT / "mlcore" / "README.md", *(ROOT / "docs").glob("*.md")]:
        code = re.findall(r"```sh\n.*?```|`[^`]+`", path.read_text(), re.DOTALL)
        command = r"(?:make [a-z]+|manage\.py \w+|python -m [a-z.]+)"
        shown |= set(re.findall(command, re.sub(r"\s+", " ", " ; ".join(code))))
    assert len(shown) > 6
    assert shown <= {
        "make env", "make lint", "make test",  # this run
        "make run", "make bench", "python -m bench.mlcore",  # tests/setup, tests/bench
        "make slow",  # the same tests, with those that train for minutes
        "python -m mlcore.datasets", "manage.py fetch_data",  # tests/mlcore, tests/grader
        "python -m mlcore.reproduce",  # tests/mlcore
        "manage.py validate", "manage.py grade", "manage.py build_examples", "manage.py new_exercise",  # here
        "manage.py preview",  # tests/browser
        "manage.py load_curriculum",  # tests/courses
        "manage.py regrade", "manage.py replay",  # tests/grader/submissions
        "manage.py doctor", "make faults", "make soak",  # tests/grader/test_health.py, tests/faults
        "manage.py fetch_mail", "manage.py roll_up",  # tests/courses
        "manage.py load_exercises", "manage.py create_admin",  # tests/grader/submissions, tests/setup
    }  # fmt: skip


def test_the_examples_of_mlcore_give_what_they_say():
    """All of them in one session, as a reader would type them; each picture and module that the page names exists."""
    page = (ROOT / "mlcore" / "README.md").read_text()
    blocks = re.findall(r"```pycon\n(.*?)```", page, re.DOTALL)
    assert len(blocks) > 12
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "mlcore/README.md", None, 0)
    told: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    assert results.failed == 0, "".join(told)
    assert results.attempted > 60
    for picture in re.findall(r"\]\((figures/[^)]+)\)", page):
        assert (ROOT / "mlcore" / picture).exists(), picture
    table = page.split("## Where a formula is")[1].split("##")[0]
    named = {name for row in table.splitlines()[4:] if row for name in re.findall(r"`(\w+)`", row.split(" | ")[-2])}
    modules = {path.stem for path in (ROOT / "mlcore").glob("*.py")} | {"tensorflow"}
    assert modules - named == {"__init__", "arguments", "blas", "datasets"}
    assert named <= modules


def test_the_table_of_the_curriculum_names_everything_that_is_there_and_nothing_else():
    """Of these parts: every lecture, exercise and laboratory, each exercise beside its own lecture."""
    rows = re.findall(
        r"^\| (?!asked)(.+?) \| ([a-z-]+) \| (.+?) \| (.+?) \|$", CURRICULUM.replace("\\|", "/"), re.MULTILINE
    )
    assert len(rows) > 40
    named = {"lectures": set(), "exercises": set(), "laboratories": set()}
    for _, lecture, exercises, laboratories in rows:
        named["lectures"].add(lecture)
        named["exercises"] |= {name for name in exercises.split(", ") if name != "–"}
        named["laboratories"] |= {name for name in laboratories.split(", ") if name != "–"}
    course = tomllib.loads((ROOT / "courses/curriculum/neural-networks-fundamentals/course.toml").read_text())
    parts = [section for section in course["section"] if section["slug"] in course["path"]]
    lectures = {slug for section in parts for slug in section["lectures"]}
    exercises = {slug: exercise.lecture for slug in folders() if (exercise := load(slug)).lecture in lectures}
    assert named["lectures"] == lectures
    assert named["exercises"] == set(exercises)
    assert named["laboratories"] == set(LABORATORIES)
    beside = {(name, row[1]) for row in rows for name in row[2].split(", ") if name != "–"}
    # Momentum belongs to 5.4, and returns at the end.
    assert beside - {("momentum", "other-obstacles-to-deep-learning")} == set(exercises.items())


def test_the_list_that_instructors_are_shown_can_be_imported():
    shown = re.search(r"```csv\n(.*?)```", INSTRUCTORS, re.DOTALL).group(1)
    rows = sheets.rows_of(text_of(shown.encode()))
    assert [(row.email, row.name, row.problem) for row in rows] == [
        ("ada@example.org", "Ada Example", ""),
        ("grace@example.org", "Grace Example", ""),
    ]


def test_the_pages_that_instructors_are_led_to_are_there():
    files = [file for app in ("courses", "grader") for file in (ROOT / app / "templates").rglob("*.html")]
    pages = "".join(
        [*(tab.label for tabs in frame.TABS.values() for tab in tabs), *(file.read_text() for file in files)]
    )
    led_to = [" ".join(words.split()) for words in re.findall(r"\*([A-Z][^*]+?)\*", INSTRUCTORS)]
    assert len(led_to) > 20
    assert {words for words in led_to if words not in pages} == set()


def test_every_family_of_attacks_that_the_document_names_is_there():
    named = set(re.findall(r"`(test_\w+\.py)`", (ROOT / "docs" / "sandbox.md").read_text()))
    assert named == {path.name for path in (ROOT / "tests" / "attacks").glob("test_*.py")}


def test_every_setting_that_operators_read_of_is_one_that_is_read():
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs" / "operators.md").read_text().split("## Starting")[0]))
    readers = ("config/settings.py", "config/supervisor.py", "grader/sandbox/bubblewrap.py", "grader/sandbox/memory.py")
    read = "".join((ROOT / name).read_text() for name in readers)
    assert len(named) > 10
    assert {name for name in named if f'"{name}"' not in read} == set()
