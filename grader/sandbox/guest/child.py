"""A submission's process: builds its walls, warms up, then answers the examiner's calls.

Everything here may be read and broken by the student's code that runs in this very process. Nothing of
it is trusted: what the examiner believes is decided on the other side of descriptor 3.
"""

import array
import builtins
import contextlib
import copy
import ctypes
import inspect
import io
import linecache
import mmap
import os
import random
import select
import socket
import sys
import traceback
import types
import weakref
from typing import Any, NoReturn

import folders
import jail
import numpy as np
import wire

_mmap, _munmap, _memcmp = jail.libc.mmap, jail.libc.munmap, jail.libc.memcmp
_mmap.restype = ctypes.c_void_p
_mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_memcmp.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]

JOB = 3
channel: socket.socket  # the same, as an object
SETUP_FAILED = 97
REST_SECONDS = 0.5
# Answers to several calls travel together up to about so much.
ENOUGH_BYTES = 1 << 16
FILE = "submission.py"
# What a process may read of itself where it sees everybody's /proc.
OWN_PROC = tuple(f"/proc/self/{name}" for name in ("status", "stat", "statm", "maps", "cmdline"))
# Where the kernel counts the threads of all children together; the zygote watches each one's.
MOST_THREADS_OF_ALL = 8192


def main(job: int, output: int, settings: dict[str, Any], kind: str) -> NoReturn:
    """Never returns: the process ends when the examiner hangs up. `kind` says what it is warm for."""
    try:
        _keep_descriptors(job, output)
        _build_walls(settings)
        _warm(kind)
        _send({"ready": True})
        _warm_further(kind)
    except BaseException:
        os.write(2, ("SANDBOX " + traceback.format_exc()).encode())
        os._exit(SETUP_FAILED)
    Answering().serve()
    os._exit(0)


def _keep_descriptors(job: int, output: int) -> None:
    """Standard input empty, standard output and error to the host, the job on 3, nothing else open."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(job, JOB, inheritable=False)
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.closerange(JOB + 1, 1 << 16)
    global channel
    channel = socket.socket(fileno=JOB)  # asks the kernel what it is, which the walls do not allow
    os.setsid()
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def _build_walls(settings: dict[str, Any]) -> None:
    """Every layer that `settings` names; any that fails ends this process before it runs a student's code."""
    if settings["mode"] == "namespaces":
        _leave_the_machine(settings)
        readable, threads = settings["readable"], folders.MAX_THREADS
    else:
        jail.die_with(settings["parent"])
        readable, threads = [*settings["readable"], *OWN_PROC], MOST_THREADS_OF_ALL
    os.chdir(settings["folder"])
    os.environ.update(HOME=settings["folder"], TMPDIR=settings["folder"])
    layers = settings["layers"]
    if "limits" in layers:
        jail.limit_resources(settings["files_mib"])
        jail.limit_threads(threads)
    if "capabilities" in layers:
        jail.drop_capabilities()
    jail.no_new_privileges()
    if "landlock" in layers:
        jail.landlock(readable, [settings["folder"], "/dev/null"])
    if "seccomp" in layers:
        jail.seccomp(jail.seccomp_program(os.getpid(), own_files=settings["mode"] == "namespaces"))


def _leave_the_machine(settings: dict[str, Any]) -> None:
    """Namespaces of one's own: files, processes, accounts."""
    layers = settings["layers"]
    if "mounts" in layers:
        jail.own_mounts(settings["files_mib"])
    if "proc" in layers:
        jail.own_proc()
    if "user" in layers:
        jail.own_user()


def _warm(kind: str) -> None:
    """Pay for first operations before a submission comes. TensorFlow's threads start behind the walls."""
    if kind == "numpy":
        return
    _warm_tape("float32")
    if kind == "keras":
        _warm_keras()


def _warm_further(kind: str) -> None:
    """What fewer submissions need, where none comes at once: many at a time would pay for what most do not use."""
    if kind != "numpy" and not select.select([JOB], [], [], REST_SECONDS)[0]:
        _warm_tape("float64")


def _warm_tape(dtype: str) -> None:
    """Each precision has kernels of its own, and a product of matrices others than one with a vector."""
    tf = sys.modules["tensorflow"]
    w, b, x = tf.Variable(tf.ones((4, 3), dtype)), tf.Variable(tf.zeros(3, dtype)), tf.ones((5, 4), dtype)
    with tf.GradientTape() as tape:
        logits = tf.matmul(x, w) + b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1, 2, 0, 1], logits=logits))
    tape.gradient(loss, [w, b])


def _warm_keras() -> None:
    """One step of a tiny model, of which nothing is left: layers are counted and seeds drawn from the start again."""
    keras = sys.modules["keras"]
    layers = [keras.layers.Input((2,)), keras.layers.Dense(2, activation="relu"), keras.layers.Dense(2)]
    model = keras.Sequential(layers)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    model.fit(np.ones((2, 2), "float32"), np.array([0, 1]), verbose=0)
    keras.utils.clear_session()


def _send(value: Any) -> None:
    for piece in wire.encode(value):
        view = memoryview(piece)
        while view:
            view = view[os.write(JOB, view) :]


