"""Bags of words and tf-idf against scikit-learn's, and a perceptron that tells two kinds of news apart."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from mlcore import datasets, documents, perceptron

TALES = ["The wolf and the fox", "the fox, the fox!", "A crow", "", "wolf x wolf"]


def test_words_and_their_columns():
    columns = documents.vocabulary(TALES)
    assert columns == {"and": 0, "crow": 1, "fox": 2, "the": 3, "wolf": 4}
    assert documents.vocabulary(TALES, least=2) == {"fox": 0, "the": 1, "wolf": 2}
    counts = documents.bag_of_words([*TALES, "an owl"], columns).toarray()
    assert counts.tolist() == [
        [1, 0, 1, 2, 1], [0, 0, 2, 2, 0], [0, 1, 0, 0, 0], [0] * 5, [0, 0, 0, 0, 2], [0] * 5
    ]  # fmt: skip


def test_tf_idf_is_scikit_learns():
    columns = documents.vocabulary(TALES)
    counts = documents.bag_of_words(TALES, columns)
    ours = documents.tf_idf(counts, documents.inverse_document_frequencies(counts))
    theirs = TfidfVectorizer().fit_transform(TALES)
    np.testing.assert_allclose(ours.toarray(), theirs.toarray(), rtol=1e-12)
    assert ours.nnz == theirs.nnz


def test_a_perceptron_tells_earnings_from_acquisitions(fetched):
    training, test = datasets.texts("reuters-r8", fetched)
    rows, y = {}, {}
    for name, part in (("training", training), ("test", test)):
        chosen = [i for i, category in enumerate(part.categories) if category in ("earn", "acq")]
        rows[name] = [part.documents[i] for i in chosen]
        y[name] = np.array([1 if part.categories[i] == "earn" else -1 for i in chosen])
    columns = documents.vocabulary(rows["training"], least=2)
    counts = {name: documents.bag_of_words(rows[name], columns) for name in rows}
    idf = documents.inverse_document_frequencies(counts["training"])
    x = {name: documents.tf_idf(counts[name], idf) for name in counts}
    w, b = perceptron.train_averaged(x["training"], y["training"], 5)
    assert (perceptron.predict(w, b, x["test"]) == y["test"]).mean() >= 0.96


def test_what_is_no_bag_is_refused():
    with pytest.raises(ValueError, match="documents: none came"):
        documents.vocabulary([])
    with pytest.raises(ValueError, match="documents: a string came, a list of at least one document expected"):
        documents.bag_of_words("the wolf", {"wolf": 0})
    with pytest.raises(ValueError, match=r"counts: ndarray came, sparse rows \(m, words\)"):
        documents.inverse_document_frequencies(np.zeros((2, 3)))
    counts = documents.bag_of_words(TALES, documents.vocabulary(TALES))
    with pytest.raises(ValueError, match=r"idf: shape \(3,\) came, \(5,\) expected"):
        documents.tf_idf(counts, np.ones(3))
