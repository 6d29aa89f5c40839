"""How fast each layer learns over 500 epochs of full-batch descent on 1,000 images, η 0.1, λ 5."""

from collections.abc import Iterator

import numpy as np
from tqdm import tqdm

from mlcore import datasets
from mlcore.arguments import Array
from mlcore.networks import Network, one_hot
from mlcore.reproduce.run import Row, Run
from mlcore.unstable_gradients import speed_of_learning

EPOCHS, QUICK_EPOCHS = 500, 60
# A share of networks is a share of at least so many.
FEWEST = 3


def learning_speed(run: Run) -> Iterator[Row]:
    """With four hidden layers the first learns about a hundred times slower than the last, early and late."""
    training, _, _ = datasets.mnist(folder=run.data)
    x, y = training.x[:1000], one_hot(training.y[:1000], 10)
    epochs = QUICK_EPOCHS if run.quick else EPOCHS
    seeds = {2: run.seeds, 3: max(run.seeds, FEWEST), 4: 1 if run.quick else run.seeds}
    found: dict[int, list[Array]] = {}
    for layers in (4,) if run.quick else (2, 3, 4):
        for seed in range(seeds[layers]):
            network = Network.random([784, *[30] * layers, 10], np.random.default_rng(seed))
            with tqdm(total=epochs, desc=f"learning-speed: {layers} hidden, seed {seed}", leave=False) as bar:
                norms = speed_of_learning(
                    network, x, y, epochs=epochs, rate=0.1, decay=5.0, progress=lambda _: bar.update()
                )
            found.setdefault(layers, []).append(norms)
    for seed, norms in enumerate(found[4]):
        yield Row(
            f"4 hidden, seed {seed}: last over first, at the start", float(norms[0, 3] / norms[0, 0]), 76, 225, "96"
        )
        if not run.quick:
            yield Row(
                f"4 hidden, seed {seed}: last over first, at the end",
                float(norms[-1, 3] / norms[-1, 0]),
                76,
                196,
                "113",
            )
        yield Row(f"4 hidden, seed {seed}: share of epochs in order", in_order(norms), 1, 1, "1")
    if run.quick:
        return
    # Of 24 networks of three hidden layers, one lost the order late; with two, one in five does.
    ordered = float(np.mean([in_order(norms) == 1 for norms in found[3]]))
    yield Row("3 hidden: share of networks in order at every epoch", ordered, 0.6, 1, "1")
    for layers, low, high, text in ((2, 3, 15, "7.2"), (3, 1, 2, "1.1")):
        for seed, norms in enumerate(found[layers]):
            yield Row(f"{layers} hidden, seed {seed}: rise after the first drop", rebound(norms), low, high, text)
    for seed, norms in enumerate(found[4]):
        yield Row(f"4 hidden, seed {seed}: rise after the first drop", rebound(norms), 1, 1.05, "1")
    with run.picture("learning-speed", "Early layers keep learning slower", "epoch", "‖δ‖", 3) as panels:
        for axes, (layers, curves) in zip(panels, found.items(), strict=True):
            for layer in range(layers):
                axes.plot(curves[0][:, layer], label=f"layer {layer + 1}")
            axes.set(yscale="log", title=f"{layers} hidden layers")
            axes.legend(fontsize=8)


def in_order(norms: Array) -> float:
    """The share of epochs in which every layer learns faster than the one before it."""
    return float((np.diff(norms, axis=1) > 0).all(axis=1).mean())


def rebound(norms: Array) -> float:
    """By how much a layer's norm rises again, at most: its largest value over the smallest before that."""
    return float((norms / np.minimum.accumulate(norms, axis=0)).max())
