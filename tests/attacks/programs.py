"""Hostile programs as text: the head that all have, and the body of their `attack()`."""

HEAD = """
import ctypes, mmap, os, signal, socket, struct, subprocess, sys, threading, time
libc = ctypes.CDLL(None, use_errno=True)

def syscall(*arguments):
    if libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return True

def attack():
"""


def program(body: str) -> str:
    """A student's file whose `attack()` has this body."""
    lines = [line for line in body.splitlines() if line.strip()]
    indented = len(lines[0]) - len(lines[0].lstrip())
    return HEAD + "".join(f"    {line[indented:] if line[:indented].isspace() else line}\n" for line in lines)
