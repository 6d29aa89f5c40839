import numpy as np


def nudge(example, figure):
    factors = np.array(example["passed"])
    left = np.abs(np.append(1, np.cumprod(factors)))
    stations = ["z₁", "a₁", "z₂", "a₂", "z₃", "a₃", "z₄", "a₄", "C"]
    names = ["σ′(z₁)", "w₂", "σ′(z₂)", "w₃", "σ′(z₃)", "w₄", "σ′(z₄)", "∂C/∂a₄"]
    axes = figure.subplots()
    axes.semilogy(left, "C0", marker="o")
    for i, (name, factor) in enumerate(zip(names, factors, strict=True)):
        middle = np.sqrt(left[i] * left[i + 1])
        number = f"{factor:.2f}".replace("-", "−")
        shift = (-20, 8) if left[i + 1] > left[i] else (6, 8)
        axes.annotate(f"{name}\n{number}", (i + 0.5, middle), shift, textcoords="offset points", fontsize=9)
    axes.set_xticks(range(len(stations)), stations)
    axes.set(xlabel="station", ylabel="left of a nudge of 1", xlim=(-0.3, 8.8), ylim=(None, 2.5))


def _sizes(factors):
    """The gradient in each neuron's bias against the last neuron's, the first neuron first."""
    return np.append(np.cumprod(factors[::-1], axis=0)[::-1], np.ones_like(factors[:1]), axis=0)


def chains(example, figure):
    neurons = np.arange(1, 21)
    left, right = figure.subplots(1, 2)
    random = _sizes(example.factors(*example["chains"][:, :, :2000]))
    left.semilogy(neurons, random[:, :40], "C0", linewidth=0.6, alpha=0.5)
    left.semilogy(neurons, np.median(random, axis=1), "C1", linestyle="--", linewidth=2.5)
    left.set(xlabel="neuron", ylabel="∂C/∂b, against the last", title="random, N(0, 1)")
    right.semilogy(neurons, _sizes(example["drifts"][19]), "C0", linewidth=0.6, alpha=0.5)
    right.set(xlabel="neuron", ylim=(1e-3, 1e3), title="factors around 1")
    for axes in (left, right):
        axes.set_xticks([1, 5, 10, 15, 20])


def room(example, figure):
    left, right = figure.subplots(1, 2)
    a = np.linspace(0, 1, 1001)
    for weight, style in ((4, "-."), (6.9, "-"), (20, "--")):
        left.plot(
            a, weight * np.array(example.sigmoid_prime(weight * (a - 0.5))), linestyle=style, label=f"w = {weight:g}"
        )
    left.axhline(1, color="#1c2224", linestyle=(0, (4, 3)), linewidth=1.2)
    left.set(xlabel="activation that comes in, a", ylabel="size of the factor", ylim=(0, None))
    left.legend(fontsize=9)
    weights = np.append(np.linspace(4, 8, 81), np.linspace(8, 50, 127)[1:])
    z = np.linspace(-4, 4, 400001)
    slope = np.array(example.sigmoid_prime(z))
    widths = np.array([np.count_nonzero(w * slope >= 1 - 1e-12) * (z[1] - z[0]) / w for w in weights])
    best = widths.argmax()
    right.plot(weights, widths)
    right.plot(weights[best], widths[best], "C1", marker="o")
    right.annotate(
        f"{widths[best]:.2f} at {weights[best]:.1f}", (weights[best], widths[best]), (10, 2), textcoords="offset points"
    )
    right.set(
        xlabel="size of the weight, |w|",
        ylabel="width in a",
        ylim=(0, 0.5),
        xlim=(0, 51),
        xticks=[4, 10, 20, 30, 40, 50],
    )
