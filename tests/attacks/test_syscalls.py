"""Every system call outside the allow-list is refused; with seccomp off the same calls get an answer."""

import platform

import pytest

from grader.errors import ProtocolError
from grader.sandbox import open_student
from grader.sandbox.guest import jail
from tests.attacks.conftest import LIMITS

pytestmark = [
    pytest.mark.usefixtures("canary"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of the calls are those of x86-64"),
]

LAST = 470
EPERM, ENXIO, ENOSYS = 1, 6, 38
LISTED = {number for name, number in jail._NUMBERS.items() if name not in jail._NEVER}
# The kernel lets the calls of its own probes past every filter; from anywhere but a probe they do nothing, or end the
# caller.
PROBES = (335, 336)
OUTSIDE = [number for number in range(LAST + 1) if number not in LISTED and number not in PROBES]
# Beside what the kernel itself answers to zeros with a refusal: they would end, stop, replace or fork the process, or
# change the machine's state for others.
LEFT_OUT_OF_THE_CONTROL = {
    57: "fork", 58: "vfork", 59: "execve", 62: "kill", 153: "vhangup", 162: "sync", 200: "tkill", 322: "execveat",
    34: "pause", 317: "seccomp, which zeros make strict", 112: "setsid", 436: "close_range",
}  # fmt: skip

SOURCE = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def answers(numbers):
    told = []
    for number in numbers:
        ctypes.set_errno(0)
        result = libc.syscall(*[ctypes.c_long(n) for n in (number, 0, 0, 0, 0, 0, 0)])
        told.append(ctypes.get_errno() if result == -1 else 0)
    return told
"""


def answers(numbers):
    with open_student(SOURCE, flavor="numpy", seed=1, limits=LIMITS) as student:
        return dict(zip(numbers, student.answers(list(numbers)), strict=True))


def test_every_call_outside_the_list_is_refused():
    assert len(OUTSIDE) > 250
    assert {n: e for n, e in answers(OUTSIDE).items() if e not in (EPERM, ENOSYS)} == {}


@pytest.mark.parametrize("number", PROBES)
def test_the_calls_that_no_filter_sees_do_nothing_for_their_caller(number):
    try:
        told = answers([number])[number]
    except ProtocolError:
        return
    assert told in (EPERM, ENOSYS, ENXIO)


def test_without_seccomp_most_of_them_get_an_answer(walls, mode):
    if mode == "landlock":
        pytest.skip("without a process namespace around it, what the calls do would reach the machine")
    walls("seccomp")
    asked = [n for n in OUTSIDE if n not in LEFT_OUT_OF_THE_CONTROL]
    refused = [n for n, error in answers(asked).items() if error in (EPERM, ENOSYS)]
    assert len(refused) < len(asked) / 2


@pytest.mark.parametrize("number", [0x4000_0000, 0x4000_0000 + 39, 0x4000_0000 + 520, 0x7FFF_FFFF])
def test_a_call_by_the_numbers_of_x32_ends_the_process(number):
    with open_student(SOURCE, flavor="numpy", seed=1, limits=LIMITS) as student:
        with pytest.raises(ProtocolError, match="crashed"):
            student.answers([number])
        with pytest.raises(ProtocolError, match="crashed"):
            student.answers([39])


PARTLY = {
    "clone a process": ("clone(56)", [56, 17, 0, 0, 0, 0]),
    "clone by structure": ("clone3", [435, 0, 0, 0, 0, 0]),
    "signal another process": ("tgkill", [234, 2, 2, 0, 0, 0]),
    "limit another process": ("prlimit64", [302, 2, 7, 0, 0, 0]),
    "set its own CPU limit": ("prlimit64", [302, 0, 0, 4096, 0, 0]),
    "set its own CPU limit from a round address": ("prlimit64", [302, 0, 0, 1 << 32, 0, 0]),
    "be traced by its parent": ("prctl", [157, 1499557217, 1, 0, 0, 0]),
    "be dumpable": ("prctl", [157, 4, 1, 0, 0, 0]),
    "filter calls": ("prctl", [157, 22, 1, 0, 0, 0]),
    "push input into a terminal": ("ioctl", [16, 1, 0x5412, 0, 0, 0]),
    "paste into a terminal": ("ioctl", [16, 1, 0x541C, 0, 0, 0]),
    "push input, with high bits set": ("ioctl", [16, 1, 0x5412 | 1 << 32, 0, 0, 0]),
    "own a descriptor's signals": ("fcntl", [72, 3, 8, 1, 0, 0]),
    "shared memory of nobody": ("mmap", [9, 0, 4096, 3, 0x21, -1]),
}
ONE = """
import ctypes
from os import getpid as own_pid
libc = ctypes.CDLL(None, use_errno=True)
def one(arguments):
    result = libc.syscall(*[ctypes.c_long(a) for a in arguments], ctypes.c_long(0))
    return ctypes.get_errno() if result == -1 else 0
"""


@pytest.mark.parametrize("name", PARTLY)
def test_calls_allowed_in_part_are_refused_beyond_it(name):
    with open_student(ONE, flavor="numpy", seed=1, limits=LIMITS) as student:
        assert student.one(PARTLY[name][1]) in (EPERM, ENOSYS, 12, 25)


def test_they_are_answered_where_they_are_needed():
    with open_student(ONE, flavor="numpy", seed=1, limits=LIMITS) as student:
        pid = student.own_pid()
        assert student.one([234, pid, pid, 0, 0, 0]) == 0  # the null signal, to itself
        assert student.one([234, pid, pid, 9, 0, 0]) == EPERM  # whoever is killed was killed from outside
        assert student.one([302, 0, 0, 0, 0, 0]) == 0  # reading its CPU limit
        assert student.one([302, 0, 7, 0, 0, 0]) == 0
        assert student.one([157, 15, 0, 0, 0, 0]) in (0, 14)
