import numpy as np


def vocabulary(documents, least):
    each = [np.unique(d.lower().split()) for d in documents if d.split()]
    found, number = np.unique(np.concatenate(each), return_counts=True)
    return dict(zip(found[number >= least].tolist(), np.arange(len(found))))


def bag_of_words(documents, columns):
    out = np.zeros((len(documents), len(columns)), dtype=int)
    for i, d in enumerate(documents):
        np.add.at(out[i], [columns[w] for w in d.lower().split() if w in columns] or slice(0, 0), 1)
    return out


def tf_idf(counts):
    m = counts.shape[0]
    df = np.count_nonzero(counts, axis=0)
    share = counts / np.maximum(counts.sum(axis=1), 1)[:, None]
    x = share * (1 + np.log(1 + m) - np.log(1 + df))
    return x / np.maximum(np.sqrt((x**2).sum(axis=1)), 1e-300)[:, np.newaxis]
