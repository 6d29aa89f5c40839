"""The graders that people use instead, on the same work: assignments made with their tools, graded by their commands.

Each lives in an environment of its own, `.venv-bench-NAME`, built by `python3 config/environments.py build-bench`.
Where a peer knows a time limit, it is told ours; a grading that has not ended after `cap` seconds is killed.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

from bench.work import ROOT, Verdict, Work, one_thread
from config.processes import descendants

ASSIGNMENT = Path(__file__).parent / "assignment"


class Peer:
    """A grader in a folder of its own. Subclasses say how an assignment is made, and a submission graded."""

    name = ""
    environment = ""

    def __init__(self, work: Work, folder: Path) -> None:
        self.work, self.folder = work, folder
        self.bin = ROOT / f".venv-bench-{self.environment}" / "bin"
        folder.mkdir()
        shutil.copy(ASSIGNMENT / f"{work.slug.replace('-', '_')}.py", folder / "checks.py")
        self.prepare()

    @classmethod
    def is_built(cls) -> bool:
        return (ROOT / f".venv-bench-{cls.environment}" / "lock-stamp").exists()

    @classmethod
    def reason(cls) -> str:
        """Why it is not built."""
        with contextlib.suppress(OSError):
            return (ROOT / f".venv-bench-{cls.environment}" / "refusal").read_text().splitlines()[0]
        return "make bench builds it"

    def prepare(self) -> None:
        """Make the assignment."""

    def hand_in(self, source: str) -> None:
        """Put a student's file where the grader looks for it, and take old results away."""
        (self.folder / "submission.py").write_text(source)

    def command(self) -> list[str]:
        """The command that grades."""
        raise NotImplementedError

    def passed(self) -> set[str]:
        """Names of the checks that passed, from what the command left. Raises OSError or ValueError."""
        raise NotImplementedError

    def grade(self, source: str, cap: float) -> Verdict:
        self.hand_in(source)
        begun = time.perf_counter()
        ended = self.run(self.command(), cap)
        ms = (time.perf_counter() - begun) * 1000
        if not ended:
            return Verdict(ms, None)
        try:
            return Verdict(ms, frozenset(self.passed()))
        except (OSError, ValueError) as error:
            raise RuntimeError(f"{self.name} left no results: {(self.folder / 'said').read_text()[-2000:]}") from error

    def run(self, command: list[str], cap: float) -> bool:
        """Run to the end; False where it had to be killed, with all that it had started."""
        where = {name: str(self.folder) for name in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
        environment = {**one_thread(), **where, "PATH": f"{self.bin}:{os.environ['PATH']}"}
        with (self.folder / "said").open("w") as said:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=said, stderr=said)
            try:
                process.wait(cap)
                return True
            except subprocess.TimeoutExpired:
                for pid in [process.pid, *descendants(process.pid)]:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                process.wait()
                return False

    def results(self, name: str) -> dict:
        return json.loads((self.folder / name).read_text())


class Gradescope(Peer):
    name, environment = "gradescope-utils (unittest, cold)", "gradescope"

    def prepare(self) -> None:
        shutil.copy(ASSIGNMENT / "run_tests.py", self.folder)

    def hand_in(self, source: str) -> None:
        super().hand_in(source)
        (self.folder / "results.json").unlink(missing_ok=True)

    def command(self) -> list[str]:
        return [str(self.bin / "python"), "run_tests.py"]

    def passed(self) -> set[str]:
        return {test["name"] for test in self.results("results.json")["tests"] if test["status"] == "passed"}


class Pytest(Peer):
    name, environment = "pytest + JSON report", "pytest"

    def prepare(self) -> None:
        shutil.copy(ASSIGNMENT / "test_submission.py", self.folder)
        (self.folder / "pytest.ini").write_text("[pytest]\n")

    def command(self) -> list[str]:
        limit = ["--timeout", str(self.work.wall_seconds)]
        report = ["--json-report", "--json-report-file=report.json"]
        return [str(self.bin / "python"), "-m", "pytest", "-q", *report, *limit, "test_submission.py"]

    def passed(self) -> set[str]:
        tests = self.results("report.json")["tests"]
        return {test["nodeid"].partition("[")[2][:-1] for test in tests if test["outcome"] == "passed"}


