"""Bad input of every kind: the student reads what, where and what next, and the worker goes on grading."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grader.errors import SourceError
from grader.models import Submission
from grader.submissions.source import read_upload
from grader.submissions.tasks import ring_for_waiting
from tests.conftest import until
from tests.grader.bad_input import BAD
from tests.grader.submissions.test_line import FOLDER


def test_a_worker_tells_each_bad_file_what_is_wrong_and_grades_the_next_one_rightly(
    start_worker, student, exercise, client, settings
):
    client.force_login(student)
    settings.SUBMISSIONS_AT_ONCE = len(BAD) + 1
    handed_in = {name: Submission.hand_in(student, exercise, bad.source) for name, bad in BAD.items()}
    last = Submission.hand_in(student, exercise, FOLDER.solution)
    worker = start_worker()
    ring_for_waiting()
    until(worker.stdout, f"submission {last.pk} graded")
    wrong = {}
    for name, submission in handed_in.items():
        submission.refresh_from_db()
        report = submission.report
        said = report.error.message if report.error else report.checks[0].message
        assert client.get(submission.get_absolute_url()).status_code == 200, name
        expected = (submission.attempt, report.outcome, report.score) == (1, BAD[name].outcome, 0)
        if not expected or any(part not in said for part in BAD[name].says):
            wrong[name] = (submission.attempt, report.outcome, report.score, said)
    assert wrong == {}
    last.refresh_from_db()
    assert (last.result.score, last.result.outcome, last.attempt) == (10, "ok", 1)


def notebook(*cells, **values):
    made = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    for cell in made:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **values}).encode()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("big.py", b"#" * 262_145, ["256 KiB; at most 256", "Hand in code, not data"]),
        ("latin.py", "a = 1\nb = 'é'\n".encode("latin-1"), ["Line 2 is not UTF-8", "Save the file as UTF-8"]),
        ("nul.py", b"a = 1\n\0", ["Line 2 holds a NUL byte", "plain text"]),
        ("code.txt", b"a = 1", ["“code.txt” is neither a .py nor an .ipynb"]),
        ("cut.ipynb", notebook(("code", "a = 1"))[:-20], ["line 1 is not JSON", "Save it in Jupyter"]),
        ("list.ipynb", b"[]", ["it says no notebook format"]),
        ("deep.ipynb", b"[" * 100_000, ["no notebook that can be read"]),
        ("cells.ipynb", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [3]}', ["not as Jupyter writes"]),
        ("future.ipynb", notebook(nbformat=99), ["no notebook that can be read"]),
        ("text.ipynb", notebook(("markdown", "# Title")), ["holds no code cell"]),
        ("magic.ipynb", notebook(("markdown", "a"), ("code", "%matplotlib inline\na = 1")), ["Cell 2 holds “%matplotlib inline”"]),
        ("shell.ipynb", notebook(("code", "a = 1"), ("code", "b = 2\n!pip install x")), ["Cell 2 holds “!pip install x”"]),
        ("help.ipynb", notebook(("code", "print?")), ["Cell 1 holds “print?”"]),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_with_its_place(name, data, says):
    with pytest.raises(SourceError) as refused:
        read_upload(name, data)
    for part in says:
        assert part in str(refused.value)


def test_code_cells_become_one_source_and_lines_that_only_look_like_magics_stay():
    cells = [("markdown", "%not code"), ("code", "a = (7\n     % 4)"), ("code", ""), ("code", "b = a")]
    source = read_upload("n.ipynb", notebook(*cells))
    assert source == "# cell 2\na = (7\n     % 4)\n\n# cell 4\nb = a\n"


def test_windows_line_ends_become_plain_ones():
    assert read_upload("w.PY", b"a = 1\r\nb = 2\r\n") == "a = 1\nb = 2\n"


def test_a_file_is_handed_in_on_the_page_and_a_bad_one_keeps_what_was_typed(enrolled, exercise):
    address = exercise.get_absolute_url()
    page = enrolled.post(
        address, {"file": SimpleUploadedFile("n.ipynb", notebook(("code", "%time"))), "source": "typed = 1"}
    )
    assert page.status_code == 400
    assert "Cell 1 holds “%time”" in page.content.decode()
    assert "typed = 1" in page.content.decode()
    assert "Choose a .py or an .ipynb" in enrolled.post(address).content.decode()
    assert not Submission.objects.exists()
    enrolled.post(address, {"file": SimpleUploadedFile("n.ipynb", notebook(("code", FOLDER.solution)))})
    assert Submission.objects.get().source == f"# cell 1\n{FOLDER.solution.rstrip()}\n"


def test_a_file_beyond_all_bounds_is_refused_unread(enrolled, exercise):
    large = SimpleUploadedFile("n.ipynb", b" " * (5 << 20))
    page = enrolled.post(exercise.get_absolute_url(), {"file": large})
    assert page.status_code == 400
    assert "The file has 5120 KiB" in page.content.decode()
    assert not Submission.objects.exists()
