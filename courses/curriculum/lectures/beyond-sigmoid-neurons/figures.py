import numpy as np


def squeezed(example, figure):
    x = np.linspace(-4, 4, 3201)
    panels = figure.subplots(1, 4, width_ratios=(1, 1.06, 1.02, 1))
    for axes, name in zip(panels, ("tanh", "wavy", "hill", "relu"), strict=True):
        axes.plot(x, example.neuron(name, x, 1.0), "C1", linestyle="--", linewidth=1.4, label="w = 1")
        axes.plot(x, example.neuron(name, x, 30.0), "C0", label="w = 30")
        axes.set(
            title={"hill": "a hill", "wavy": "a wavy one", "relu": "ReLU"}.get(name, name),
            xlabel="input x",
            xticks=(-3, 0, 3),
        )
    panels[3].set_ylim(-6, 126)
    panels[0].legend(loc="upper left", fontsize=9, handlelength=1.2)
    panels[0].set_ylim(-1.25, 2.1)


def bends(example, figure):
    x = np.linspace(0, 1, 401)
    left, right = figure.subplots(1, 2)
    left.plot(x, 1.2 * np.maximum(0, x), "C1", linestyle="--", linewidth=1.2, label="1.2 · ReLU(x)")
    left.plot(x, -2.0 * np.maximum(0, x - 0.5), "C2", linestyle="-.", linewidth=1.2, label="−2 · ReLU(x − 0.5)")
    left.plot(x, example.polyline(x), "C0", label="0.2 + both")
    left.set(xlabel="input x")
    left.legend(fontsize=9, loc="lower left")
    numbers, steps, lines = example["numbers"], example["by_steps"], example["by_lines"]
    right.loglog(numbers, steps, "C1", marker="o", linestyle="--", label="steps")
    right.loglog(numbers, lines, "C0", marker="s", label="straight lines")
    right.set_xticks(numbers, [str(n) for n in numbers])
    right.set_xticks([], minor=True)
    right.set_yticks([0.001, 0.01, 0.1], ["0.001", "0.01", "0.1"])
    right.set(xlabel="stretches", ylabel="largest error")
    right.legend()
