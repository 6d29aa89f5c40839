import math


def vocabulary(documents, least):
    split = [d.lower().split() for d in documents]
    columns = {}
    for word in sorted({w for d in split for w in d}):
        if sum(word in d for d in split) >= least:
            columns[word] = len(columns)
    return columns


def bag_of_words(documents, columns):
    words = sorted(columns, key=columns.get)
    return [[d.lower().split().count(w) for w in words] for d in documents]


def tf_idf(counts):
    counts = [list(map(float, row)) for row in counts]
    m = len(counts)
    idf = [math.log((1 + m) / (1 + sum(c > 0 for c in column))) + 1 for column in zip(*counts)]
    rows = []
    for row in counts:
        row = [c * w for c, w in zip(row, idf)]
        length = math.sqrt(sum(v * v for v in row))
        rows.append([v / length for v in row] if length else row)
    return rows
