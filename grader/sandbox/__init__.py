"""The sandbox: students' code in processes that can reach nothing, driven call by call."""

from grader.sandbox.bubblewrap import MODES, missing, mode
from grader.sandbox.guest.wire import Handle
from grader.sandbox.limits import Limits
from grader.sandbox.student import (
    Call,
    Examiner,
    ScratchRun,
    Student,
    open_examiner,
    open_student,
    run_scratch,
)
from grader.sandbox.zygotes import packages, renew

__all__ = [
    "MODES",
    "Call",
    "Examiner",
    "Handle",
    "Limits",
    "ScratchRun",
    "Student",
    "missing",
    "mode",
    "open_examiner",
    "open_student",
    "packages",
    "renew",
    "run_scratch",
]
