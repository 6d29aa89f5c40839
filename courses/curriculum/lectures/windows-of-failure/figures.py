import numpy as np


def shared(example, figure):
    x = np.linspace(0.4, 0.6, 1201)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(1.3, 1))
    wanted = example.before_sigmoid(x)
    ink = upper.xaxis.label.get_color()
    upper.plot(x, wanted, color=ink, linewidth=1.6, linestyle=":", label="σ⁻¹(f(x))")
    for tables, color, style in ((1, "C1", "--"), (2, "C0", "-")):
        found = example.tables_sum(x, tables)
        name = f"{tables} tables" if tables > 1 else "1 table"
        upper.plot(x, found, color, linestyle=style, linewidth=1.6, label=name)
        lower.plot(x, np.abs(found - wanted), color, linestyle=style, linewidth=1.6)
    half = np.log(99) / 300
    for axes in (upper, lower):
        for step in np.arange(8, 13) / 20:
            axes.axvspan(step - half, step + half, color="C3", alpha=0.13, linewidth=0)
    upper.set(ylabel="weighted sum", xlim=(0.4, 0.6))
    upper.legend(fontsize=9)
    lower.set(xlabel="input x", ylabel="error", ylim=(0, None))


def holes(example, figure):
    along = np.linspace(0.1, 0.9, 1601)
    panels = figure.subplots(1, 3, sharey=True)
    for axes, tables in zip(panels, (1, 2, 4), strict=True):
        axes.plot(along, example.towers_sum(along, along, 3, tables, 300.0), "C0", linewidth=1.5)
        axes.set(title=f"{tables} tables" if tables > 1 else "1 table", xlabel="x and y", ylim=(-0.04, 1.12))
    panels[0].set_ylabel("weighted sum")
