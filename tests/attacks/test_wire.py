"""The wire under arbitrary bytes: a value or a WireError, and what was encoded comes back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.guest import wire

HEADERS = st.one_of(
    st.binary(max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["$t", "$d", "$a", "$s", "$b", "$c", "$h", "$v", "$k", "x"]), inner, max_size=2),
        max_leaves=8,
    ).map(lambda value: __import__("json").dumps(value).encode()),
)  # fmt: skip
ARRAYS = st.builds(
    lambda shape, dtype: np.zeros(shape, dtype),
    st.lists(st.integers(0, 3), max_size=3).map(tuple),
    st.sampled_from(["<f8", "<f4", "<i8", "|b1", "<c16", "|u1"]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=9) | st.binary(max_size=9) | ARRAYS
    | st.floats(allow_nan=False) | st.complex_numbers(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple)
    | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.fixture(autouse=True)
def all_walls():
    """Here no student's process is asked, so that there is one mode."""


@settings(max_examples=500, deadline=None)
@given(HEADERS, st.binary(max_size=64))
def test_any_bytes_are_a_value_or_a_wire_error(header, body):
    try:
        wire.decode(header, body)
    except wire.WireError:
        return


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_what_was_encoded_comes_back(value):
    frame = b"".join(bytes(piece) for piece in wire.encode(value))
    header_size, body_size = wire.HEAD.unpack(frame[: wire.HEAD.size])
    header, body = frame[wire.HEAD.size :][:header_size], frame[wire.HEAD.size + header_size :]
    assert len(body) == body_size
    assert same(wire.decode(header, body), value)


def same(a, b):
    if isinstance(b, np.ndarray):
        return isinstance(a, np.ndarray) and a.dtype == b.dtype and np.array_equal(a, b)
    if isinstance(b, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in b)
    return type(a) is type(b) and a == b


@pytest.mark.parametrize("dtype", ["O", "V8", "M8[s]", "U9", "|O8", "f8,O", "nonsense"])
def test_dtypes_that_are_no_numbers_are_refused(dtype):
    with pytest.raises(wire.WireError):
        wire.decode(('{"$a": ["' + dtype + '", [1]]}').encode(), b"\0" * 64)
