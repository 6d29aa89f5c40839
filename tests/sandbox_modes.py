"""Either mode of the sandbox, on machines where one of them needs help first."""

import functools
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from grader.sandbox import zygotes
from grader.sandbox.bubblewrap import GUEST, missing, sandbox_environment

_zygotes: dict[str, dict[str, zygotes.Zygote]] = {}


def use_mode(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    """From here on, submissions of this test are graded in this mode; its zygotes are kept for the run."""
    monkeypatch.setenv("GRADUS_SANDBOX_MODE", mode)
    if mode == "landlock" and missing(mode):
        monkeypatch.setenv("GRADUS_SANDBOX_ENV", str(readable_environment()))
    assert missing() == ()
    monkeypatch.setattr(zygotes, "_zygotes", _zygotes.setdefault(mode, {}))


@functools.cache
def readable_environment() -> Path:
    """The students' environment with an interpreter that every account may run, where ours lies in root's home.

    Both are links to what is there already, in a folder of the run's data, which goes with the run.
    """
    assert os.access(GUEST, os.R_OK)
    environment = sandbox_environment()
    interpreter = Path(os.path.realpath(environment / "bin" / "python"))
    folder = Path(tempfile.mkdtemp(prefix="readable-", dir="/var/tmp"))
    folder.chmod(0o755)
    of_tests = shutil.ignore_patterns("site-packages", "test", "tests", "__pycache__")
    for name in ("bin", "venv/bin"):
        (folder / name).mkdir(parents=True)
    shutil.copy2(interpreter, folder / "bin")
    shutil.copytree(
        interpreter.parent.parent / "lib", folder / "lib", symlinks=True, ignore=of_tests, copy_function=_link
    )
    (folder / "venv/bin/python").symlink_to(folder / "bin" / interpreter.name)
    (folder / "venv/pyvenv.cfg").write_text(f"home = {folder / 'bin'}\ninclude-system-site-packages = false\n")
    shutil.copytree(environment / "lib", folder / "venv/lib", symlinks=True, copy_function=_link)
    return folder / "venv"


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
