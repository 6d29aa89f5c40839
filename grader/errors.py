"""One exception tree, in which the student's fault and ours never share a name.

GradusError
├── StudentError            the student's fault; becomes an outcome or a failed check, never a retry
│   ├── SourceError         the file does not load                          outcome `error`
│   ├── CallError           an exception in one call; the next check goes on
│   ├── CheckFailed         a result that differs from what a check expects
│   └── Killed              the process is gone; what remains is not run
│       ├── TimeLimit                                                       outcome `time_limit`
│       ├── MemoryLimit                                                     outcome `memory_limit`
│       ├── OutputLimit                                                     outcome `output_limit`
│       └── ProtocolError   a frame that does not decode, an early exit     outcome `protocol_error`
└── OurError                ours: shown as such, costs no attempt, retried
    ├── SandboxUnavailable  the machine cannot build the sandbox
    ├── SandboxFailed       a sandbox that worked stopped working
    └── ExerciseError       an exercise's folder is wrong
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.results import Memory


class GradusError(Exception):
    """Root of everything that Gradus raises on purpose."""


class StudentError(GradusError):
    """The student's fault. `str(error)` is a sentence for the student: what, where, what next.

    memory : that of the process in which it came about, where there was one.
    """

    memory: "Memory | None" = None


class SourceError(StudentError):
    """The student's file does not load."""

    outcome = "error"

    def __init__(self, type_name: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.type_name = type_name
        self.message = message
        self.line = line


class CallError(StudentError):
    """The student's function raised. `line` is the line in the student's file, where known."""

    def __init__(self, function: str, type_name: str, message: str, line: int | None = None) -> None:
        where = f" at line {line}" if line else ""
        super().__init__(f"`{function}` raised {type_name}{where}: {message}")
        self.function = function
        self.type_name = type_name
        self.message = message
        self.line = line


class CheckFailed(StudentError):
    """What came back is not what the check expects."""


class Killed(StudentError):
    """The student's process is gone; no later call can be made."""

    outcome: str


class TimeLimit(Killed):
    """Ran longer than the exercise's wall-clock limit."""

    outcome = "time_limit"


class MemoryLimit(Killed):
    """Used more memory than the exercise allows."""

    outcome = "memory_limit"


class OutputLimit(Killed):
    """Printed, or sent back, more than the exercise allows."""

    outcome = "output_limit"


class ProtocolError(Killed):
    """Exited, crashed, or answered with something that is no reply."""

    outcome = "protocol_error"


class OurError(GradusError):
    """Not the student's fault. Nothing is scored; the submission is tried again."""


class SandboxUnavailable(OurError):
    """This machine cannot build the sandbox; the message names what is missing and what to do."""


class SandboxFailed(OurError):
    """The sandbox stopped working in the middle."""


class ExerciseError(OurError):
    """An exercise's folder is wrong; the message names the file and the reason."""
