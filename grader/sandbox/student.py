"""The student's file as the examiner meets it: its functions, called one by one in its own process."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from grader.errors import CallError, Killed, SourceError, StudentError
from grader.results import LoadError, Memory, Outcome
from grader.sandbox.guest.wire import Handle, TensorArgument, WireError
from grader.sandbox.limits import Limits
from grader.sandbox.process import Process

FILE = "submission.py"
# The guest keeps to these; what a student's code writes in its place is cut.
MOST_NAME, MOST_MESSAGE, MOST_LINES = 100, 2000, 1_000_000
MOST_FILES = 1000


@dataclass(frozen=True)
class Call:
    """One call as it went: arguments, and either a reply or the exception.

    mutated : names of the arguments that the function changed in place.
    process : 0 for the student's first process; those opened by `fresh` count on.
    folders : what such a process was given files of.
    """

    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    reply: Any = None
    error: CallError | None = None
    mutated: tuple[str, ...] = ()
    process: int = 0
    folders: tuple[str, ...] = ()


class _Source:
    """A source loaded into a process under a module name, and the calls into it."""

    def __init__(self, process: Process, module: str, source: str) -> None:
        self._process = process
        self._module = module
        answer = process.ask({"do": "load", "module": module, "source": source}, "loading your file")
        if "error" in answer:
            error = _checked_error(answer["error"], process)
            raise SourceError(error["type"], _load_message(error), error["line"])

    def call(self, function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Call:
        request = {
            "do": "call",
            "module": self._module,
            "function": function,
            "args": list(args),
            "kwargs": dict(kwargs),
        }
        return _answered(self._process, self._process.ask(request, function), function, args, kwargs)


def _answered(
    process: Process, answer: dict[str, Any], function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Call:
    """The call with its answer, which may be anything: it is the student's to write."""
    if "error" in answer:
        error = _checked_error(answer["error"], process)
        return Call(function, args, kwargs, error=CallError(function, error["type"], error["message"], error["line"]))
    reply = answer["reply"]
    if not isinstance(reply, dict) or set(reply) != {"value", "mutated"}:
        raise process.no_reply()
    mutated = reply["mutated"]
    if not isinstance(mutated, list) or len(mutated) > len(args) + len(kwargs):
        raise process.no_reply()
    if not all(isinstance(name, str) for name in mutated):
        raise process.no_reply()
    return Call(function, args, kwargs, reply["value"], mutated=tuple(name[:MOST_NAME] for name in mutated))


def _checked_error(error: Any, process: Process) -> dict[str, Any]:
    """The exception that the process tells of, which may be anything: it is the student's to write."""
    if not isinstance(error, dict) or set(error) != {"type", "message", "line"}:
        raise process.no_reply()
    kind, message, line = error["type"], error["message"], error["line"]
    if not isinstance(kind, str) or not isinstance(message, str):
        raise process.no_reply()
    if kind in ("MemoryError", "_ArrayMemoryError"):
        raise process.out_of_memory()
    known = type(line) is int and 0 < line <= MOST_LINES
    return {"type": kind[:MOST_NAME], "message": message[:MOST_MESSAGE], "line": line if known else None}


def _load_message(error: Mapping[str, Any]) -> str:
    where = f" at line {error['line']}" if error["line"] else ""
    kind = error["type"]
    if kind == "ModuleNotFoundError":
        return (
            f"{error['message']}{where}. Only Python's own modules, numpy and, where the exercise says so, "
            "TensorFlow are here."
        )
    if kind == "SystemExit":
        return f"Your file calls exit(){where} while it loads. Take the call out, so that its functions can be called."
    return f"Your file does not load: {kind}{where}: {error['message']}"


