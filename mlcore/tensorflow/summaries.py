"""Summaries: what training writes for TensorBoard, and how to read it back (lecture 1.4).

Source: TensorFlow's guide "TensorBoard: visualizing learning" (1.x) and today's "Get started with TensorBoard".
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from mlcore.arguments import Array, all_numbers

v1 = tf.compat.v1


def write_in_session(folder: Path, scalars: Mapping[str, Sequence[float]], histograms: Mapping[str, Array]) -> None:
    """TensorFlow 1: summary ops, merged into one, run at each step, and given to a FileWriter. One value a step."""
    by_step, arrays = steps(scalars), all_numbers("histograms", histograms)
    with tf.Graph().as_default() as graph, v1.Session() as session:
        fed = {name: v1.placeholder(tf.float32, ()) for name in scalars}
        ops = [v1.summary.scalar(name, value) for name, value in fed.items()]
        ops += [v1.summary.histogram(name, tf.constant(values)) for name, values in arrays.items()]
        merged = v1.summary.merge(ops)
        with v1.summary.FileWriter(str(folder), graph) as writer:
            for step, values in enumerate(by_step):
                feed = dict(zip(fed.values(), values, strict=True))
                writer.add_summary(session.run(merged, feed_dict=feed), step)


def write(folder: Path, scalars: Mapping[str, Sequence[float]], histograms: Mapping[str, Array]) -> None:
    """Today: a writer that is the default one while summaries are written, each with its step."""
    by_step, arrays = steps(scalars), all_numbers("histograms", histograms)
    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default():
        for step, values in enumerate(by_step):
            for name, value in zip(scalars, values, strict=True):
                tf.summary.scalar(name, value, step=step)
            for name, array in arrays.items():
                tf.summary.histogram(name, array, step=step)
    writer.close()


def steps(scalars: Mapping[str, Sequence[float]]) -> list[tuple[float, ...]]:
    """The values of each step. Raises ValueError where the scalars do not have one each."""
    lengths = {name: len(values) for name, values in scalars.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"scalars: {lengths or 'none'} came, at least one, and as many values of each, expected")
    return list(zip(*scalars.values(), strict=True))


def read_scalars(folder: Path) -> dict[str, list[tuple[int, float]]]:
    """(step, value) of each scalar by name, in order, in whichever form they were written. Raises ValueError."""
    found: dict[str, list[tuple[int, float]]] = {}
    for step, value in summaries(folder):
        if value.HasField("simple_value"):
            found.setdefault(value.tag, []).append((step, value.simple_value))
        elif value.HasField("tensor") and not value.tensor.tensor_shape.dim:
            found.setdefault(value.tag, []).append((step, float(tf.make_ndarray(value.tensor))))
    return found


def read_histograms(folder: Path) -> dict[str, list[tuple[int, Array]]]:
    """(step, buckets) of each histogram by name, in order; buckets are (k, 3): from, to, how many. Raises ValueError.

    TensorFlow 1 chooses buckets that grow from 0 outward, today's writer thirty of equal width.
    """
    found: dict[str, list[tuple[int, Array]]] = {}
    for step, value in summaries(folder):
        if value.HasField("histo"):
            histogram, between = value.histo, list(value.histo.bucket_limit)[:-1]
            columns = [histogram.min, *between], [*between, histogram.max], list(histogram.bucket)
            found.setdefault(value.tag, []).append((step, np.array(columns).T))
        elif value.metadata.plugin_data.plugin_name == "histograms":
            found.setdefault(value.tag, []).append((step, tf.make_ndarray(value.tensor)))
    return found


def names(folder: Path) -> set[str]:
    """The names of all summaries of a folder. Raises ValueError."""
    return {value.tag for _, value in summaries(folder)}


def summaries(folder: Path) -> Iterator[tuple[int, Any]]:
    """The step and the protocol buffer of each summary in a folder's event files. Raises ValueError without any."""
    files = sorted(folder.glob("events.out.tfevents.*"))
    if not files:
        raise ValueError(f"folder: {folder} holds no event files")
    for file in files:
        for event in v1.train.summary_iterator(str(file)):
            for value in event.summary.value:
                yield event.step, value