def _receive() -> Any:
    header_size, body_size = wire.HEAD.unpack(_exactly(wire.HEAD.size))
    header = _exactly(header_size)
    return wire.decode(bytes(header), _exactly(body_size) if body_size < wire.SEALED_BYTES else _large(body_size))


def _large(size: int) -> Any:
    """A body that may have come as a sealed file, in which case its descriptor is beside the next byte."""
    first, beside, _, _ = channel.recvmsg(1, socket.CMSG_SPACE(4))
    if not first:
        os._exit(0)
    if beside:
        (descriptor,) = array.array("i", beside[0][2])
        try:
            body = _mapped(descriptor, size, mmap.PROT_READ | mmap.PROT_WRITE)
            # As it was sent, to tell later whether it was changed: no copy of it is needed for that.
            body.sealed = np.frombuffer(_mapped(descriptor, size, mmap.PROT_READ), np.uint8)
            return body
        finally:
            os.close(descriptor)
    whole = bytearray(size)
    whole[:1] = first
    _fill(memoryview(whole)[1:])
    return whole


def _mapped(descriptor: int, size: int, protection: int) -> Any:
    """A file's bytes, without a copy. What is changed of them is changed in this mapping only.

    They stay as long as anything refers to them. (`mmap.mmap` would keep a descriptor open for each.)
    """
    address = _mmap(None, size, protection, mmap.MAP_PRIVATE, descriptor, 0)
    if address == ctypes.c_void_p(-1).value:
        raise MemoryError(f"an argument of {size >> 20} MiB")
    content = (ctypes.c_ubyte * size).from_address(address)
    weakref.finalize(content, _munmap, address, size)
    return content


def _exactly(size: int) -> bytearray:
    buffer = bytearray(size)
    _fill(memoryview(buffer))
    return buffer


def _fill(view: memoryview) -> None:
    while view:
        received = os.readv(JOB, [view])
        if received == 0:
            os._exit(0)  # the examiner hung up
        view = view[received:]


