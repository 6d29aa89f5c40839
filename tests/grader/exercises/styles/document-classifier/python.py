def score(document, w, b):
    return b + sum(w[j] for j in document)


def epoch(documents, y, w, b):
    w = w.tolist()
    mistakes = 0
    for words, label in zip(documents, y.tolist()):
        words = words.tolist()
        if not label * score(words, w, b) > 0:
            for j in words:
                w[j] += label
            b += label
            mistakes += 1
    return [w, b, mistakes]


def classify(documents, w, b):
    w = w.tolist()
    return [1 if score(words.tolist(), w, b) > 0 else -1 for words in documents]
