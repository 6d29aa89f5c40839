"""What a function of mlcore asks of its arguments: each check gives a ValueError that names the argument, what came
and what was expected.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
T = TypeVar("T")
# A letter stands for any length from 1 on.
Shape = tuple[int | str, ...]

# Complex numbers come from the complex step of mlcore.gradient_checking alone.
PRECISIONS = (np.float32, np.float64, np.complex64, np.complex128)


def floats(name: str, value: ArrayLike) -> Array:
    """`value` as an array of float32 or float64, all of it finite. Python's own numbers become float64."""
    array = np.asarray(value, dtype=float) if isinstance(value, int | float) else np.asarray(value)
    if array.dtype.type not in PRECISIONS:
        raise ValueError(f"{name}: dtype {array.dtype} came, float64 or float32 expected")
    return finite(name, array)


def numbers(name: str, value: ArrayLike) -> NDArray[Any]:
    """`value` as an array of real numbers of any type, all of it finite."""
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name}: dtype {array.dtype} came, real numbers expected")
    return finite(name, array)


def finite(name: str, array: NDArray[Any]) -> NDArray[Any]:
    """`array`, without NaN and infinities."""
    if not np.isfinite(array).all():
        where = np.unravel_index(int(np.argmin(np.isfinite(array))), array.shape)
        place = f"{name}[{', '.join(str(i) for i in where)}]" if array.ndim else name
        raise ValueError(f"{name}: {place} is {array[where]}, finite numbers expected")
    return array


def shaped(name: str, value: ArrayLike, shape: Shape) -> Array:
    """`value` as floats of this shape; a letter stands for any length from 1 on: ("m", 784)."""
    return floats(name, of_shape(name, value, shape))


def of_shape(name: str, value: ArrayLike, shape: Shape, of: str = "") -> NDArray[Any]:
    """`value` as an array of this shape, of any type; `of` says what it should hold."""
    array = np.asarray(value)
    require_shape(name, array.shape, shape, of)
    return array


def require_shape(name: str, came: tuple[int, ...], shape: Shape, of: str = "") -> None:
    """Raises ValueError where the shape that came is another one."""
    fits = len(came) == len(shape) and all(
        n == due if isinstance(due, int) else n >= 1 for n, due in zip(came, shape, strict=True)
    )
    if not fits:
        letters = [n for n in shape if isinstance(n, str)]
        least = f" with {', '.join(letters)} ≥ 1" if letters else ""
        raise ValueError(f"{name}: shape {came} came, {spelled(shape)}{of}{least} expected")


def spelled(shape: Shape) -> str:
    """As Python writes it, letters as they are: (m, 784)."""
    return f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})"


def all_floats(name: str, values: Sequence[ArrayLike]) -> list[Array]:
    """Each of the values as `floats` gives it."""
    return [floats(f"{name}[{i}]", value) for i, value in enumerate(values)]


def all_numbers(name: str, values: Mapping[str, ArrayLike]) -> dict[str, NDArray[Any]]:
    """Each of the values as `numbers` gives it, by its name."""
    return {key: numbers(f"{name}[{key!r}]", value) for key, value in values.items()}


def with_gradients(parameters: Sequence[Array], gradients: Sequence[Array]) -> tuple[list[Array], list[Array]]:
    """Both as floats: a gradient for each parameter, of its shape."""
    if len(parameters) != len(gradients):
        raise ValueError(f"gradients: {len(gradients)} came, {len(parameters)} expected, one a parameter")
    checked = all_floats("parameters", parameters)
    pairs = enumerate(zip(gradients, checked, strict=True))
    return checked, [shaped(f"gradients[{i}]", g, w.shape) for i, (g, w) in pairs]


def labels(name: str, value: ArrayLike, m: int, classes: int | None = None) -> Labels:
    """`value` as (m,) integers, from 0 to classes − 1 where the number of classes is known."""
    array = np.asarray(value)
    if array.shape != (m,) or not m:
        wanted = f"({m},) expected, one label an example" if m else "at least one label expected"
        raise ValueError(f"{name}: shape {array.shape} came, {wanted}")
    if not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{name}: dtype {array.dtype} came, integer labels expected")
    if classes is not None and not (array.min() >= 0 and array.max() < classes):
        raise ValueError(f"{name}: labels from {array.min()} to {array.max()} came, 0 to {classes - 1} expected")
    return array


def signs(name: str, value: ArrayLike, shape: Shape) -> NDArray[Any]:
    """`value` as an array of −1 and +1 of this shape, of any number type."""
    return either(name, value, shape, (-1, 1), " of −1 and +1")


def bits(name: str, value: ArrayLike, shape: Shape) -> NDArray[Any]:
    """`value` as an array of 0 and 1 of this shape, of any number type."""
    return either(name, value, shape, (0, 1), " of 0 and 1")


def either(name: str, value: ArrayLike, shape: Shape, two: tuple[int, int], of: str) -> NDArray[Any]:
    """`value` as an array that holds these two numbers only."""
    array = of_shape(name, value, shape, of)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name}: dtype {array.dtype} came, numbers expected: {spelled(shape)}{of}")
    if not np.isin(array, two).all():
        raise ValueError(f"{name}: values {np.unique(array)[:5]} came, {spelled(shape)}{of} expected")
    return array


def number(name: str, value: float) -> float:
    """`value`, a finite number."""
    if not isinstance(value, int | float | np.integer | np.floating) or not np.isfinite(value):
        raise ValueError(f"{name}: {value!r} came, a finite number expected")
    return float(value)


def positive(name: str, value: float) -> float:
    """`value`, a number above 0."""
    if not number(name, value) > 0:
        raise ValueError(f"{name}: {value} came, a number above 0 expected")
    return float(value)


def fraction(name: str, value: float) -> float:
    """`value`, a number from 0 up to but not including 1."""
    if not 0 <= number(name, value) < 1:
        raise ValueError(f"{name}: {value} came, a number from 0 to below 1 expected")
    return value


def count(name: str, value: int, least: int = 1) -> int:
    """`value`, a whole number from `least` on."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name}: {value!r} came, a whole number from {least} on expected")
    return int(value)


def one_of(name: str, value: str, known: Mapping[str, T]) -> T:
    """What the table `known` holds under this name."""
    if value not in known:
        raise ValueError(f"{name}: {value!r} came, one of {', '.join(sorted(known))} expected")
    return known[value]