class Answering:
    """Answers the examiner's requests one after another: load, call, files, read, write."""

    def __init__(self) -> None:
        self.modules: dict[str, types.ModuleType] = {}
        self.kept: list[Any] = []  # what the examiner holds handles of

    def serve(self) -> None:
        while True:
            request = _receive()
            try:
                answer = {"reply": getattr(self, f"on_{request['do']}")(request)}
            except BaseException as error:
                answer = {"error": describe(error)}
            finally:
                _flush()
            self.send(answer)

    def send(self, answer: dict[str, Any]) -> None:
        try:
            _send(answer)
        except (wire.WireError, MemoryError, RecursionError) as error:
            _send({"error": describe(error)})

    def on_begin(self, request: dict[str, Any]) -> None:
        """Take on a submission's limits, seed and files."""
        jail.limit_memory(request["memory_mib"])
        seed = request["seed"]
        random.seed(seed)
        np.random.seed(seed & 0xFFFF_FFFF)
        if "tensorflow" in sys.modules:
            sys.modules["tensorflow"].random.set_seed(seed & 0x7FFF_FFFF)
        for path, content in request["files"].items():
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)

    def on_load(self, request: dict[str, Any]) -> list[str]:
        """Run a source as a module and give the names of the functions it defines."""
        name, source = request["module"], request["source"]
        # Tracebacks and AutoGraph look the source up here; there is no such file.
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        module = types.ModuleType(name.removesuffix(".py"))
        module.__file__ = name
        module.__dict__["__builtins__"] = builtins
        sys.modules[module.__name__] = module
        self.modules[name] = module
        exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        return [n for n, v in vars(module).items() if callable(v) and not n.startswith("_")]

    def on_call(self, request: dict[str, Any]) -> dict[str, Any]:
        module = self.modules[request["module"]]
        function = module.__dict__.get(request["function"])
        if not callable(function):
            raise NameError(f"there is no function `{request['function']}` in your file. Define it by this name")
        args = [self.arrive(a) for a in request["args"]]
        kwargs = {k: self.arrive(v) for k, v in request["kwargs"].items()}
        names = _parameter_names(function, len(args))
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        before = {name: _snapshot(value) for name, value in given.items()}
        result = function(*args, **kwargs)
        mutated = [name for name, value in given.items() if not _unchanged(before[name], value)]
        return {"value": self.depart(result, 0), "mutated": mutated}

    def on_load_each(self, request: dict[str, Any]) -> None:
        """Run several sources, pairs of name and text, as modules, each in a folder of its own."""
        for module, source in request["sources"]:
            with _own_folder(module):
                self.on_load({"module": module, "source": source})

    def on_call_each(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        """The same call to one module after another, each with arguments of its own, as far as one answer holds.

        What would make it too large is left for the next request, which makes that call again.
        """
        answers: list[dict[str, Any]] = []
        size = 0
        for module in request["modules"]:
            given = copy.deepcopy({"args": request["args"], "kwargs": request["kwargs"]})
            try:
                with _own_folder(module):
                    answer = {"reply": self.on_call({**request, **given, "module": module})}
                size += sum(map(len, wire.encode(answer)))
            except BaseException as error:
                answer = {"error": describe(error)}
            if answers and size > ENOUGH_BYTES:
                break
            answers.append(answer)
        return answers

    def on_read(self, request: dict[str, Any]) -> bytes:
        with open(request["path"], "rb") as file:
            return file.read(request["limit"] + 1)

    def on_files(self, request: dict[str, Any]) -> list[str]:
        """Every file below a folder, by path relative to the working folder."""
        return sorted(
            os.path.normpath(os.path.join(where, name))
            for where, _, names in os.walk(request["folder"])
            for name in names
        )

    def arrive(self, value: Any) -> Any:
        """An argument as the student's function gets it."""
        if isinstance(value, wire.Handle):
            return self.kept[value.number]
        if isinstance(value, wire.TensorArgument):
            tf = sys.modules["tensorflow"]
            return tf.Variable(value.value) if value.variable else tf.constant(value.value)
        if isinstance(value, list):
            return [self.arrive(v) for v in value]
        if isinstance(value, tuple):
            return tuple(self.arrive(v) for v in value)
        if isinstance(value, dict):
            return {k: self.arrive(v) for k, v in value.items()}
        return value

    def depart(self, value: Any, depth: int) -> Any:
        """A result as it can travel: TensorFlow's values as arrays, what cannot travel as a handle."""
        if depth > wire.MAX_DEPTH:
            return self.keep(value)
        if value is None or type(value) in (bool, int, float, complex, str, bytes):
            return value
        if isinstance(value, np.generic) and value.dtype.kind in wire.KINDS:
            return value
        if isinstance(value, np.ndarray):
            return np.asarray(value) if value.dtype.kind in wire.KINDS else self.keep(value)
        if isinstance(value, list):
            return [self.depart(v, depth + 1) for v in value]
        if isinstance(value, tuple):
            return tuple(self.depart(v, depth + 1) for v in value)
        if isinstance(value, dict) and all(type(k) in (str, int, float, bool) for k in value):
            return {k: self.depart(v, depth + 1) for k, v in value.items()}
        if "tensorflow" in sys.modules:
            tf = sys.modules["tensorflow"]
            if isinstance(value, tf.IndexedSlices):
                value = tf.convert_to_tensor(value)
            if isinstance(value, tf.Tensor | tf.Variable) and hasattr(value, "numpy"):
                return self.depart(value.numpy(), depth + 1)
        return self.keep(value)

    def keep(self, value: Any) -> wire.Handle:
        self.kept.append(value)
        kind = type(value)
        name = f"array of dtype {value.dtype}" if isinstance(value, np.ndarray) else kind.__name__
        return wire.Handle(len(self.kept) - 1, name)


def _own_folder(module: str) -> contextlib.chdir:
    """Work in a folder of the module's name, without its ending."""
    folder = module.removesuffix(".py")
    os.makedirs(folder, exist_ok=True)
    return contextlib.chdir(folder)


def _parameter_names(function: Any, count: int) -> list[str]:
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return names[:count] + [f"argument {i + 1}" for i in range(len(names), count)]


def _snapshot(value: Any) -> Any:
    """What tells later whether an argument was changed in place."""
    if isinstance(value, np.ndarray):
        sealed = _sealed(value)
        return value.copy() if sealed is None else sealed
    if isinstance(value, list | tuple):
        return [_snapshot(v) for v in value]
    if isinstance(value, dict):
        return {k: _snapshot(v) for k, v in value.items()}
    return None


def _sealed(value: np.ndarray) -> np.ndarray | None:
    """An array that came in a sealed file, as it is there; None for others."""
    body: Any = value
    while isinstance(body, np.ndarray | memoryview):
        body = body.base if isinstance(body, np.ndarray) else body.obj
    if not hasattr(body, "sealed"):
        return None
    offset = value.ctypes.data - ctypes.addressof(body)
    return body.sealed[offset : offset + value.nbytes].view(value.dtype).reshape(value.shape)


def _unchanged(before: Any, value: Any) -> bool:
    if isinstance(before, np.ndarray):
        same_form = isinstance(value, np.ndarray) and value.shape == before.shape and value.nbytes == before.nbytes
        return (
            same_form and value.flags.c_contiguous and not _memcmp(value.ctypes.data, before.ctypes.data, value.nbytes)
        )
    if isinstance(before, list):
        is_list = isinstance(value, list | tuple) and len(value) == len(before)
        return is_list and all(map(_unchanged, before, value))
    if isinstance(before, dict):
        is_dict = isinstance(value, dict) and list(value) == list(before)
        return is_dict and all(_unchanged(before[k], v) for k, v in value.items())
    return not isinstance(value, np.ndarray | list | tuple | dict)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError, io.UnsupportedOperation):
            continue


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as the student is told of it: type, message, and the line of their file."""
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    message = error.msg if isinstance(error, SyntaxError) else _text(error)
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == FILE:
            line = frame.lineno
    return {"type": type(error).__name__[:100], "message": message[:2000], "line": line}


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "(its message cannot be printed)"
