"""Reading a reply: right ones come through, in any form that is fair; any other is told what it is, where, what next."""

from types import SimpleNamespace

import numpy as np
import pytest

from grader.checks import (
    Mismatch,
    checked_array,
    checked_layers,
    checked_parts,
    compare_arrays,
    compare_gradients,
    compare_values,
    in_single_precision,
    kind_of,
    unchanged,
)
from grader.errors import CheckFailed
from grader.sandbox import Handle

NAN, HANDLE = float("nan"), Handle(1, "generator")


def problem(function, *args, **options):
    with pytest.raises(CheckFailed) as found:
        function(*args, **options)
    return str(found.value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "None"),
        (True, "a bool"),
        (3, "an int"),
        (1j, "a complex"),
        ("0.5", "a str"),
        ([1, 2], "a list of 2"),
        ((), "a tuple of 0"),
        (np.float32(1), "a float32"),
        (np.array(1.0), "an array of shape ()"),
        (np.zeros((3, 1)), "an array of shape (3, 1)"),
        (HANDLE, "a generator"),
        (Handle(1, "EagerTensor"), "an EagerTensor"),
    ],
)
def test_a_value_is_named_in_the_students_words(value, kind):
    assert kind_of(value) == kind


# --- one array ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (np.arange(6.0).reshape(2, 3), (2, 3)),
        (np.ones((2, 3), np.float32), (2, 3)),
        (np.ones(3, np.int8), (3,)),
        ([[1, 2], [3, 4]], (2, 2)),
        ((1.5, 2), (2,)),
        ([np.float32(1), 2], (2,)),
        (7, ()),
        (0.5, ()),
        (np.float16(0.5), ()),
        (np.int64(3), ()),
        (np.array(3.0), ()),
        (np.zeros((0, 3)), (0, 3)),
        (np.array([1e12, -1e12]), (2,)),
    ],
)
def test_an_array_of_the_right_shape_comes_through_as_float64(value, shape):
    array = checked_array(value, shape, "w")
    assert isinstance(array, np.ndarray)
    assert (array.shape, array.dtype) == (shape, np.float64)
    np.testing.assert_array_equal(array, np.asarray(value, dtype=float))


@pytest.mark.parametrize(
    ("value", "shape", "says"),
    [
        (None, (2,), "`w` is None, expected an array."),
        (None, (), "`w` is None, expected a number."),
        (True, (), "`w` is a bool, expected a number."),
        (np.bool_(True), (), "`w` has dtype bool, expected float64 or float32."),
        (np.array([True, False]), (2,), "`w` has dtype bool, expected float64 or float32."),
        (1j, (), "`w` is a complex, expected a number."),
        (np.array([1j, 2]), (2,), "`w` has dtype complex128, expected float64 or float32."),
        ([1j, 2], (2,), "`w` has dtype complex128, expected float64 or float32."),
        ("12", (2,), "`w` is a str, expected an array."),
        (["one", "two"], (2,), "`w` is a list of 2, expected an array."),
        (["1", "2"], (2,), "`w` is a list of 2, expected an array."),
        ([b"1", b"2"], (2,), "`w` is a list of 2, expected an array."),
        ([[1], [2, 3]], (2, 2), "`w` is a list of 2, expected an array."),
        ([10**400, 1], (2,), "`w` is a list of 2, expected an array."),
        ({"w": 1}, (1,), "`w` is a dict, expected an array."),
        (HANDLE, (2,), "`w` is a generator, expected an array."),
        (np.zeros(1), (), "`w` has shape (1,), expected a number."),
        (0.5, (2,), "`w` has shape (), expected (2,). See the shapes in the statement."),
        (np.zeros((3, 2)), (2, 3), "`w` has shape (3, 2), expected (2, 3). It is transposed."),
        (np.zeros((2, 1)), (2,), "`w` has shape (2, 1), expected (2,). See the shapes in the statement."),
        (np.zeros((5, 2)), (2,), "`w` has shape (5, 2), expected (2,). Sum over the batch axis."),
        (np.zeros((1, 2)), (2,), "`w` has shape (1, 2), expected (2,). It has an axis too many."),
        ([[1.0, 2.0]], (2,), "`w` has shape (1, 2), expected (2,). It has an axis too many."),
        (NAN, (), "`w` is nan. Look for a division by 0 or an overflow."),
        (np.float32(-np.inf), (), "`w` is -inf. Look for a division by 0 or an overflow."),
        ([1.0, None], (2,), "`w` holds nan at index (1,). Look for a division by 0 or an overflow."),
        (
            [[1, 2], [np.inf, NAN]],
            (2, 2),
            "`w` holds inf at index (1, 0). Look for a division by 0 or an overflow.",
        ),
    ],
)
def test_any_other_array_is_told_what_is_wrong_with_it(value, shape, says):
    assert problem(checked_array, value, shape, "w") == says
    assert problem(checked_array, value, shape, "w", more=" One a layer.") == f"{says} One a layer."


@pytest.mark.parametrize(
    ("value", "shape", "says"),
    [
        ([0, -2e12], (2,), "`w` holds -2e+12 at index (1,), beyond ±1e+12. Smaller numbers will do."),
        (10**13, (), "`w` is 1e+13, beyond ±1e+12. Smaller numbers will do."),
        ([1e300, 1e300], (2,), "`w` holds 1e+300 at index (0,), beyond ±1e+12. Smaller numbers will do."),
    ],
)
def test_a_number_too_large_to_compute_with_is_told(value, shape, says):
    assert problem(checked_array, value, shape, "w", more=" One a layer.") == says


