"""Checks of an author who made a grave mistake: they end the worker, or raise what no check should."""

import os
import signal

from grader.checks import check


@check("The end of the worker", points=1)
def end(student, rng):
    if student.scaled(1, 1) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    raise ZeroDivisionError("a mistake of the author's")
