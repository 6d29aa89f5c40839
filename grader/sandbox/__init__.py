"""The sandbox: students' code in processes that can reach nothing, driven call by call."""

from grader.sandbox.bubblewrap import missing
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
    "Call",
    "Examiner",
    "Handle",
    "Limits",
    "ScratchRun",
    "Student",
    "missing",
    "open_examiner",
    "open_student",
    "packages",
    "renew",
    "run_scratch",
]
