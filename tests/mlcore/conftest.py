"""What mlcore is held against: TensorFlow on one thread, and the real data, fetched once."""

import os
from pathlib import Path

import numpy as np
import pytest

from mlcore import datasets

FETCHED = Path(__file__).resolve().parents[2] / ".data" / "datasets"


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture(scope="session")
def tf():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow

    return tensorflow


@pytest.fixture(scope="session")
def fetched():
    """The folder with MNIST and the texts: kept from run to run, checked at every reading."""
    datasets.fetch(folder=FETCHED)
    return FETCHED
