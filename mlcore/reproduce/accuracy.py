"""How well networks of one to four hidden layers read digits: 30 neurons each, batches of 10, η 0.1, λ 5."""

from collections.abc import Iterator

import numpy as np

from mlcore import datasets
from mlcore.fast_training import FastSGD
from mlcore.networks import Network, one_hot
from mlcore.reproduce.run import Row, Run

EPOCHS = 30
# By hidden layers: what the text says, and the band of a single run, in percent of the validation images.
FULL = {1: ("96.48", 96.0, 96.9), 2: ("96.90", 96.0, 97.5), 3: ("96.57", 95.9, 97.0), 4: ("96.53", 94.9, 97.3)}
QUICK_EPOCHS, QUICK_BAND = 5, (94.3, 96.2)
# Of ten networks, from 10.3 to 26.5; one that gives a single class is right on 9 to 11 % of the images.
PLATEAU_BAND = (9.0, 26.5)


def accuracy(run: Run) -> Iterator[Row]:
    """Accuracy on the validation images after each epoch; with four hidden layers, the first epoch learns nothing."""
    training, validation, _ = datasets.mnist(folder=run.data)
    wanted = one_hot(training.y, 10)

    def trained(layers: int, epochs: int, seed: int) -> list[float]:
        rng = np.random.default_rng(seed)
        fast = FastSGD(
            Network.random([784, *[30] * layers, 10], rng, cost="cross-entropy"),
            training.x, wanted, batch=10, rate=0.1, decay=5.0,
        )  # fmt: skip
        found = []
        for _ in run.progress(range(epochs), f"accuracy: {layers} hidden, seed {seed}"):
            fast.epoch(rng)
            found.append(100 * fast.trained().accuracy(validation.x, validation.y))
        return found

    if run.quick:
        last = trained(1, QUICK_EPOCHS, 0)[-1]
        yield Row(f"1 hidden layer, {QUICK_EPOCHS} epochs, %", last, *QUICK_BAND)
        yield Row("4 hidden layers, 1 epoch, %", trained(4, 1, 0)[-1], *PLATEAU_BAND, "16")
        return
    curves = {layers: np.array([trained(layers, EPOCHS, seed) for seed in range(run.seeds)]) for layers in FULL}
    for layers, (text, low, high) in FULL.items():
        for seed, found in enumerate(curves[layers][:, -1]):
            yield Row(f"{layers} hidden, {EPOCHS} epochs, seed {seed}, %", found, low, high, text)
    for seed, found in enumerate(curves[4][:, 0]):
        yield Row(f"4 hidden, 1 epoch, seed {seed}, %", found, *PLATEAU_BAND, "16")
    title = "More hidden layers do not read digits better"
    with run.picture("accuracy", title, "epoch", "validation accuracy, %") as axes:
        for layers, found in curves.items():
            epochs = np.arange(1, EPOCHS + 1)
            axes.plot(epochs, found.mean(axis=0), label=f"{layers} hidden")
            axes.fill_between(epochs, found.min(axis=0), found.max(axis=0), alpha=0.15)
        axes.set_ylim(90, 98)
        axes.legend()
