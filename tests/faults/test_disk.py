"""The disk of the data folder is full, and some time later it is not. SQLite lies on it."""

import contextlib
import itertools
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from tests.faults import ledger
from tests.faults.conftest import TIMES, line_on
from tests.faults.line import Line, until
from tests.faults.test_faults import PHASES, judge, meet

ROOM_MIB = 6
FULL = "disk is full"


class Disk:
    """A small disk of its own, with the database on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self) -> None:
        """Until nothing more can be written, not even where the write-ahead log has been before."""
        with contextlib.closing(sqlite3.connect(self.folder / "test.sqlite3", timeout=0)) as database:
            # Where somebody writes just now, the log keeps its length.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with self.filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * 4096):
                pass

    def free(self) -> None:
        self.filler.unlink()


@pytest.fixture
def disk(transactional_db: None, tmp_path: Path) -> Iterator[Disk]:
    name = Path(connection.settings_dict["NAME"])
    size = (name.stat().st_size >> 20) + ROOM_MIB
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "gradus", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    # By SQLite itself: whoever opens and closes the file beside it takes this process's locks away.
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(tmp_path / "test.sqlite3")) as copy:
        connection.connection.backup(copy)
    connection.close()
    connection.settings_dict["NAME"] = str(tmp_path / "test.sqlite3")
    try:
        yield Disk(tmp_path)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(name)
        subprocess.run(["umount", str(tmp_path)], check=True)


def found_full(line: Line, before: int, expected: dict[int, float]) -> bool:
    """Whether a worker has; where the log of what is to be written had room still, none needs to."""
    return line.said("worker").count(FULL) > before or not ledger.unsettled(expected)


@pytest.mark.skipif(connection.vendor != "sqlite" or os.geteuid() != 0, reason="root alone mounts a disk for SQLite")
def test_a_full_disk_loses_nothing(broker, disk, students, slow, rng):
    phases = [phase for phase in PHASES if phase != "idle"]
    with line_on(GRADUS_DATA=str(disk.folder)) as line:
        line.start_all()
        for phase in itertools.islice(itertools.cycle(rng.sample(phases, len(phases))), TIMES):
            with contextlib.ExitStack() as held:
                expected = meet(phase, students, slow, held)
                before = line.said("worker").count(FULL)
                met = {pk: ledger.phase(pk) for pk in expected}
                disk.fill()
            until(partial(found_full, line, before, expected), "a worker has found the disk full")
            disk.free()
            judge("disk_full", phase, line, expected, met)
        assert FULL in line.said("worker")
