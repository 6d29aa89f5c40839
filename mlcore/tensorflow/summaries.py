"""Summaries: what training writes for TensorBoard, and how to read it back (lecture 1.4).

Source: TensorFlow's guide "TensorBoard: visualizing learning" (1.x) and today's "Get started with TensorBoard".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import tensorflow as tf

from mlcore.arguments import Array

v1 = tf.compat.v1


def write_in_session(folder: Path, scalars: Mapping[str, Sequence[float]], histograms: Mapping[str, Array]) -> None:
    """TensorFlow 1: summary ops, merged into one, run at each step, and given to a FileWriter. One value a step."""
    with tf.Graph().as_default() as graph, v1.Session() as session:
        fed = {name: v1.placeholder(tf.float32, ()) for name in scalars}
        ops = [v1.summary.scalar(name, value) for name, value in fed.items()]
        ops += [v1.summary.histogram(name, tf.constant(values)) for name, values in histograms.items()]
        merged = v1.summary.merge(ops)
        with v1.summary.FileWriter(str(folder), graph) as writer:
            for step, values in enumerate(zip(*scalars.values(), strict=True)):
                feed = dict(zip(fed.values(), values, strict=True))
                writer.add_summary(session.run(merged, feed_dict=feed), step)


def write(folder: Path, scalars: Mapping[str, Sequence[float]], histograms: Mapping[str, Array]) -> None:
    """Today: a writer that is the default one while summaries are written, each with its step."""
    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default():
        for step, values in enumerate(zip(*scalars.values(), strict=True)):
            for name, value in zip(scalars, values, strict=True):
                tf.summary.scalar(name, value, step=step)
            for name, array in histograms.items():
                tf.summary.histogram(name, array, step=step)
    writer.close()


def read_scalars(folder: Path) -> dict[str, list[tuple[int, float]]]:
    """(step, value) of each scalar by name, in order, in whichever form they were written. Raises ValueError."""
    files = sorted(folder.glob("events.out.tfevents.*"))
    if not files:
        raise ValueError(f"folder: {folder} holds no event files")
    found: dict[str, list[tuple[int, float]]] = {}
    for event in (event for file in files for event in v1.train.summary_iterator(str(file))):
        for value in event.summary.value:
            if value.HasField("simple_value"):
                found.setdefault(value.tag, []).append((event.step, value.simple_value))
            elif value.HasField("tensor") and not value.tensor.tensor_shape.dim:
                found.setdefault(value.tag, []).append((event.step, float(tf.make_ndarray(value.tensor))))
    return found


def names(folder: Path) -> set[str]:
    """The names of all summaries of a folder."""
    files = sorted(folder.glob("events.out.tfevents.*"))
    return {v.tag for file in files for event in v1.train.summary_iterator(str(file)) for v in event.summary.value}
