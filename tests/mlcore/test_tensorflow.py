"""TensorFlow 1's form against today's, and both against mlcore's own numpy."""

from pathlib import Path

import numpy as np
import pytest

import mlcore.tensorflow
from mlcore import datasets
from mlcore.activations import sigmoid
from mlcore.networks import Network
from mlcore.softmax_regression import loss_and_gradients
from mlcore.tensorflow import cnn, feeding, mechanics, replicas, summaries, variables
from tests.mlcore.test_arguments import left_out, not_refused_by_name

# --- variables ---------------------------------------------------------------------------------------

VALUES = {"weights": np.arange(6.0).reshape(2, 3), "biases": np.array([1.5, -2.5], np.float32)}


def test_what_a_session_saved_is_restored_in_another(tmp_path):
    variables.save_in_session(VALUES, tmp_path / "model")
    assert variables.shapes(tmp_path / "model") == {"weights": [2, 3], "biases": [2]}
    found = variables.restore_in_session(["biases", "weights"], tmp_path / "model")
    for name, value in VALUES.items():
        np.testing.assert_array_equal(found[name], value)
        assert found[name].dtype == value.dtype


def test_what_a_checkpoint_saved_is_restored_into_new_variables(tmp_path):
    variables.save_checkpoint(VALUES, tmp_path / "model")
    found = variables.restore_checkpoint({n: np.zeros_like(v) for n, v in VALUES.items()}, tmp_path / "model")
    for name, value in VALUES.items():
        np.testing.assert_array_equal(found[name], value)


def test_what_was_not_saved_is_named(tmp_path):
    variables.save_in_session(VALUES, tmp_path / "model")
    variables.save_checkpoint(VALUES, tmp_path / "checkpoint")
    with pytest.raises(ValueError, match=r"names: 'gamma' came, but .*model holds biases, weights"):
        variables.restore_in_session(["gamma"], tmp_path / "model")
    with pytest.raises(ValueError, match=r"names: 'gamma' came"):
        variables.restore_checkpoint({"gamma": np.zeros(1)}, tmp_path / "checkpoint")
    with pytest.raises(ValueError, match=r"path: there is no checkpoint .*nowhere"):
        variables.restore_in_session(["weights"], tmp_path / "nowhere")


# --- feeding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["by_dict", "by_queue", "preloaded", "by_dataset"])
def test_every_way_of_feeding_gives_the_batches_in_order_and_the_last_one_short(way, rng):
    x, y = rng.normal(size=(23, 4)), rng.integers(0, 3, 23)
    found = list(getattr(feeding, way)(x, y, 10))
    assert [len(images) for images, _ in found] == [10, 10, 3]
    np.testing.assert_array_equal(np.concatenate([images for images, _ in found]), x)
    np.testing.assert_array_equal(np.concatenate([classes for _, classes in found]), y)


def test_a_queue_that_is_left_early_ends_its_threads(rng):
    import threading

    before = threading.active_count()
    batches = feeding.by_queue(rng.normal(size=(1000, 4)), np.zeros(1000, int), 10)
    assert len(next(batches)[0]) == 10
    batches.close()
    assert threading.active_count() == before


# --- mechanics ---------------------------------------------------------------------------------------


def parameters(rng, n_in=6, n=5, classes=3):
    return [rng.normal(size=s) for s in ((n_in, n), (n,), (n, classes), (classes,))]


def by_numpy(start, x, y, epochs, batch, rate):
    """The same training by mlcore's softmax regression on top of a sigmoid layer."""
    w1, b1, w2, b2 = (p.copy() for p in start)
    losses = []
    for _ in range(epochs):
        for first in range(0, len(x), batch):
            images, classes = x[first : first + batch], y[first : first + batch]
            network = Network([w1.T, w2.T], [b1, b2], output="softmax", cost="log-likelihood")
            nabla_w, nabla_b = network.backprop(images, np.eye(len(b2))[classes])
            losses.append(loss_and_gradients(w2, b2, sigmoid(images @ w1 + b1), classes)[0])
            w1, w2 = w1 - rate * nabla_w[0].T, w2 - rate * nabla_w[1].T
            b1, b2 = b1 - rate * nabla_b[0], b2 - rate * nabla_b[1]
    return [w1, b1, w2, b2], losses


@pytest.mark.parametrize("way", ["train_in_session", "train_eagerly"])
def test_both_forms_of_training_take_numpys_path(way, rng):
    start, x, y = parameters(rng), rng.normal(size=(23, 6)), rng.integers(0, 3, 23)
    found, losses, accuracy = getattr(mechanics, way)(start, x, y, epochs=3, batch=10, rate=0.5)
    due, due_losses = by_numpy(start, x, y, 3, 10, 0.5)
    assert len(losses) == 9
    np.testing.assert_allclose(losses, due_losses, rtol=1e-10)
    for ours, theirs in zip(found, due, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)
    w1, b1, w2, b2 = due
    assert accuracy == ((sigmoid(x @ w1 + b1) @ w2 + b2).argmax(axis=1) == y).mean()


