"""Variables: created, initialized, saved and restored (lecture 1.1).

Source: TensorFlow's guides "Variables: creation, initialization, saving, and loading" (1.x) and "Training checkpoints".
"""

from collections.abc import Mapping
from pathlib import Path

import tensorflow as tf

from mlcore.arguments import Array, all_numbers, of_shape

v1 = tf.compat.v1


def save_in_session(values: Mapping[str, Array], path: Path) -> None:
    """TensorFlow 1: variables of a graph, initialized in a session, saved by a Saver under their names."""
    kept = all_numbers("values", values)
    with tf.Graph().as_default(), v1.Session() as session:
        for name, value in kept.items():
            v1.get_variable(name, initializer=value)
        session.run(v1.global_variables_initializer())
        v1.train.Saver().save(session, str(path), write_meta_graph=False)


def restore_in_session(names: list[str], path: Path) -> dict[str, Array]:
    """TensorFlow 1: variables of the same names and shapes, restored instead of initialized. Raises ValueError."""
    saved = shapes(path)
    require(names, saved, path)
    reader = tf.train.load_checkpoint(str(path))
    with tf.Graph().as_default(), v1.Session() as session:
        variables = {
            name: v1.get_variable(name, shape=saved[name], dtype=reader.get_variable_to_dtype_map()[name])
            for name in names
        }
        v1.train.Saver(variables).restore(session, str(path))
        return session.run(variables)


def save_checkpoint(values: Mapping[str, Array], path: Path) -> None:
    """Today: variables are objects, initialized where they are made, and a Checkpoint saves those it is given."""
    kept = all_numbers("values", values)
    tf.train.Checkpoint(**{name: tf.Variable(value) for name, value in kept.items()}).write(str(path))


def restore_checkpoint(templates: Mapping[str, Array], path: Path) -> dict[str, Array]:
    """Today: variables of these shapes take the saved values; each one has to find its own. Raises ValueError."""
    found = all_numbers("templates", templates)
    saved = {name.split("/")[0]: name for name in shapes(path)}
    require(list(found), saved, path)
    reader = tf.train.load_checkpoint(str(path))
    for name, value in found.items():
        due = reader.get_tensor(saved[name])
        of_shape(f"templates[{name!r}]", value, due.shape)
        if value.dtype != due.dtype:
            raise ValueError(f"templates[{name!r}]: dtype {value.dtype} came, {due.dtype} expected")
    variables = {name: tf.Variable(value) for name, value in found.items()}
    tf.train.Checkpoint(**variables).read(str(path)).assert_existing_objects_matched()
    return {name: variable.numpy() for name, variable in variables.items()}


def shapes(path: Path) -> dict[str, list[int]]:
    """What a file holds, by name, without reading the values. Raises ValueError where there is none."""
    try:
        return dict(tf.train.list_variables(str(path)))
    except tf.errors.NotFoundError as error:
        raise ValueError(f"path: there is no checkpoint {path}") from error


def require(names: list[str], saved: Mapping[str, object], path: Path) -> None:
    """Raises ValueError for a name that the file does not hold."""
    if missing := [name for name in names if name not in saved]:
        raise ValueError(f"names: {missing[0]!r} came, but {path} holds {', '.join(sorted(saved))}")
