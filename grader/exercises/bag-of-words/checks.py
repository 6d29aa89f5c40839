"""Vocabulary, counts and weights against mlcore, for documents with words within words, capitals and wide gaps."""

import numpy as np
from scipy import sparse

from grader.checks import check, compare_arrays, kind_of
from grader.errors import CheckFailed
from grader.sandbox import Handle
from mlcore import documents as reference

# Many lie within others, so that counting parts of words shows.
WORDS = [
    "net", "network", "profit", "profits", "share", "shares", "shareholder", "in", "inside", "income", "come", "loss",
    "gloss", "bank", "banker", "rate", "rates", "rise", "price", "prices", "oil", "soil", "gain", "again", "year",
]  # fmt: skip
GAPS = (" ", " ", " ", "  ", "\n")


def document(rng, length):
    """Words with repetitions, some in capitals, with gaps of several kinds between them."""
    favored = rng.choice(WORDS, 6)
    found = [str(rng.choice(favored if rng.random() < 0.6 else WORDS)) for _ in range(length)]
    found = [w.capitalize() if rng.random() < 0.2 else w.upper() if rng.random() < 0.1 else w for w in found]
    return "".join(w + str(rng.choice(GAPS)) for w in found).strip()


def documents(rng, m):
    return [document(rng, int(rng.integers(8, 25))) for _ in range(m)]


def chosen(student, texts, least):
    """The student's vocabulary, held against the reference's."""
    right = reference.vocabulary(texts, least)
    reply = student.vocabulary(texts, least)
    if not isinstance(reply, dict):
        hint = (
            " Its keys are numpy's strings or no strings; `str(word)` makes them plain."
            if isinstance(reply, Handle) and reply.type_name == "dict"
            else ""
        )
        raise CheckFailed(f"`vocabulary` returned {kind_of(reply)}, expected a dict from word to column.{hint}")
    said = f"With {len(texts)} documents and least = {least}, `vocabulary` "
    lacking, extra = sorted(right.keys() - reply.keys()), sorted(map(str, reply.keys() - right.keys()))
    if extra:
        raise CheckFailed(f"{said}has “{extra[0][:40]}”, which should have no column{also(extra)}.")
    if lacking:
        raise CheckFailed(f"{said}lacks “{lacking[0]}”{also(lacking)}.")
    for word, column in right.items():
        if not (isinstance(reply[word], int | np.integer) and reply[word] == column):
            shown = reply[word] if isinstance(reply[word], int | float | np.number) else kind_of(reply[word])
            raise CheckFailed(f"{said}gives “{word}” the column {shown}, expected {column}.")


def also(found):
    """How many there are besides the first."""
    return f", and {len(found) - 1} more like it" if len(found) > 1 else ""


def counted(student, texts, columns):
    """The student's counts, held against the reference's; the vocabulary must come out as it went in."""
    right = reference.bag_of_words(texts, columns).toarray()
    evidence = compare_arrays(student.bag_of_words(texts, columns), right, "bag_of_words(documents, columns)")
    if "columns" in student.calls[-1].mutated:
        raise CheckFailed("`bag_of_words` changes the dict `columns`. Words that it does not have are left out.")
    return evidence


def weighted(student, counts):
    """The student's tf-idf, held against the reference's."""
    rows = sparse.csr_array(counts)
    right = reference.tf_idf(rows, reference.inverse_document_frequencies(rows)).toarray()
    return compare_arrays(student.tf_idf(counts), right, "tf_idf(counts)")


def bags(rng, m, n):
    """Counts of which some are 0, with every word in some document and every document with some word."""
    counts = rng.poisson(1.0, (m, n)).astype(float)
    counts[np.arange(m), np.arange(m) % n] += 1
    counts[np.arange(n) % m, np.arange(n)] += 2
    return counts


@check("Every word gets a column", points=1)
def every_word(student, rng):
    chosen(student, documents(rng, 5), 1)


@check("Words of several documents", points=2)
def several(student, rng):
    # The last word has a document too few, however often it occurs there.
    texts = [*documents(rng, 6), "yield Yield yield yield", "quota quota", "QUOTA"]
    for least in (2, 3):
        chosen(student, texts, least)


@check("Counts", points=2)
def counts(student, rng):
    texts = documents(rng, 7)
    return counted(student, texts, reference.vocabulary(texts, 1))


@check("Columns in another order, and words without one", points=2)
def other_columns(student, rng):
    texts = [*documents(rng, 5), ""]
    known = [str(w) for w in rng.permutation(WORDS)[:-8]]
    return counted(student, texts, {word: column for column, word in enumerate(known)})


@check("As many documents as words in tf-idf", points=1)
def square(student, rng):
    return weighted(student, bags(rng, 6, 6))


@check("Tf-idf of a document and a word without a count", points=2)
def empty(student, rng):
    counts = bags(rng, 5, 7)
    counts[2] = 0
    counts[:, 4] = 0
    return weighted(student, counts)
