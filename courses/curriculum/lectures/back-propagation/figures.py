def descent(example, figure):
    axes = figure.subplots()
    axes.plot(example["with_slope"], label="with the hidden layer's slope")
    axes.plot(example["without_slope"], linestyle="--", label="without it")
    axes.set(xlabel="step", ylabel="cost C", ylim=(0, None))
    axes.legend()
