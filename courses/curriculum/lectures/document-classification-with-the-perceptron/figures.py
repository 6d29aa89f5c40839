def table(example, figure):
    bags = example["bags"]
    words = list(dict.fromkeys(word for bag in bags for word in bag))
    axes = figure.subplots()
    for color, label, marker in (("C0", 1, "s"), ("C1", -1, "s")):
        places = [
            (words.index(word), row, 18 if count == 1 else 52)
            for row, (bag, y) in enumerate(zip(bags, example["labels"], strict=True))
            for word, count in bag.items()
            if y == label
        ]
        columns, rows, sizes = zip(*places, strict=True)
        axes.scatter(columns, rows, s=sizes, color=color, marker=marker, linewidths=0)
    axes.set(xlim=(-1, len(words)), ylim=(len(bags) - 0.4, -0.6))
    axes.set_yticks(
        range(len(bags)), [f"{'repair' if y > 0 else 'order'} {i}" for i, y in enumerate(example["labels"], 1)]
    )
    chosen = ("the", "brake", "you", "is", "price", "bike", "wheel", "fix", "new", "rubs", "lock")
    axes.set_xticks([words.index(word) for word in chosen], chosen, rotation=60)
    axes.tick_params(labelsize=9)
    axes.grid(False)
    axes.set_xlabel(f"{len(words)} words, some of them named")


def reasons(example, figure):
    panels = figure.subplots(1, 2, sharey=True, width_ratios=[6, 11])
    for axes, text in zip(panels, example["new"][:2], strict=True):
        shares = [(word, weight) for word, weight in example.reasons(text)] + [("bias", example["b"])]
        for place, (_, share) in enumerate(shares):
            axes.bar(place, share, color="C0" if share > 0 else "C1", width=0.7)
            axes.text(
                place,
                share + (0.12 if share >= 0 else -0.12),
                f"{share:+d}".replace("-", "−") if share else "0",
                ha="center",
                va="bottom" if share >= 0 else "top",
                fontsize=9,
            )
        axes.set_xticks(range(len(shares)), [word for word, _ in shares], rotation=60, fontsize=10)
        total = sum(share for _, share in shares)
        axes.set_title(f"score {total:+d}".replace("-", "−"))
        axes.axhline(0, color="#566063", linewidth=0.8)
        axes.grid(False, axis="x")
        axes.set_axisbelow(True)
    panels[0].set(ylabel="share of the score", ylim=(-2.8, 2.8))
