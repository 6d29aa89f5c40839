"""Either mode of the sandbox, also where the students' interpreter lies in root's home."""

import atexit
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from grader.sandbox import zygotes
from grader.sandbox.bubblewrap import missing, sandbox_environment

_zygotes: dict[str, dict[str, zygotes.Zygote]] = {}


def use_mode(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    """From here on, submissions of this test are graded in this mode; its zygotes are kept for the run."""
    monkeypatch.setenv("GRADUS_SANDBOX_MODE", mode)
    if mode == "landlock" and any("cannot use the interpreter" in lack for lack in missing()):
        monkeypatch.setenv("GRADUS_SANDBOX_ENV", str(readable_environment()))
    assert missing() == ()
    monkeypatch.setattr(zygotes, "_zygotes", _zygotes.setdefault(mode, {}))


@functools.cache
def readable_environment() -> Path:
    """The students' packages under the system's Python, which every account may run."""
    version = next((sandbox_environment() / "lib").glob("python3.*")).name
    python = shutil.which(version, path="/usr/bin:/usr/local/bin")
    if python is None:
        pytest.skip(f"Our Python is closed to the account of students' code, and the system has no {version}")
    environment = Path(tempfile.mkdtemp(prefix="gradus-readable-"))
    atexit.register(shutil.rmtree, environment)
    environment.chmod(0o755)
    subprocess.run([python, "-m", "venv", "--without-pip", environment], check=True)
    shutil.rmtree(environment / "lib")
    (environment / "lib").symlink_to(sandbox_environment() / "lib")
    return environment