# --- summaries ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["write_in_session", "write"])
def test_summaries_are_read_back(way, tmp_path, rng):
    losses, rates = [2.5, 1.25, 0.5], [0.5, 0.25, 0.125]
    weights = rng.normal(size=50)
    getattr(summaries, way)(tmp_path, {"loss": losses, "rate": rates}, {"weights": weights})
    found = summaries.read_scalars(tmp_path)
    assert found["loss"] == list(enumerate(losses))
    assert found["rate"] == list(enumerate(rates))
    assert "weights" not in found
    assert summaries.names(tmp_path) >= {"loss", "rate", "weights"}
    histograms = summaries.read_histograms(tmp_path)
    assert [step for step, _ in histograms["weights"]] == [0, 1, 2]
    for _, buckets in histograms["weights"]:
        edges = np.append(buckets[:, 0], buckets[-1, 1])
        np.testing.assert_allclose(edges[[0, -1]], [weights.min(), weights.max()], rtol=1e-6)
        inside = np.searchsorted(edges[1:-1], weights.astype("float32").astype(float), side="right")
        np.testing.assert_array_equal(buckets[:, 2], np.bincount(inside, minlength=len(buckets)))
    assert histograms.keys() == {"weights"}


def test_a_folder_without_summaries_is_named(tmp_path):
    with pytest.raises(ValueError, match="folder: .* holds no event files"):
        summaries.read_scalars(tmp_path)


# --- replicas ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["step_in_session", "step"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_replicas_take_the_step_of_the_whole_batch(way, count, rng):
    start, x, y = parameters(rng), rng.normal(size=(13, 6)), rng.integers(0, 3, 13)
    found = getattr(replicas, way)(start, x, y, replicas=count, rate=0.5)
    for ours, theirs in zip(found, by_numpy(start, x, y, 1, 13, 0.5)[0], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10)


# --- the convolutional network -----------------------------------------------------------------------


def test_both_forms_train_the_same_network_and_the_same_averages(rng):
    x, y = rng.normal(size=(17, 8, 7, 2)), rng.integers(0, 3, 17)
    start = cnn.random_parameters((8, 7, 2), 3, rng, filters=4, size=3)
    schedule = cnn.Schedule(rate=0.2, decay=0.5, steps_per_decay=3, average=0.9)
    forms = [f(start, x, y, epochs=3, batch=7, schedule=schedule) for f in (cnn.train_in_session, cnn.train)]
    assert len(forms[0].losses) == 9
    np.testing.assert_allclose(forms[0].losses, forms[1].losses, rtol=1e-5)
    for a, b, begin in zip(forms[0].parameters, forms[1].parameters, start, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)
        assert np.abs(a - begin).max() > 1e-3
    for a, b in zip(forms[0].averages, forms[1].averages, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)


def test_averages_are_those_of_the_path(rng):
    x, y = rng.normal(size=(4, 6, 6, 1)), rng.integers(0, 2, 4)
    start = cnn.random_parameters((6, 6, 1), 2, rng, filters=2, size=3)
    schedule = cnn.Schedule(average=0.75, steps_per_decay=1000)
    path = [cnn.train(start, x, y, epochs=n, batch=4, schedule=schedule) for n in (1, 2)]
    first = [0.75 * a + 0.25 * b for a, b in zip(start, path[0].parameters, strict=True)]
    second = [0.75 * a + 0.25 * b for a, b in zip(first, path[1].parameters, strict=True)]
    for ours, due in zip(path[1].averages, second, strict=True):
        np.testing.assert_allclose(ours, due, rtol=1e-10)


def test_it_reads_digits_with_its_averages():
    found = datasets.digits()
    x, order = found.x.reshape(-1, 8, 8, 1), np.random.default_rng(1).permutation(len(found.y))
    learn, check = order[:1400], order[1400:]
    start = cnn.random_parameters((8, 8, 1), 10, np.random.default_rng(0), filters=8, size=3)
    trained = cnn.train(start, x[learn], found.y[learn], epochs=8, batch=20, schedule=cnn.Schedule(steps_per_decay=300))
    assert np.mean(trained.losses[-30:]) < 0.2 * np.mean(trained.losses[:10])
    assert cnn.accuracy(trained.averages, x[check], found.y[check]) >= 0.94
    assert cnn.accuracy(start, x[check], found.y[check]) <= 0.4


# --- bad input ---------------------------------------------------------------------------------------

