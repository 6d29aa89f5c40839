"""What convolution adds: the small network on all of MNIST."""

from collections.abc import Iterator

import numpy as np

from mlcore import datasets
from mlcore.cnn import CNN
from mlcore.fast_cnn import FastCNN
from mlcore.reproduce.run import Row, Run


def cnn(run: Run) -> Iterator[Row]:
    """20 filters of 5×5, pooling, 100 neurons, a softmax; batches of 10, η 0.03."""
    training, validation, _ = datasets.mnist(np.float32, run.data)
    m = 10_000 if run.quick else 50_000
    x, rng = training.x.reshape(-1, 28, 28, 1)[:m], np.random.default_rng(0)
    fast = FastCNN(CNN.random((28, 28, 1), rng, dtype=np.float32), x, training.y[:m], batch=10, rate=0.03)
    found = []
    for _ in run.progress(range(1 if run.quick else 5), "cnn"):
        fast.epoch(rng)
        found.append(100 * fast.trained().accuracy(validation.x.reshape(-1, 28, 28, 1), validation.y))
    low = 94 if run.quick else 98.4
    yield Row(f"CNN, {m:,} images, epoch {len(found)}: validation, %", found[-1], low, 99.5)
    filters = fast.trained().filters[:, :, 0]
    rows = [[np.pad(filters[:, :, 5 * row + column], 1) for column in range(5)] for row in range(4)]
    with run.picture("filters", "Twenty filters that the network learned", "", "") as axes:
        largest = np.abs(filters).max()
        shown = axes.imshow(np.block(rows), cmap="PuOr_r", vmin=-largest, vmax=largest)
        axes.figure.colorbar(shown, ax=axes, label="weight")
        axes.set(xticks=[], yticks=[])
        axes.grid(visible=False)
