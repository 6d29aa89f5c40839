"""Where the sandbox's sockets lie, and what is said where they cannot."""

import tempfile
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import Limits, open_student, zygotes
from grader.sandbox.zygotes import LONGEST_FOLDER, runtime_folder


@pytest.fixture
def base(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="gradus-", dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setattr(zygotes, "_zygotes", {})
        yield Path(folder)


def test_it_is_made_and_closed_to_others(base):
    folder = runtime_folder()
    assert (folder.parent, folder.stat().st_mode & 0o777) == (base, 0o700)


def test_one_that_is_open_to_others_is_refused(base):
    runtime_folder().chmod(0o755)
    with pytest.raises(SandboxUnavailable, match="is not ours alone. Remove it, or set XDG_RUNTIME_DIR"):
        runtime_folder()


def test_the_longest_path_serves_and_a_longer_one_is_refused_with_what_to_do(base, monkeypatch):
    own = len(runtime_folder().name)
    longest = base / ("x" * (LONGEST_FOLDER - len(str(base)) - own - 2))
    longest.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(longest))
    assert len(str(runtime_folder())) == LONGEST_FOLDER
    with open_student("def f(): return 1", flavor="numpy", seed=1, limits=Limits()) as student:
        assert student.f() == 1
    longer = longest.rename(f"{longest}x")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(longer))
    with pytest.raises(SandboxUnavailable, match=r"path longer than 79 bytes. Set XDG_RUNTIME_DIR to a folder"):
        runtime_folder()
