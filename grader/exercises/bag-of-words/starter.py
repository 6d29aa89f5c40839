import numpy as np


def vocabulary(documents, least):
    """A column for each word that occurs in at least `least` documents, in alphabetical order: a dict."""
    raise NotImplementedError("write vocabulary here")


def bag_of_words(documents, columns):
    """How often each word of `columns` occurs in each document, (m, n)."""
    raise NotImplementedError("write bag_of_words here")


def tf_idf(counts):
    """Counts weighted by how rare a word is, each row of length 1."""
    raise NotImplementedError("write tf_idf here")
