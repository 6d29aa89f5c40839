import re
from collections import Counter, defaultdict

import numpy as np


def bags(documents):
    return [Counter(re.findall(r"\w+", d.casefold())) for d in documents]


def vocabulary(documents, least):
    seen = defaultdict(set)
    for i, bag in enumerate(bags(documents)):
        for word in bag:
            seen[word].add(i)
    columns = defaultdict(int)
    columns.update((w, i) for i, w in enumerate(sorted(w for w, d in seen.items() if len(d) >= least)))
    return columns


def bag_of_words(documents, columns):
    rows = np.zeros((len(documents), len(columns)), np.float32)
    for row, bag in zip(rows, bags(documents)):
        for word, column in columns.items():
            row[column] = bag[word]
    return rows


def tf_idf(counts):
    idf = np.log((1 + len(counts)) / (1 + np.sign(counts).sum(0))) + 1
    rows = (counts * idf).astype(np.float32)
    norms = np.linalg.norm(rows, axis=1)
    rows[norms > 0] /= norms[norms > 0, None]
    return rows