class Student:
    """The student's functions: `student.backprop(weights, biases, x, y)` calls theirs and gives its result.

    Results are numpy arrays, numbers, strings, lists, tuples, dicts, None, or a Handle for what stays in
    the process. TensorFlow's tensors and variables arrive as arrays. An exception in their code is a
    CallError and the next call may go on; a Killed ends the process.
    """

    def __init__(self, process: Process, source: str, flavor: str, seed: int, limits: Limits) -> None:
        self._process = process
        self._opening = (source, flavor, seed, limits)
        self._loaded = _Source(process, FILE, source)
        self.load_output = process.take_output()
        self.calls: list[Call] = []
        self.number = 0
        self.folders: tuple[str, ...] = ()
        self.told: Callable[[int, int], None] = lambda epoch, epochs: None

    def __getattr__(self, function: str) -> Callable[..., Any]:
        if function.startswith("_"):
            raise AttributeError(function)
        return lambda *args, **kwargs: self.call(function, *args, **kwargs)

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """What the student's `function` returns. Raises CallError or Killed."""
        call = self._loaded.call(function, args, kwargs)
        call = replace(call, process=self.number, folders=self.folders)
        self.calls.append(call)
        if call.error is not None:
            raise call.error
        return call.reply

    def at_epoch(self, epoch: int, epochs: int) -> None:
        """Tell whoever waits for the grading how far a check that trains has come."""
        self.told(epoch, epochs)

    def take_output(self) -> str:
        """What the student's code printed since last asked."""
        return self._process.take_output()

    def memory(self) -> Memory | None:
        """The limit and the peak of the process, whole once it has ended."""
        return self._process.memory_used()

    def read(self, path: str) -> bytes:
        """A file that the student's code wrote, by its path below the working folder.

        Raises CallError where there is none.
        """
        return _read(self._process, path)

    def files(self, folder: str) -> dict[str, bytes]:
        """All files that the student's code wrote below a folder, by path."""
        return _files(self._process, folder)

    @contextlib.contextmanager
    def fresh(self, files: Mapping[str, bytes]) -> Iterator["Student"]:
        """A second process of the same file that shares nothing with this one but `files`.

        Its calls are noted among the first one's, and both share the time that is left.
        """
        source, flavor, seed, limits = self._opening
        left = replace(limits, wall_seconds=max(self._process.left_seconds, 0.0))
        with open_student(source, flavor=flavor, seed=seed, limits=left, files=files) as second:
            second.number = max((call.process for call in self.calls), default=0) + 1
            second.folders = tuple(sorted({path.split("/")[0] for path in files}))
            second.calls = self.calls
            second.told = self.told
            try:
                yield second
            finally:
                self._process.left_seconds = second._process.left_seconds

    @staticmethod
    def as_variable(value: Any) -> TensorArgument:
        """`value` as an argument that arrives as a tf.Variable."""
        return TensorArgument(value, variable=True)

    @staticmethod
    def as_tensor(value: Any) -> TensorArgument:
        """`value` as an argument that arrives as a tf.constant."""
        return TensorArgument(value, variable=False)


def _read(process: Process, path: str) -> bytes:
    request = {"do": "read", "path": path, "limit": process.limits.files_mib << 20}
    return _bytes(_ask(process, request, f"reading {path}"))


def _files(process: Process, folder: str) -> dict[str, bytes]:
    """What lies below a folder. A list that no such folder gives, or more than it can hold, ends the process."""
    paths = _ask(process, {"do": "files", "folder": folder}, f"listing {folder}")
    if not isinstance(paths, list) or len(paths) > MOST_FILES or not all(_lies_below(folder, p) for p in paths):
        raise process.no_reply()
    if any(str(parent) in paths for path in paths for parent in PurePosixPath(path).parents):
        raise process.no_reply()
    files: dict[str, bytes] = {}
    for path in paths:
        files[path] = _read(process, path)
        if sum(map(len, files.values())) > process.limits.files_mib << 20:
            raise process.no_reply()
    return files


def _lies_below(folder: str, path: Any) -> bool:
    """Whether this is the name of a file below the folder, as it could be made anew elsewhere."""
    if not isinstance(path, str) or "\0" in path or path in ("", ".") or os.path.normpath(path) != path:
        return False
    try:
        lengths = [len(os.fsencode(part)) for part in path.split("/")]
    except UnicodeEncodeError:
        return False
    below = os.path.normpath(folder)
    inside = not path.startswith(("/", "../")) and path != ".." and (below == "." or path.startswith(below + "/"))
    return inside and max(lengths) < 256 and sum(lengths) < 2000


def _ask(process: Process, request: dict[str, Any], doing: str) -> Any:
    answer = process.ask(request, doing)
    if "error" in answer:
        error = _checked_error(answer["error"], process)
        raise CallError(doing, error["type"], error["message"], error["line"])
    return answer["reply"]