RNG = np.random.default_rng(0)
START = parameters(RNG)
X, Y = np.zeros((4, 6)), np.zeros(4, int)
SCHEDULE = cnn.Schedule()
CNN_START = cnn.random_parameters((6, 6, 1), 2, np.random.default_rng(0), filters=2, size=3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: mechanics.train_eagerly(START, X[:, :5], Y, epochs=1, batch=2, rate=0.1),
            r"x: shape \(4, 5\) came, \(m, 6\)",
        ),
        (lambda: mechanics.train_eagerly(START, X, Y + 3, epochs=1, batch=2, rate=0.1), "y: labels from 3 to 3 came"),
        (lambda: mechanics.train_in_session(START, X, Y, epochs=1, batch=0, rate=0.1), "batch: 0 came"),
        (lambda: mechanics.train_in_session(START, X, Y, epochs=1, batch=2, rate=-1), "rate: -1 came"),
        (lambda: replicas.step(START, X, Y, replicas=5, rate=0.1), "replicas: 5 came, at most one for each of the 4"),
        (lambda: next(feeding.by_queue(X, Y, 0)), "batch: 0 came"),
        (lambda: next(feeding.by_dict(X, Y[:3], 2)), r"y: shape \(3,\) came, \(4,\) expected"),
        (lambda: next(feeding.by_dataset(X[:0], Y[:0], 2)), r"x: shape \(0, 6\) came, \(m, …\), not empty, expected"),
        (lambda: next(feeding.preloaded(X + np.nan, Y, 2)), r"x: x\[0, 0\] is nan, finite numbers expected"),
        (lambda: summaries.write(Path("nowhere"), {"a": [1.0], "b": []}, {}), r"scalars: \{'a': 1, 'b': 0\} came"),
        (lambda: summaries.write_in_session(Path("nowhere"), {}, {"w": X}), "scalars: none came"),
        (
            lambda: cnn.train(
                CNN_START, np.zeros((2, 8, 6, 1)), np.zeros(2, int), epochs=1, batch=1, schedule=SCHEDULE
            ),
            r"weights: shape \(18, 2\) came, \(24, K\)",
        ),
        (lambda: cnn.Schedule(average=1.0), "average: 1.0 came"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def of_lists(function, names, **options):
    """A call with each parameter of the list as an argument of its own."""

    def call(x, y, **parameters):
        return function([parameters[name] for name in names], x, y, **options)

    return call


LAYERS = {"x": RNG.normal(size=(5, 6)), "y": np.array([0, 1, 2, 0, 1])}
LAYERS |= dict(zip(mechanics.NAMES, (RNG.normal(size=shape) for shape in ((6, 4), (4,), (4, 3), (3,))), strict=True))
PICTURES = {"x": RNG.normal(size=(3, 6, 6, 1)), "y": np.array([0, 1, 0])} | dict(zip(cnn.NAMES, CNN_START, strict=True))
CALLS = {
    **{
        f"mlcore.tensorflow.mechanics.{way}": (
            of_lists(getattr(mechanics, way), mechanics.NAMES, epochs=1, batch=2, rate=0.1), LAYERS,
        )
        for way in ("train_in_session", "train_eagerly")
    },
    **{
        f"mlcore.tensorflow.replicas.{way}": (
            of_lists(getattr(replicas, way), mechanics.NAMES, replicas=2, rate=0.1), LAYERS,
        )
        for way in ("step_in_session", "step")
    },
    **{
        f"mlcore.tensorflow.cnn.{way}": (
            of_lists(getattr(cnn, way), cnn.NAMES, epochs=1, batch=2, schedule=SCHEDULE), PICTURES,
        )
        for way in ("train_in_session", "train")
    },
    "mlcore.tensorflow.cnn.accuracy": (of_lists(cnn.accuracy, cnn.NAMES), PICTURES),
    **{
        f"mlcore.tensorflow.feeding.{way}": (
            lambda x, y, way=way: list(getattr(feeding, way)(x, y, 2)), {"x": X, "y": Y},
        )
        for way in ("by_dict", "by_queue", "preloaded", "by_dataset")
    },
    **{
        f"mlcore.tensorflow.variables.{way}": (
            lambda values, way=way: getattr(variables, way)({"w": values}, Path("saved")), {"values": X},
        )
        for way in ("save_in_session", "save_checkpoint")
    },
    "mlcore.tensorflow.variables.restore_checkpoint": (
        lambda templates: variables.restore_checkpoint({"w": templates}, Path("checkpoint")), {"templates": X},
    ),
    **{
        f"mlcore.tensorflow.summaries.{way}": (
            lambda histograms, way=way: getattr(summaries, way)(Path("events"), {"a": [1.0]}, {"h": histograms}),
            {"histograms": X},
        )
        for way in ("write_in_session", "write")
    },
}  # fmt: skip


# Parts of a graph and of a batch that was checked, the check itself, and what training gives back.
PARTS = {"shared_variables", "inference", "parts", "data", "Trained"}


def test_no_public_function_that_takes_arrays_is_left_out():
    missing, found = left_out(mlcore.tensorflow, CALLS)
    assert {name.rpartition(".")[2] for name in missing} == PARTS
    assert found >= 15


@pytest.mark.parametrize("name", CALLS)
def test_each_wrong_argument_is_refused_by_its_name(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    variables.save_checkpoint({"w": X}, Path("checkpoint"))
    assert not_refused_by_name(name, *CALLS[name]) == {}
