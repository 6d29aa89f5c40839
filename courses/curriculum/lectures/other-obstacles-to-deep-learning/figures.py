import numpy as np


def shut_off(example, figure):
    steps, cost, *means = np.array(example["seen"]).T
    left, right = figure.subplots(1, 2)
    for number, (mean, style) in enumerate(zip(means, (":", "-.", "--", "-"), strict=True), 1):
        left.plot(steps, mean, linestyle=style, label=f"layer {number}")
    left.set(xlabel="step", ylabel="mean activation", ylim=(0, 1))
    left.legend(ncols=2, fontsize=9, loc="upper center")
    right.plot(steps, cost, "C0")
    right.axhline(np.log(5), color="#1c2224", linestyle="--", linewidth=1)
    right.set(xlabel="step", ylabel="cost", ylim=(0, 2))
    for axes in (left, right):
        axes.set_xticks([0, 2000, 4000, 6000])


def remedies(example, figure):
    runs = example["runs"]
    left, right = figure.subplots(1, 2)
    shown = (
        ("sigmoid, gain 1", "#1c2224", ":"),
        ("ReLU, gain 0.3", "C0", "--"),
        ("ReLU, gain √2", "C1", "-"),
        ("ReLU, 0.3, normalized", "C2", "-."),
        ("ReLU, 0.3, with skips", "C3", (0, (6, 2))),
    )
    for name, color, style in shown:
        costs, sizes = runs[name]
        left.semilogy(np.arange(1, 11), sizes, color=color, linestyle=style, label=name)
        right.plot(10 * np.arange(len(costs)), costs, color=color, linestyle=style)
    left.set(xlabel="hidden layer", ylabel="size of δ at the start", xticks=[1, 4, 7, 10])
    right.set(xlabel="step", ylabel="cost", ylim=(0, None))
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=3, fontsize=9)
