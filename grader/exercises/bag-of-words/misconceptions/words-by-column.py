"""Your dict leads from column to word. Asked for is the way back, from word to column, as the counting needs it."""

from collections import Counter

import numpy as np


def words(document):
    return document.lower().split()


def vocabulary(documents, least):
    found = Counter()
    for document in documents:
        found.update(set(words(document)))
    kept = sorted(word for word in found if found[word] >= least)
    return dict(enumerate(kept))


def bag_of_words(documents, columns):
    counts = np.zeros((len(documents), len(columns)))
    for row, document in zip(counts, documents):
        for word in words(document):
            if word in columns:
                row[columns[word]] += 1
    return counts


def tf_idf(counts):
    documents_with = (counts > 0).sum(axis=0)
    weighted = counts * (np.log((1 + len(counts)) / (1 + documents_with)) + 1)
    lengths = np.linalg.norm(weighted, axis=1, keepdims=True)
    return weighted / np.where(lengths > 0, lengths, 1)