class Otter(Peer):
    name, environment = "otter-grader, otter run", "otter"

    def prepare(self) -> None:
        raw = [["# ASSIGNMENT CONFIG", "files: [checks.py]", "solutions_pdf: false", "template_pdf: false"]]
        cells = [new_raw_cell("\n".join(lines)) for lines in raw]
        for number, (points, name) in enumerate(self.work.checks):
            test = f"import checks\nchecks.CHECKS[{name!r}][1]({self.work.function})"
            cells += [
                new_raw_cell(f"# BEGIN QUESTION\nname: q{number}\npoints: {points}"),
                new_raw_cell("# BEGIN SOLUTION"),
                new_code_cell(self.work.solution if number == 0 else "pass"),
                new_raw_cell("# END SOLUTION"),
                new_raw_cell("# BEGIN TESTS"),
                new_code_cell(test),
                new_raw_cell("# END TESTS"),
                new_raw_cell("# END QUESTION"),
            ]
        nbformat.write(_notebook(cells), self.folder / "master.ipynb")
        made = self.run([str(self.bin / "otter"), "assign", "--no-run-tests", "--no-pdfs", "master.ipynb", "made"], 120)
        archives = sorted((self.folder / "made" / "autograder").glob("*.zip"))
        if not made or not archives:
            raise RuntimeError(f"otter assign failed: {(self.folder / 'said').read_text()[-2000:]}")
        self.archive = archives[0]

    def hand_in(self, source: str) -> None:
        nbformat.write(_notebook([new_code_cell(source)]), self.folder / "submission.ipynb")
        (self.folder / "results.json").unlink(missing_ok=True)

    def command(self) -> list[str]:
        return [str(self.bin / "otter"), "run", "--no-logo", "-a", str(self.archive), "submission.ipynb"]

    def passed(self) -> set[str]:
        names = {f"q{number}": name for number, (_, name) in enumerate(self.work.checks)}
        tests = self.results("results.json")["tests"]
        return {names[t["name"]] for t in tests if t["name"] in names and t["score"] == t["max_score"]}


class Nbgrader(Peer):
    name, environment = "nbgrader, one student", "nbgrader"

    def prepare(self) -> None:
        limit = f"c.ExecutePreprocessor.timeout = {int(self.work.wall_seconds)}\n"
        (self.folder / "nbgrader_config.py").write_text(f"c = get_config()\n{limit}")
        source = self.folder / "source" / "work"
        source.mkdir(parents=True)
        shutil.copy(self.folder / "checks.py", source)
        nbformat.write(self.notebook(self.work.solution), source / "work.ipynb")
        if not self.run([str(self.bin / "nbgrader"), "generate_assignment", "work"], 120):
            raise RuntimeError("nbgrader generate_assignment does not end")

    def notebook(self, source: str) -> nbformat.NotebookNode:
        """The cell that the student writes, and a test cell for each check."""
        cells = [_graded_cell("answer", source, solution=True)]
        for number, (points, name) in enumerate(self.work.checks):
            test = f"import checks\nchecks.CHECKS[{name!r}][1]({self.work.function})"
            cells.append(_graded_cell(f"check-{number}", test, points=points))
        return _notebook(cells)

    def hand_in(self, source: str) -> None:
        submitted = self.folder / "submitted" / "student" / "work"
        submitted.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.folder / "checks.py", submitted)
        nbformat.write(self.notebook(source), submitted / "work.ipynb")

    def command(self) -> list[str]:
        return [str(self.bin / "nbgrader"), "autograde", "work", "--student=student", "--force"]

    def passed(self) -> set[str]:
        ask = (
            "import json; from nbgrader.api import Gradebook\n"
            "with Gradebook('sqlite:///gradebook.db') as book:\n"
            "    grades = book.find_submission_notebook('work', 'work', 'student').grades\n"
            "    print(json.dumps({g.name: [g.score, g.max_score] for g in grades}))"
        )
        done = subprocess.run(
            [self.bin / "python", "-c", ask], cwd=self.folder, capture_output=True, text=True, check=False
        )
        scores = json.loads(done.stdout)
        names = {f"check-{number}": name for number, (_, name) in enumerate(self.work.checks)}
        return {names[cell] for cell, (score, most) in scores.items() if score == most}


def _notebook(cells: list[nbformat.NotebookNode]) -> nbformat.NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _graded_cell(name: str, source: str, *, solution: bool = False, points: float = 0) -> nbformat.NotebookNode:
    facts = {"grade": not solution, "solution": solution, "locked": not solution, "task": False, "grade_id": name}
    if not solution:
        facts["points"] = points
    return new_code_cell(source, metadata={"nbgrader": {**facts, "schema_version": 3}})


PEERS = (Gradescope, Pytest, Otter, Nbgrader)
