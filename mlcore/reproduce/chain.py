"""One neuron a layer: factors of wσ′(z), where they reach 1, and the neuron that passes its input on."""

from collections.abc import Iterator

import numpy as np

from mlcore.activations import sigmoid_prime
from mlcore.reproduce.run import Row, Run
from mlcore.unstable_gradients import (
    amplifying_interval,
    amplifying_width,
    exploding_chain,
    identity_neuron,
    vanishing_chain,
    widest_amplifying,
)


def chain(run: Run) -> Iterator[Row]:
    """Products of factors below ¼ vanish, of factors of 25 explode; an interval of at most 0.45 lies between."""
    x = np.linspace(-20, 20, 4001)
    yield Row("largest σ′", float(sigmoid_prime(x).max()), 0.25, 0.25, "¼")
    rng = np.random.default_rng(0)
    factors = np.concatenate([np.abs(vanishing_chain(4, rng).factors(0.5)) for _ in range(1000)])
    yield Row("N(0, 1) weights: share of factors |wσ′| below ¼", float((factors < 0.25).mean()), 0.6, 1, "mostly")
    slopes = exploding_chain(5, x=0.3).gradients(0.3, 1.0)
    yield Row(
        "w = 100, z = 0: a layer over the next", float(np.median(slopes[:-1] / slopes[1:])), 25 - 1e-9, 25 + 1e-9, "25"
    )
    yield Row("|w| = 3.99: width where |wσ′| ≥ 1", amplifying_width(3.99), 0, 0, "0")
    weight, width = widest_amplifying()
    yield Row("weight of the widest interval", weight, 6.893, 6.895, "6.9")
    yield Row("its width", width, 0.4477, 0.4478, "0.45")
    interval = amplifying_interval(weight, 0.0)
    assert interval is not None
    yield Row(
        "|wσ′| at its end", float(weight * sigmoid_prime(np.array(weight * interval[1]))), 1 - 1e-9, 1 + 1e-9, "1"
    )
    grid = np.linspace(0, 1, 1001)
    for w in (0.1, 0.5, 1.0):
        error = float(np.abs(identity_neuron(w)(grid) - grid).max())
        yield Row(f"identity neuron, w = {w:g}: error over w²/96", error / (w * w / 96), 0.97, 1.0, "1")
    with run.picture(
        "amplifying", "Only large weights amplify, and only over a short interval", "|w|", "width of the interval of a"
    ) as axes:
        weights = np.linspace(4, 40, 400)
        axes.plot(weights, [amplifying_width(w) for w in weights])
        axes.plot([weight], [width], "o")
        axes.annotate(
            f"{width:.3f} at |w| = {weight:.2f}", (weight, width), xytext=(12, -4), textcoords="offset points"
        )
    with run.picture(
        "identity-neuron", "A sigmoid neuron passes its input on where its weight is small", "x", "output − x"
    ) as axes:
        for w in (4.0, 2.0, 1.0, 0.5):
            axes.plot(grid, identity_neuron(w)(grid) - grid, label=f"w = {w:g}")
        axes.legend()
