"""How fast each hidden layer learns at the start: ‖δ‖ of the mean over 1,000 images, N(0, 1/n_in) weights."""

from collections.abc import Iterator

import numpy as np

from mlcore import datasets
from mlcore.networks import Network, one_hot
from mlcore.reproduce.run import Row, Run
from mlcore.unstable_gradients import layer_norms

# By hidden layers: the text's norms, and the first and the ninety-ninth percentile of 300 networks.
TEXT = {
    2: ([0.07, 0.31], [(0.033, 0.103), (0.167, 0.418)]),
    3: ([0.012, 0.060, 0.283], [(0.0058, 0.0229), (0.030, 0.107), (0.168, 0.463)]),
    4: ([0.003, 0.017, 0.070, 0.285], [(0.0011, 0.0050), (0.0062, 0.0229), (0.033, 0.106), (0.170, 0.461)]),
}


def norms(run: Run) -> Iterator[Row]:
    """Each layer learns some five times slower than the next, in every network."""
    training, _, _ = datasets.mnist(folder=run.data)
    x, y = training.x[:1000], one_hot(training.y[:1000], 10)
    networks = 30 if run.quick else 300
    found = {}
    for layers in TEXT:
        sizes = [784, *[30] * layers, 10]
        seeds = run.progress(range(networks), f"norms: {layers} hidden")
        found[layers] = np.array([layer_norms(Network.random(sizes, np.random.default_rng(s)), x, y) for s in seeds])
    for layers, (texts, bands) in TEXT.items():
        for layer, (text, (low, high)) in enumerate(zip(texts, bands, strict=True)):
            median = float(np.median(found[layers][:, layer]))
            yield Row(f"{layers} hidden: median ‖δ‖ of layer {layer + 1}", median, low, high, f"{text:g}")
            low_seen, high_seen = np.percentile(found[layers][:, layer], [1, 99])
            yield Row(
                f"{layers} hidden: the text's layer {layer + 1}, in p1–p99", text, low_seen, high_seen, f"{text:g}"
            )
    for layers, values in found.items():
        ratios = values[:, 1:] / values[:, :-1]
        yield Row(f"{layers} hidden: a layer over the one before, median", float(np.median(ratios)), 3.5, 7.3, "5")
        yield Row(f"{layers} hidden: share of networks in order", float((ratios > 1).all(axis=1).mean()), 1, 1, "all")
    with run.picture(
        "norms", "At the start, each layer learns five times slower than the next", "hidden layer", "‖δ‖", 3
    ) as panels:
        for axes, (layers, values) in zip(panels, found.items(), strict=True):
            axes.boxplot(values, whis=(1, 99), showfliers=False)
            axes.plot(np.arange(layers) + 1, TEXT[layers][0], "D", label="the text's network")
            axes.set(yscale="log", title=f"{layers} hidden layers")
            axes.legend(fontsize=8)
