"""What stands in the way of starting is one message that says what to do, never a traceback."""

import fcntl
import os
import socket
import subprocess

import pytest

from tests.conftest import ROOT
from tests.setup.conftest import HANG_SECONDS, SUPERVISOR


@pytest.fixture
def refusal(environment):
    """The message with which the supervisor refuses to start."""

    def start(**changes: str | None) -> str:
        changed = {name: value for name, value in {**environment, **changes}.items() if value is not None}
        done = subprocess.run(
            SUPERVISOR, cwd=ROOT, env=changed, capture_output=True, text=True, timeout=HANG_SECONDS, check=False
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stdout + done.stderr
        assert done.stderr.startswith("Gradus cannot start. ")
        assert len(done.stderr.splitlines()) == 1
        return done.stderr

    return start


def test_busy_port(refusal):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"Port {port} is taken" in (said := refusal(PORT=str(port)))
    assert "make run PORT=" in said


@pytest.mark.parametrize("port", ["0", "70000", "http", "", "8000x"])
def test_port_that_is_none(refusal, port):
    assert f"PORT={port} is no port" in refusal(PORT=port)


def test_data_folder_that_is_a_file(refusal, tmp_path):
    (tmp_path / "data").write_text("in the way")
    said = refusal(GRADUS_DATA=str(tmp_path / "data"))
    assert f"The data folder {tmp_path / 'data'} cannot be written" in said
    assert "GRADUS_DATA=" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_data_folder_that_is_closed(refusal, tmp_path):
    tmp_path.chmod(0o500)
    assert "cannot be written (Permission denied)" in refusal(GRADUS_DATA=str(tmp_path / "data"))


def test_data_folder_on_a_file_system_without_writing(refusal):
    assert "cannot be written" in refusal(GRADUS_DATA="/proc/gradus")


def test_data_folder_of_another_gradus(refusal, tmp_path):
    with (tmp_path / "running.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert f"Another Gradus runs on the data folder {tmp_path}" in refusal(GRADUS_DATA=str(tmp_path))


def test_students_environment_is_missing(refusal, tmp_path):
    said = refusal(GRADUS_SANDBOX_ENV=str(tmp_path / "none"))
    assert f"The students' environment {tmp_path / 'none'} is missing. Run `make env`." in said
    assert "make run GRADING=no" in said


def test_folder_of_sockets_that_is_open_to_others(refusal, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o755)
    assert "is open to others" in refusal(GRADUS_RUNTIME=str(tmp_path / "run"))


def test_socket_path_that_is_too_long(refusal, tmp_path):
    assert "longer than 104 characters" in refusal(GRADUS_RUNTIME=str(tmp_path / ("long" * 30)))


def test_production_names_the_missing_setting(refusal):
    assert "SECRET_KEY" in refusal(GRADUS_ENV="production")


def test_database_that_is_none(refusal, tmp_path):
    (tmp_path / "gradus.sqlite3").write_text("this is no database, and it is long enough to be seen as none" * 20)
    assert "The database cannot be used: file is not a database" in refusal(GRADUS_DATA=str(tmp_path))


def test_machine_that_lets_no_sandbox_be_built(refusal, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    said = refusal(PATH=path, GRADUS_SANDBOX_MODE="namespaces")
    assert "Students' code cannot be walled in here." in said
    assert "No permissions to create new namespace" in said
    assert "make run GRADING=no" in said


def test_mode_of_the_sandbox_that_is_none(refusal):
    assert "GRADUS_SANDBOX_MODE=open is no mode of the sandbox" in refusal(GRADUS_SANDBOX_MODE="open")
