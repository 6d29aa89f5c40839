"""Documents as vectors: bags of words, weighted by how rare a word is. Rows are sparse, scipy's csr_array.

Source: Salton, Wong & Yang, A vector space model for automatic indexing (1975); Spärck Jones, A statistical
interpretation of term specificity (1972).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from mlcore.arguments import Array, count, shaped

WORD = re.compile(r"\w\w+")


def words(document: str) -> list[str]:
    """The document's words in lower case, those of at least two letters or digits, in order."""
    return WORD.findall(document.lower())


def vocabulary(documents: Sequence[str], least: int = 1) -> dict[str, int]:
    """A column for each word that occurs in at least `least` of the documents, in alphabetical order."""
    count("least", least)
    found = Counter(word for document in listed(documents) for word in set(words(document)))
    return {word: column for column, word in enumerate(sorted(w for w, n in found.items() if n >= least))}


def bag_of_words(documents: Sequence[str], columns: Mapping[str, int]) -> sparse.csr_array:
    """How often each word of the vocabulary occurs, (m, words). Words that it does not know are left out."""
    starts, indices, values = [0], [], []
    for document in listed(documents):
        found = Counter(columns[word] for word in words(document) if word in columns)
        ordered = sorted(found)
        indices += ordered
        values += [found[column] for column in ordered]
        starts.append(len(indices))
    return sparse.csr_array(
        (np.array(values, float), np.array(indices, int), np.array(starts, int)), shape=(len(documents), len(columns))
    )


def inverse_document_frequencies(counts: sparse.csr_array) -> Array:
    """ln((1 + m) / (1 + documents with the word)) + 1, one a word, (words,), as if one more document had every word."""
    counts = bags(counts)
    documents_with = np.bincount(counts.indices[counts.data > 0], minlength=counts.shape[1])
    return np.log((1 + counts.shape[0]) / (1 + documents_with)) + 1


def tf_idf(counts: sparse.csr_array, idf: Array) -> sparse.csr_array:
    """Counts times inverse document frequencies, each row brought to length 1; a document without words stays 0."""
    counts = bags(counts)
    idf = shaped("idf", idf, (counts.shape[1],))
    weighted = counts * idf
    lengths = np.sqrt((weighted * weighted).sum(axis=1))
    return sparse.csr_array(weighted / np.where(lengths > 0, lengths, 1)[:, None])


def listed(documents: Sequence[str]) -> Sequence[str]:
    """At least one document; a single string, which would be taken letter by letter, is none of them."""
    if isinstance(documents, str) or not len(documents):
        came = "a string" if isinstance(documents, str) else "none"
        raise ValueError(f"documents: {came} came, a list of at least one document expected")
    return documents


def bags(counts: sparse.csr_array) -> sparse.csr_array:
    """Sparse rows (m, words), not empty."""
    if not sparse.issparse(counts) or counts.ndim != 2 or not counts.shape[0]:
        raise ValueError(f"counts: {type(counts).__name__} came, sparse rows (m, words) with m ≥ 1 expected")
    return sparse.csr_array(counts)
