import numpy as np


def nudges(example, figure):
    hs = [float(f"{first}e-{power}") for power in range(1, 16) for first in (7, 5, 3, 2, 1)]
    one, both = np.transpose([example.errors(h) for h in hs])
    axes = figure.subplots()
    # Where rounding happens to cancel there is nothing to draw on a logarithmic axis.
    axes.loglog(hs, np.maximum(one, 1e-12), "C1--", label="one side")
    axes.loglog(hs, np.maximum(both, 1e-12), "C0", label="both sides, central")
    axes.set(xlabel="nudge h", ylabel="error of the quotient", ylim=(1e-11, 100))
    axes.legend(loc="upper center")


def rectangle(example, figure):
    u, v, du, dv = 3.0, 2.0, 0.2, 0.3
    axes = figure.subplots()
    axes.fill([0, u, u, 0], [0, 0, v, v], color="C0", alpha=0.15)
    axes.fill([u, u + du, u + du, u], [0, 0, v, v], color="C1", alpha=0.5)
    axes.fill([0, u, u, 0], [v, v, v + dv, v + dv], color="C2", alpha=0.5)
    axes.fill([u, u + du, u + du, u], [v, v, v + dv, v + dv], color="C3")
    axes.plot([0, u + du, u + du, 0, 0], [0, 0, v + dv, v + dv, 0], "C0", linewidth=1)
    axes.text(u / 2, v / 2, f"u · v = {u * v:g}", ha="center", va="center")
    axes.text(u / 2, v + dv / 2, f"u · Δv = {u * dv:.1f}", ha="center", va="center")
    axes.text(u + du + 0.08, v / 2, f"Δu · v = {du * v:.1f}", va="center")
    axes.text(u + du + 0.08, v + dv / 2, f"Δu · Δv = {du * dv:.2f}", va="center")
    axes.text(u / 2, -0.08, f"u = {u:g}", ha="center", va="top")
    axes.text(-0.08, v / 2, f"v = {v:g}", ha="right", va="center")
    axes.set(xlim=(-0.6, 4.4), ylim=(-0.3, 2.4), aspect="equal")
    axes.axis("off")


def valley(example, figure):
    w, b = np.meshgrid(np.linspace(0.05, 0.85, 81), np.linspace(-0.75, 1.25, 81))
    predicted = np.exp(np.multiply.outer(w, example["x"]) + b[..., None])
    costs = np.mean((predicted - example["y"]) ** 2, axis=-1) / 2
    path = np.array(example["path"])
    axes = figure.subplots()
    lines = axes.contour(w, b, costs, levels=[0.02, 0.1, 0.3, 1, 3, 10], colors="C0", linewidths=0.8)
    axes.clabel(lines, fmt="%g", fontsize=9)
    axes.plot(path[:, 0], path[:, 1], "C1.-", markersize=2, linewidth=1.2)
    axes.plot(*path[0], "C1o")
    axes.annotate("start", path[0], xytext=(8, 4), textcoords="offset points")
    axes.plot(*path[-1], "C2s")
    axes.annotate("after 1,000 steps", path[-1], xytext=(8, 6), textcoords="offset points")
    axes.set(xlabel="growth w", ylabel="start b")