def test_the_bound_of_an_array_is_the_exercises():
    assert problem(checked_array, [1e6 + 1], (1,), "b", 1e6).startswith("`b` holds 1e+06 at index (0,), beyond ±1e+06.")
    assert checked_array([1e300], (1,), "b", np.inf) == 1e300


def test_what_came_in_place_of_an_array_is_kept_as_evidence():
    with pytest.raises(Mismatch) as found:
        checked_array([1.0, NAN], (2,), "w")
    (comparison,) = found.value.evidence.comparisons
    assert comparison.name == "w"
    assert np.isnan(comparison.received).tolist() == [False, True]


# --- the parts of a reply ----------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [(1, None), [1, None]])
def test_a_reply_with_all_its_parts_is_taken_apart(reply):
    assert checked_parts(reply, "fit", ("w", "b")) == [1, None]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (None, "None"),
        (True, "a bool"),
        (0.5, "a float"),
        (1j, "a complex"),
        ("wb", "a str"),
        (np.float64(0.5), "a float64"),
        ((), "a tuple of 0"),
        ([1], "a list of 1"),
        ((1, 2, 3), "a tuple of 3"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"),
        ({"w": 1, "b": 2}, "a dict"),
        (HANDLE, "a generator"),
    ],
)
def test_any_other_reply_is_told_which_parts_are_expected(reply, kind):
    assert problem(checked_parts, reply, "fit", {"w": (2,), "b": ()}) == f"`fit` returned {kind}, expected (w, b)."


# --- one array a layer -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "group", [[[1.0, 2.0], [3.0, 4.0]], ([1.0, 2.0], [3.0, 4.0]), np.array([[1.0, 2.0], [3.0, 4.0]])]
)
def test_a_list_a_tuple_and_a_stack_of_layers_come_through(group):
    layers = checked_layers(group, 2, "weights")
    assert isinstance(layers, list)
    np.testing.assert_array_equal(layers, [[1, 2], [3, 4]])


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        (None, "None"),
        (False, "a bool"),
        (2, "an int"),
        (2j, "a complex"),
        ("ab", "a str"),
        (np.float64(2), "a float64"),
        (np.array(2.0), "an array of shape ()"),
        (np.zeros((3, 2)), "an array of shape (3, 2)"),
        ([], "a list of 0"),
        ((1, 2, 3), "a tuple of 3"),
        ({0: 1, 1: 2}, "a dict"),
        (HANDLE, "a generator"),
    ],
)
def test_anything_else_is_no_list_of_layers(group, kind):
    says = problem(checked_layers, group, 2, "weights")
    assert says == f"`weights` is {kind}, expected a list of 2 arrays, one a layer."


def test_one_layer_is_one_array_and_numbers_are_no_arrays():
    assert (
        problem(checked_layers, [], 1, "biases") == "`biases` is a list of 0, expected a list of 1 array, one a layer."
    )
    says = problem(checked_layers, None, 3, "norms", "number", "one for each hidden layer")
    assert says == "`norms` is None, expected a list of 3 numbers, one for each hidden layer."


def test_gradients_may_be_stacked_where_layers_are_equally_wide():
    expected = [np.ones((2, 3, 3)), np.ones((2, 3))]
    assert all(c.passed for c in compare_gradients(expected, expected).comparisons)
    assert problem(compare_gradients, (expected[0][:1], expected[1]), expected) == (
        "`nabla_w` is an array of shape (1, 3, 3), expected a list of 2 arrays, one a layer."
    )
    assert "`nabla_b[1]` differs" in problem(compare_gradients, (expected[0], expected[1] * [[1], [2]]), expected)


# --- values side by side -----------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [(1.0, 2.0), [1, 2], np.array([1.0, 2.0]), np.array([1, 2], np.float32)])
def test_values_may_come_as_a_tuple_a_list_or_one_array(reply):
    assert all(c.passed for c in compare_values(reply, {"a": 1.0, "b": 2.0}).comparisons)


def test_arrays_of_one_shape_may_come_stacked():
    assert compare_values(np.ones((2, 3)), {"dw": np.ones(3), "db": np.ones(3)}).comparisons[1].name == "db"
    says = problem(compare_values, np.array([[1.0, 2.0], [3.0, 4.0]]), {"dw": np.ones(2), "db": [3.0, 4.0]})
    assert says.startswith("`dw` differs from the right values by")


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (None, "None"),
        (np.float64(1), "a float64"),
        (np.array(1.0), "an array of shape ()"),
        (np.zeros(3), "an array of shape (3,)"),
        ([1.0], "a list of 1"),
        ("ab", "a str"),
    ],
)
def test_what_holds_another_number_of_values_is_told_their_names(reply, kind):
    assert problem(compare_values, reply, {"a": 1.0, "b": 2.0}) == f"The function returned {kind}, expected (a, b)."


def test_a_number_that_is_nan_stands_at_no_index():
    assert problem(compare_arrays, NAN, 1.0, "cost") == "`cost` is nan. Look for a division by 0 or an overflow."
    assert "`c` holds nan at index (1,)." in problem(compare_arrays, [1, NAN], [1.0, 2.0], "c")


def test_single_precision_is_seen_in_any_of_the_arrays():
    assert in_single_precision(np.zeros(2), np.zeros(2, np.float32))
    assert in_single_precision(np.float16(1))
    assert not in_single_precision(np.zeros(2), [1.0], 2.0, None)


def test_a_changed_argument_is_named_after_the_last_call_only():
    student = SimpleNamespace(calls=[SimpleNamespace(function="scale", mutated=("x", "y"))])
    told = problem(unchanged, student, "Return a new array.")
    assert told == "`scale` changes its argument `x` in place. Return a new array."
    student.calls.append(SimpleNamespace(function="scale", mutated=()))
    unchanged(student)
