import numpy as np


def circuits(example, figure):
    rows = np.array(example["by_rows"])[:, 1]  # the row a = 0, b = 1
    shared = np.array(example["shared"])[:, 1]
    left, right = figure.subplots(1, 2)
    _draw(
        left,
        {"a": (0, 3, "a", 0), "b": (0, 1, "b", 1)},
        {"na": (1, 3, "not a", rows[0]), "nb": (1, 1, "not b", rows[1]), "r01": (2, 3, "row 01", rows[2]),
         "r10": (2, 1, "row 10", rows[3]), "out": (3, 2, "join", rows[4])},
        ["a na", "b nb", "na r01", "b r01", "a r10", "nb r10", "r01 out", "r10 out"],
    )  # fmt: skip
    _draw(
        right,
        {"a": (0, 3, "a", 0), "b": (0, 1, "b", 1)},
        {"c": (1, 2, "c: not both", shared[0]), "ac": (2, 3, "a and c", shared[1]), "bc": (2, 1, "b and c", shared[2]),
         "out": (3, 2, "join", shared[3])},
        ["a c", "b c", "a ac", "b bc", "ac out", "bc out"],
        ["c ac", "c bc"],
    )  # fmt: skip
    left.set_title("row by row")
    right.set_title("with an intermediate result")


def _draw(axes, inputs, gates, wires, twice=()):
    places = inputs | gates
    for wire in [*wires, *twice]:
        start, end = (places[name][:2] for name in wire.split())
        color, width = ("C1", 2.2) if wire in twice else ("#566063", 1.2)
        arrow = {"arrowstyle": "-|>", "color": color, "linewidth": width, "shrinkA": 13, "shrinkB": 13}
        axes.annotate("", end, start, arrowprops=arrow)
    for name, (x, y, label, value) in places.items():
        mark = "o" if name in gates else "s"
        edge = "C0" if name in gates else "#566063"
        axes.plot([x], [y], mark, markersize=21, markerfacecolor="none", markeredgecolor=edge)
        axes.annotate(str(int(value)), (x, y), ha="center", va="center", fontweight="bold")
        place = {"xytext": (0, 16 if y > 1 else -16), "ha": "center", "va": "bottom" if y > 1 else "top"}
        if y == 2 and x < 3:
            place = {"xytext": (18, 0), "ha": "left", "va": "center"}
        axes.annotate(label, (x, y), textcoords="offset points", fontsize=10, **place)
    axes.set(xlim=(-0.4, 3.4), ylim=(0.3, 3.7))
    axes.axis("off")


def price(example, figure):
    by_bits, by_layers = figure.subplots(1, 2, sharey=True)
    n = np.arange(2, 65)
    by_bits.plot(n, 2.0 ** (n - 1), "C1", linestyle="--", label="two layers: watchers")
    by_bits.plot(n, 4 * (n - 1), "C0", label="deep: gates")
    by_bits.set(xlabel="bits n", ylabel="gates", yscale="log", ylim=(1, 1e21))
    by_bits.legend(loc="upper left", fontsize=10)
    layers, watchers = example["layers"], example["watchers"]
    by_layers.plot(layers, watchers, "C2", linestyle=":", marker="o")
    for x, count, label in zip(layers, watchers, ("2⁶³", "1,152", "168", "126"), strict=True):
        by_layers.annotate(label, (x, count), xytext=(4, 7), textcoords="offset points", fontsize=10)
    by_layers.set(xlabel="layers, for 64 bits", xticks=layers, xlim=(1, 20.5))


def folds(example, figure):
    x = np.linspace(0, 1, 1025)
    panels = figure.subplots(1, 3, sharey=True)
    for axes, depth in zip(panels, (1, 2, 4), strict=True):
        axes.plot(x, example.folded(x, depth), "C0")
        axes.set(xlabel="input x", title="1 layer" if depth == 1 else f"{depth} layers")
    panels[0].set_ylabel("output")
