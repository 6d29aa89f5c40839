"""Frames between the examiner and a student's process: typed values, never pickle, never objects.

A frame is a fixed head (header length, body length), a JSON header, and the raw bytes of the arrays in
the order in which the header names them, each from a multiple of 64 bytes on. Both sides import this file, so it
needs numpy only.

A large body comes to the student's process in a sealed file of memory, whose descriptor follows the header beside
a byte that says nothing; it is mapped there, privately, and not copied. A body from the process comes over the socket
whatever its size: the examiner would have to copy it all the same, since what is shared could change while it is read.

Plain JSON values stand for themselves (lists too); everything else is an object with one key:
`$t` tuple, `$d` dict as pairs, `$a` array [dtype, shape], `$s` numpy scalar, `$b` bytes, `$c` complex,
`$h` handle [number, type name], `$v` an array that is to arrive as a TensorFlow variable, `$k` as a
constant.
"""

import json
import re
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

HEAD = struct.Struct("<IQ")
MAX_HEADER = 1 << 20
MAX_DEPTH = 32
ALIGNMENT = 64
# From here on a sealed file is faster than the socket, measured.
SEALED_BYTES = 1 << 20
KINDS = "biufc"
# np.dtype reads whole grammars; only what `dtype.str` gives for numbers is let near it.
DTYPE = re.compile(r"[|<>]b1|[|<>][iu][1248]|[<>]f(?:2|4|8|16)|[<>]c(?:8|16|32)")


# Bytes with a length: bytearray, bytes, an array of bytes.
Buffer = Any


class WireError(ValueError):
    """A frame that does not decode, or a value that cannot be sent."""


@dataclass(frozen=True)
class Handle:
    """Something that stays in the student's process; it can be passed to later calls."""

    number: int
    type_name: str


@dataclass(frozen=True)
class TensorArgument:
    """An array that is to arrive as a tf.Variable or, with `variable` False, as a tf.constant."""

    value: Any
    variable: bool


def encode(value: Any) -> list[bytes | memoryview]:
    """The pieces of a frame that carries `value`, to be written one after another."""
    arrays: list[np.ndarray] = []
    header = json.dumps(_pack(value, arrays, 0)).encode()
    body: list[bytes | memoryview] = []
    size = 0
    for array in arrays:
        if array.nbytes:
            gap = -size % ALIGNMENT
            body += [bytes(gap), array.reshape(-1).data.cast("B")]
            size += gap + array.nbytes
    return [HEAD.pack(len(header), size) + header, *body]


def _pack(value: Any, arrays: list[np.ndarray], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise WireError("nested too deeply")
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if kind is complex:
        return {"$c": [value.real, value.imag]}
    if kind is bytes:
        arrays.append(np.frombuffer(value, np.uint8))
        return {"$b": len(value)}
    if kind is np.ndarray:
        return {"$a": _pack_array(value, arrays)}
    if isinstance(value, np.generic):
        return {"$s": _pack_array(np.asarray(value), arrays)}
    if kind is list:
        return [_pack(v, arrays, depth + 1) for v in value]
    if kind is tuple:
        return {"$t": [_pack(v, arrays, depth + 1) for v in value]}
    if kind is dict:
        return {"$d": [[_pack(k, arrays, depth + 1), _pack(v, arrays, depth + 1)] for k, v in value.items()]}
    if kind is Handle:
        return {"$h": [value.number, value.type_name]}
    if kind is TensorArgument:
        return {"$v" if value.variable else "$k": _pack(value.value, arrays, depth + 1)}
    raise WireError(f"cannot send a {kind.__name__}")


def _pack_array(array: np.ndarray, arrays: list[np.ndarray]) -> list[Any]:
    if array.dtype.kind not in KINDS:
        raise WireError(f"cannot send an array of dtype {array.dtype}")
    arrays.append(np.ascontiguousarray(array))
    return [array.dtype.str, list(array.shape)]


def decode(header: bytes, body: Buffer) -> Any:
    """The value of a frame, whose arrays are views of `body`: nobody else may change it.

    Raises WireError for anything that `encode` would not have written.
    """
    reader = _Reader(body)
    try:
        value = reader.read(json.loads(header), 0)
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise WireError(f"{type(error).__name__}: {error}") from error
    if reader.position != len(body):
        raise WireError("bytes are left over")
    return value


class _Reader:
    def __init__(self, body: Buffer) -> None:
        self.body = body
        self.position = 0

    def read(self, item: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise WireError("nested too deeply")
        if isinstance(item, list):
            return [self.read(v, depth + 1) for v in item]
        if not isinstance(item, dict):
            return item
        if len(item) != 1:
            raise WireError("an object has one key")
        ((key, content),) = item.items()
        return self._typed(key, content, depth)

    def _typed(self, key: str, content: Any, depth: int) -> Any:
        if key == "$t":
            return tuple(self.read(v, depth + 1) for v in _list(content))
        if key == "$d":
            return {_key(self.read(k, depth + 1)): self.read(v, depth + 1) for k, v in _list(content)}
        if key == "$a":
            return self._array(content)
        if key == "$s":
            return self._array([content[0], []])[()]
        if key == "$b":
            return self._take(_size(content)).tobytes()
        if key == "$c":
            return complex(float(content[0]), float(content[1]))
        if key == "$h":
            return Handle(_size(content[0]), str(content[1])[:200])
        if key in ("$v", "$k"):
            return TensorArgument(self.read(content, depth + 1), key == "$v")
        raise WireError(f"unknown key {key!r:.20}")

    def _array(self, content: Any) -> np.ndarray:
        if not isinstance(content[0], str) or not DTYPE.fullmatch(content[0]):
            raise WireError(f"refused an array of dtype {content[0]!r:.20}")
        dtype = np.dtype(content[0])
        shape = tuple(_size(n) for n in _list(content[1]))
        if len(shape) > 16:
            raise WireError("refused an array of more than 16 axes")
        count = 1
        for n in shape:
            count *= n
        return self._take(count * dtype.itemsize).view(dtype).reshape(shape)

    def _take(self, size: int) -> np.ndarray:
        if size == 0:
            return np.empty(0, np.uint8)
        begin = self.position + -self.position % ALIGNMENT
        self.position = begin + size
        if self.position > len(self.body):
            raise WireError("the frame is too short")
        return np.frombuffer(self.body, np.uint8, size, begin)


def _list(content: Any) -> list[Any]:
    if not isinstance(content, list):
        raise WireError("expected a list")
    return content


def _key(value: Any) -> str | int | float | bool:
    """A dict's key. Integers beyond 64 bits could be chosen by the thousand to share one hash."""
    if type(value) not in (str, int, float, bool) or (type(value) is int and not -(1 << 63) <= value < 1 << 63):
        raise WireError("refused a key")
    return value


def _size(content: Any) -> int:
    if type(content) is not int or not 0 <= content <= 1 << 40:
        raise WireError("expected a size")
    return content
