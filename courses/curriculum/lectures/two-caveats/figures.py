def promise(example, figure):
    x, f = example["x"], example["wavy"]
    panels = figure.subplots(1, 2, sharey=True)
    for axes, n in zip(panels, (5, 20), strict=True):
        axes.fill_between(x, f - 0.05, f + 0.05, color="#566063", alpha=0.25, linewidth=0)
        axes.plot(x, f, "C1", linestyle="--", linewidth=1.4, label="f")
        axes.plot(x, example.network(f, n), "C0", label="g")
        axes.set(xlabel="input x", title=f"{n} hidden neurons")
    panels[0].set_ylabel("f and g")
    panels[0].legend(loc="upper left")


def jump(example, figure):
    x, f = example["x"], example["postage"]
    shown = (x >= 0.5) & (x <= 0.7)
    before, after = shown & (x < 0.6), shown & (x >= 0.6)
    axes = figure.subplots()
    axes.plot(x[before], f[before], "C1", linewidth=3.5, label="postage")
    axes.plot(x[after], f[after], "C1", linewidth=3.5)
    for n, color, style in ((20, "C2", "-."), (80, "C0", "-")):
        axes.plot(x[shown], example.network(f, n)[shown], color, linestyle=style, label=f"{n} neurons")
    axes.plot(x[shown], example["ramped"][shown], "C3", linestyle="--", linewidth=2.5, label="ramp")
    axes.axhline(0.7, color="#566063", linestyle=":", linewidth=1)
    axes.set(xlabel="input x", ylabel="postage and g", xticks=[0.5, 0.55, 0.6, 0.65, 0.7])
    axes.legend()
