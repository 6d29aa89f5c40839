"""Circuits against counting, and what depth saves."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcore.circuits import Circuit, deep_parity, shallow, shallow_parity


def all_bits(n):
    return np.array(list(product((0, 1), repeat=n)))


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_two_layers_compute_any_function_of_bits(n, number):
    table = (number >> np.arange(2**n)) & 1
    np.testing.assert_array_equal(shallow(n, table).evaluate(all_bits(n)), table)


@pytest.mark.parametrize("n", [2, 3, 5, 8, 9])
def test_parity_shallow_and_deep(n):
    bits = all_bits(n)
    due = bits.sum(axis=1) % 2
    flat, deep = shallow_parity(n), deep_parity(n)
    np.testing.assert_array_equal(flat.evaluate(bits), due)
    np.testing.assert_array_equal(deep.evaluate(bits), due)
    assert len(flat.gates) == n + 2 ** (n - 1) + 1
    assert len(deep.gates) == 4 * (n - 1)
    assert flat.depth() == 3
    assert deep.depth() <= 3 * int(np.ceil(np.log2(n)))


def test_what_is_no_circuit_is_refused():
    with pytest.raises(ValueError, match=r"gates\[0\]: wires \(2,\) came, some of 0 to 1 expected"):
        Circuit(2, ((2,),))
    with pytest.raises(ValueError, match=r"bits: shape \(1, 3\) came, \(m, 2\) of 0 and 1 with m ≥ 1 expected"):
        deep_parity(2).evaluate(np.zeros((1, 3), int))
    with pytest.raises(ValueError, match=r"table: shape \(3,\) came, \(4,\) of 0 and 1 expected"):
        shallow(2, np.zeros(3, int))
