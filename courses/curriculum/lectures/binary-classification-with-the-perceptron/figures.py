import numpy as np


def wedge(example, figure):
    steps, good = np.array(example["steps"])[1:], np.array(example["good"])
    gamma, longest, bound = example["hard_gamma"], example["hard_longest"], example["bound"]
    mistakes = np.arange(1, len(steps) + 1)
    k = np.array([1, 3 * bound])
    axes = figure.subplots()
    axes.loglog(k, longest * np.sqrt(k), "C1--", label="at most: R√k")
    axes.loglog(
        mistakes, np.linalg.norm(steps, axis=1), "C1^", markersize=5, markerfacecolor="none", label="length ‖w̃‖"
    )
    axes.loglog(mistakes, steps @ good, "C0s", markersize=3, label="progress u · w̃")
    axes.loglog(k, gamma * k, "C0-.", label="at least: kγ")
    axes.loglog(bound, gamma * bound, "C3o", markersize=7)
    axes.annotate(f"k = {bound:,.0f}", (bound, gamma * bound), xytext=(4, -16), textcoords="offset points")
    axes.set(xlabel="mistakes k", ylabel="length", xlim=(0.9, k[1]), ylim=(gamma, None))
    axes.legend(loc="upper left")


def tested(example, figure):
    axes = figure.subplots()
    names = [f"{size} pears" for size in example["sizes"]]
    for place, shares in enumerate(example["shares"]):
        # Beside one another in a narrow column, so that equal shares can be told apart.
        beside = place + 0.26 * np.sin(2.4 * np.arange(len(shares)))
        axes.plot(
            beside,
            shares,
            "C0o",
            markersize=4,
            markerfacecolor="none",
            label="each on new pears" if place == 0 else None,
        )
        axes.plot([place - 0.3, place + 0.3], [np.mean(shares)] * 2, "C1", label="their mean" if place == 0 else None)
    axes.axhline(100, color="C2", linestyle="--", linewidth=1.2, label="all, on their training pears")
    axes.set(xticks=range(len(names)), xticklabels=names, ylabel="right answers, %", ylim=(None, 101.5))
    axes.legend(loc="lower right")