class Examiner:
    """Sources of ours, such as an exercise's misconceptions, in one process without the student's file.

    Each works in a folder of its own.
    """

    def __init__(self, process: Process, sources: Mapping[str, str]) -> None:
        self._process = process
        self._modules = {name: f"{name.replace('-', '_')}.py" for name in sources}
        pairs = [(module, sources[name]) for name, module in self._modules.items()]
        answer = process.ask({"do": "load_each", "sources": pairs}, "loading our sources")
        if "error" in answer:
            error = _checked_error(answer["error"], process)
            raise SourceError(error["type"], _load_message(error), error["line"])

    def call(self, names: Sequence[str], function: str, *args: Any, **kwargs: Any) -> list[Call]:
        """How the same call to these sources' function goes, in their order."""
        request = {"do": "call_each", "function": function, "args": list(args), "kwargs": dict(kwargs)}
        calls: list[Call] = []
        while len(calls) < len(names):
            modules = [self._modules[name] for name in names[len(calls) :]]
            answers = _ask(self._process, {**request, "modules": modules}, function)
            if not answers:
                raise self._process.no_reply()
            calls += [_answered(self._process, answer, function, args, kwargs) for answer in answers]
        return calls

    def files(self, names: Sequence[str], folders: Sequence[str]) -> dict[str, bytes]:
        """All files that these sources wrote below these folders, as another process of them takes them."""
        own = [self._modules[name].removesuffix(".py") for name in names]
        found = [_files(self._process, f"{source}/{folder}") for source in own for folder in folders]
        return {path: content for files in found for path, content in files.items()}


@contextlib.contextmanager
def open_student(
    source: str, *, flavor: str, seed: int, limits: Limits, files: Mapping[str, bytes] | None = None
) -> Iterator[Student]:
    """The student's file, loaded in a process of its own, which ends with the block.

    flavor : what the process is warm for: numpy, tensorflow or keras.
    seed : what random, numpy and TensorFlow start from in that process.
    files : content by path below the working folder, there before the file loads.
    Raises SourceError where the file does not load, Killed where loading passes a limit, and OurError
    where the sandbox fails.
    """
    with _process(flavor, seed, limits, files) as process:
        yield Student(process, source, flavor, seed, limits)


@contextlib.contextmanager
def open_examiner(
    sources: Mapping[str, str], *, flavor: str, seed: int, limits: Limits, files: Mapping[str, bytes] | None = None
) -> Iterator[Examiner]:
    """Our own sources in one process, which ends with the block; `files` are there before they load.

    Raises SourceError where one of them does not load.
    """
    with _process(flavor, seed, limits, files) as process:
        yield Examiner(process, sources)


@contextlib.contextmanager
def _process(flavor: str, seed: int, limits: Limits, files: Mapping[str, bytes] | None) -> Iterator[Process]:
    process = Process(flavor, seed, limits, files)
    try:
        yield process
    except StudentError as error:
        process.close()
        error.memory = process.memory_used()
        raise
    finally:
        process.close()


@dataclass(frozen=True)
class ScratchRun:
    """How a scratch run went: what was printed, how it ended, and how long it took."""

    output: str
    outcome: Outcome
    error: LoadError | None
    wall_ms: float


def run_scratch(source: str, *, flavor: str, seed: int, limits: Limits) -> ScratchRun:
    """Run a source once, for what it prints. Nothing is checked."""
    begun = time.perf_counter()
    outcome, error = Outcome.OK, None
    with _process(flavor, seed, limits, None) as process:
        try:
            _Source(process, FILE, source)
        except SourceError as failed:
            outcome, error = Outcome.ERROR, LoadError(failed.type_name, failed.message, failed.line)
        except Killed:
            pass  # told below
        output = process.take_output()
        if killed := process.killed:
            outcome, error = Outcome(killed.outcome), LoadError(type(killed).__name__, str(killed))
    return ScratchRun(output, outcome, error, (time.perf_counter() - begun) * 1000)


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else b""


__all__ = [
    "Call",
    "Examiner",
    "Handle",
    "ScratchRun",
    "Student",
    "WireError",
    "open_examiner",
    "open_student",
    "run_scratch",
]
