"""The perceptron on news and on examples that a plane separates."""

from collections.abc import Iterator

import numpy as np

from mlcore import datasets, documents
from mlcore import perceptron as p
from mlcore.reproduce.run import Row, Run


def perceptron(run: Run) -> Iterator[Row]:
    """Earnings against acquisitions of Reuters R8, Novikoff's bound, and XOR."""
    x, y, tests, wanted = news(run)
    plain, bias, mistakes = p.train(x, y, 10)
    yield Row(
        "R8, earn against acq, the rule: accuracy", float((p.predict(plain, bias, tests) == wanted).mean()), 0.96, 1
    )
    averaged, bias = p.train_averaged(x, y, 5)
    yield Row(
        "R8, earn against acq, averaged: accuracy", float((p.predict(averaged, bias, tests) == wanted).mean()), 0.96, 1
    )
    shares = []
    for seed in run.progress(range(10 if run.quick else 200), "perceptron: Novikoff's bound"):
        examples, labels, w, b = separated(np.random.default_rng(seed))
        bound = p.novikoff_bound(examples, labels, w, b)
        made = p.train(examples, labels, int(bound) + 2)[2]
        shares.append(sum(made) / bound)
        assert made[-1] == 0
    yield Row("mistakes over Novikoff's bound, the most seen", max(shares), 0, 1, "≤ 1")
    yield Row("XOR: mistakes in the best of 1,000 epochs", min(p.train(*p.XOR, 1000)[2]), 1, 4, "never 0")
    with run.picture("perceptron", "A perceptron's mistakes on news die out", "epoch", "mistakes") as axes:
        axes.plot(np.arange(1, len(mistakes) + 1), mistakes, "o-")
        axes.set_ylim(0)


def news(run: Run) -> tuple[p.Rows, np.ndarray, p.Rows, np.ndarray]:
    """tf-idf rows and signs of the training and of the test documents, +1 for earnings."""
    found = []
    columns = idf = None
    for part in datasets.texts("reuters-r8", run.data):
        chosen = [
            (d, 1 if c == "earn" else -1)
            for d, c in zip(part.documents, part.categories, strict=True)
            if c in ("earn", "acq")
        ]
        texts = [document for document, _ in chosen]
        columns = columns or documents.vocabulary(texts, least=2)
        counts = documents.bag_of_words(texts, columns)
        idf = documents.inverse_document_frequencies(counts) if idf is None else idf
        found += [documents.tf_idf(counts, idf), np.array([sign for _, sign in chosen])]
    return found[0], found[1], found[2], found[3]


def separated(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """100 examples at least 0.1 from a plane, and that plane."""
    plane = rng.normal(size=4)
    plane /= np.linalg.norm(plane)
    x = rng.normal(size=(100, 3))
    side = x @ plane[:3] + plane[3]
    far = np.abs(side) > 0.1
    return x[far], np.sign(side[far]), plane[:3], float(plane[3])
