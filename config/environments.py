"""Builds the environments from the lock files, and the lock files from pyproject.toml. Standard library only.

`.venv` runs and develops the product, `.venv-sandbox` is all that students' code sees, `.venv-bench` and
`.venv-bench-*` hold what the bench compares with (built by `build-bench` alone), `.venv-tools` holds uv.
Runs before anything is installed: `python3 config/environments.py build`.
"""

import ast
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TOOLS = PROJECT / ".venv-tools"
LOCKS = {".venv": "requirements-dev.lock", ".venv-sandbox": "requirements-sandbox.lock"}
PEERS = ("gradescope", "pytest", "otter", "nbgrader")
BENCH = {".venv-bench": "requirements-bench.lock"} | {
    f".venv-bench-{peer}": f"requirements-bench-{peer}.lock" for peer in PEERS
}
COMPILED = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev", "--constraint", "requirements.lock"],
    "requirements-sandbox.lock": ["--group", "sandbox", "--constraint", "requirements.lock"],
    "requirements-bench.lock": ["--group", "bench", "--constraint", "requirements.lock"],
    "requirements-tools.lock": ["--group", "tools"],
} | {
    # otter needs setuptools older than ours.
    f"requirements-bench-{peer}.lock": [
        "--group", f"bench-{peer}", *(["--constraint", "requirements.lock"] if peer != "otter" else []),
    ]
    for peer in PEERS
}  # fmt: skip
# pip's options and the variables by which uv takes the same.
UV_VARIABLES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
}


class Refusal(Exception):
    """What stands in the way, and what to do about it."""


def build(locks: Mapping[str, str] = LOCKS) -> None:
    """Make the environments that are missing or older than their lock; cheap where none is."""
    for folder, lock in locks.items():
        stamp = PROJECT / folder / "lock-stamp"
        due = fingerprint(PROJECT / lock)
        if stamp.exists() and stamp.read_text() == due and runs(PROJECT / folder):
            continue
        make_tools()
        stamp.unlink(missing_ok=True)
        say(f"Building {folder} from {lock}")
        install(PROJECT / folder, PROJECT / lock)
        stamp.write_text(due)


def build_bench() -> None:
    """The same for what the bench compares with, or those named; what cannot be built is left out, with its reason."""
    for folder in sys.argv[2:] or BENCH:
        try:
            build({folder: BENCH[folder]})
        except Refusal as refusal:
            say(f"The bench does without {folder}. {refusal}")
            (PROJECT / folder).mkdir(exist_ok=True)
            (PROJECT / folder / "refusal").write_text(str(refusal))


def lock() -> None:
    """Write the lock files anew from pyproject.toml; versions that still fit are kept."""
    make_tools()
    for name, sources in COMPILED.items():
        say(f"Resolving {name}")
        run(
            str(TOOLS / "bin" / "uv"), "pip", "compile", *sources, "--output-file", name, "--quiet",
            "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
            "--no-emit-index-url", "--no-emit-find-links",
            environment=uv_environment(),
        )  # fmt: skip


def make_tools() -> None:
    """Make `.venv-tools`: pip, and uv in its locked version where this platform has it."""
    stamp = TOOLS / "lock-stamp"
    due = fingerprint(PROJECT / "requirements-tools.lock")
    if stamp.exists() and stamp.read_text() == due and runs(TOOLS):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Refusal(
            f"{sys.executable} comes without venv. Install it (on Debian and Ubuntu: the package python3-venv), "
            "or name another Python: make PYTHON=/path/to/python3"
        )
    say("Building .venv-tools")
    run(sys.executable, "-m", "venv", "--clear", str(TOOLS))
    try:
        run(*pip(TOOLS), "install", "--quiet", "--require-hashes", "-r", "requirements-tools.lock")
    except Refusal as refusal:
        say(f"Without uv, pip installs; that takes some minutes. {refusal}")
    stamp.write_text(due)


def install(folder: Path, lock: Path) -> None:
    """Bring `folder` to exactly what `lock` names, by uv and, where uv cannot, by pip."""
    if not (runs(folder) and interpreter_of(folder) == os.path.realpath(sys.executable)):
        run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder))
    python = str(folder / "bin" / "python")
    uv = TOOLS / "bin" / "uv"
    if uv.exists():
        # Else each process compiles all that it imports where none may write bytecode beside it.
        options = ["--require-hashes", "--compile-bytecode", "--quiet"]
        command = [str(uv), "pip", "sync", "--python", python, *options, str(lock)]
        try:
            return run(*command, environment=uv_environment())
        except Refusal as refusal:
            say(f"uv cannot; pip tries. {refusal}")
    run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder))
    run(*pip(TOOLS), "--python", python, "install", "--quiet", "--require-hashes", "-r", str(lock))


def uv_environment() -> dict[str, str]:
    """Our environment with what pip's configuration says about indexes, links and certificates, in uv's words.

    What is already said in uv's own variables stands. Every package is held to the lock's hashes, so it
    does not matter which index it comes from.
    """
    said = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_LINK_MODE": "hardlink"}
    for option, value in pip_configuration().items():
        if variable := UV_VARIABLES.get(option):
            said[variable] = ",".join(value.split()) if option == "find-links" else " ".join(value.split())
    cache = Path(os.environ.get("UV_CACHE_DIR") or default_cache())
    if not can_link_from(cache):
        cache = TOOLS / "cache"
    said["UV_CACHE_DIR"] = str(cache)
    return {**said, **os.environ, "UV_CACHE_DIR": said["UV_CACHE_DIR"]}


def pip_configuration() -> dict[str, str]:
    """pip's options as in force, by bare name: files first, then `[install]`, then the environment."""
    done = subprocess.run([*pip(TOOLS), "config", "list"], capture_output=True, text=True, check=False)
    options: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in done.stdout.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if section in options:
            options[section][option] = str(ast.literal_eval(value))
    return {**options["global"], **options["install"], **options[":env:"]}


def default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "uv"


def can_link_from(cache: Path) -> bool:
    """Whether hard links lead from the cache into the project, so that nothing is stored twice."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        return os.access(cache, os.W_OK) and cache.stat().st_dev == PROJECT.stat().st_dev
    except OSError:
        return False


def fingerprint(lock: Path) -> str:
    """Names what an environment is made from: the lock file and the interpreter."""
    made_from = [lock.read_bytes(), sys.version.encode(), os.path.realpath(sys.executable).encode()]
    return hashlib.sha256(b"\0".join(made_from)).hexdigest()


def runs(folder: Path) -> bool:
    """Whether the environment's interpreter is there: a moved or upgraded Python leaves a dead link."""
    return (folder / "bin" / "python").exists()


def interpreter_of(folder: Path) -> str:
    """The Python that the environment was made with."""
    settings = (folder / "pyvenv.cfg").read_text().splitlines()
    return next((line.partition(" = ")[2] for line in settings if line.startswith("executable = ")), "")


def pip(folder: Path) -> list[str]:
    return [str(folder / "bin" / "python"), "-m", "pip"]


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=PROJECT, env=environment, check=False)
    if done.returncode != 0:
        raise Refusal(f"This failed with exit status {done.returncode}: {' '.join(command)}")


def say(line: str) -> None:
    print(line, flush=True)


COMMANDS: dict[str, Callable[[], None]] = {"build": build, "build-bench": build_bench, "lock": lock}

if __name__ == "__main__":
    try:
        COMMANDS[sys.argv[1]]()
    except Refusal as refusal:
        sys.exit(str(refusal))
    except OSError as error:
        sys.exit(f"The environments cannot be built: {error}")
