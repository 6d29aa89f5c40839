"""What was saved in one process is restored in another, which gets the folder and nothing else."""

import numpy as np

from grader.checks import check, compare_values
from grader.errors import CheckFailed


def restored(student, folder, renames):
    """What a second process of the student's file restores from the folder that the first one wrote."""
    files = student.files(folder)
    if not files:
        raise CheckFailed(f"`save` wrote no file below the folder `{folder}` that it was given. Write there.")
    with student.fresh(files) as second:
        return second.restore(folder, renames)


def compare(reply, expected):
    """Names first, then each value: shape, dtype, and every digit."""
    if not isinstance(reply, dict):
        raise CheckFailed(f"`restore` gave back {reply!r:.60}, expected a dict from new name to value.")
    if reply.keys() != expected.keys():
        raise CheckFailed(
            f"`restore` gave back the names {', '.join(map(repr, sorted(map(str, reply)))) or 'of nothing'}, expected "
            f"{', '.join(map(repr, sorted(expected)))}: the new names, and only those that `renames` asks for."
        )
    for name, value in expected.items():
        dtype = getattr(reply[name], "dtype", None)
        if dtype is not None and dtype != value.dtype:
            raise CheckFailed(f"`{name}` came back as {dtype}, but was saved as {value.dtype}. Keep the dtype.")
    return compare_values([reply[name] for name in expected], expected, tolerance=0.0)


@check("One variable in a second process", points=2)
def one_variable(student, rng):
    w = rng.normal(size=(3, 4)).astype(np.float32)
    student.save({"w": student.as_variable(w)}, "model")
    return compare(restored(student, "model", {"w": "w"}), {"w": w})


@check("New names", points=3)
def new_names(student, rng):
    values = {name: rng.normal(size=(2, 3)) for name in ("hidden", "output", "scale")}
    student.save({name: student.as_variable(value) for name, value in values.items()}, "named")
    renames = {"last": "output", "first": "hidden"}
    return compare(restored(student, "named", renames), {new: values[old] for new, old in renames.items()})


@check("Shapes and dtypes", points=2)
def shapes_and_dtypes(student, rng):
    values = {
        "step": np.array(rng.integers(2**40, 2**41)),
        "rate": np.array(rng.uniform()),
        "bias": rng.normal(size=5),
        "kernel": rng.normal(size=(2, 3, 4)).astype(np.float32),
    }
    student.save(values, "mixed")
    return compare(restored(student, "mixed", {name: name for name in values}), values)


@check("A second save leaves the first as it was", points=3)
def second_save(student, rng):
    first, second = rng.normal(size=(2, 4)), rng.normal(size=(2, 4))
    student.save({"w": student.as_variable(first)}, "monday")
    student.save({"w": student.as_variable(second)}, "tuesday")
    compare(restored(student, "tuesday", {"w": "w"}), {"w": second})
    return compare(restored(student, "monday", {"w": "w"}), {"w": first})
