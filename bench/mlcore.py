"""How fast mlcore trains, beside what people would use instead: python -m bench.mlcore [--quick] [--json].

Everything in one run on one thread, in CPU seconds, the least of several epochs, asked in turn. Exit status 1 where a
goal is missed. PyTorch is asked where its environment can be built; without it, its goals are named as not measured.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mlcore import datasets, kernels, svm
from mlcore.cnn import CNN
from mlcore.cnn import train as train_cnn
from mlcore.fast_cnn import FastCNN
from mlcore.networks import one_hot
from mlcore.optimizers import SGD

ROOT = Path(__file__).resolve().parent.parent
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
}
FLOOR, FAST = "floor: five products", "mlcore, fast form"
# The fast form's time, at most this multiple of the floor's, by batch and precision.
OF_FLOOR = {(10, "float64"): 2.2, (10, "float32"): 2.6, (128, "float64"): 1.6, (128, "float32"): 1.6}
# At batch 10, at most this multiple of another's.
OF_RIVALS = {
    "scikit-learn MLPClassifier": 0.30,
    "a textbook's loop": 1 / 8,
    "torch, autograd and SGD": 1 / 6,
    "tf.function over the epoch": 0.65,
    "Keras fit": 1 / 15,
}
OF_TORCH_CNN, OF_SVC = 1.3, 2.0


@dataclass(frozen=True)
class Goal:
    """A ratio of times and the most that it may be; None where it could not be measured."""

    what: str
    ratio: float | None
    most: float

    @property
    def missed(self) -> bool:
        return self.ratio is not None and not self.ratio <= self.most


class Torch:
    """PyTorch, in a process and an environment of its own."""

    def __init__(self, x: np.ndarray, y: np.ndarray, folder: Path) -> None:
        self.process = None
        subprocess.run(
            [sys.executable, str(ROOT / "config" / "environments.py"), "build-bench", ".venv-bench"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not (ROOT / ".venv-bench" / "lock-stamp").exists():
            return
        np.savez(folder / "data.npz", x=x, y=y)
        python = ROOT / ".venv-bench" / "bin" / "python"
        self.process = subprocess.Popen(
            [str(python), str(ROOT / "bench" / "torch_rivals.py"), str(folder / "data.npz")],
            env={**os.environ, **ONE_THREAD}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.version = json.loads(self.process.stdout.readline())["torch"]

    def ask(self, what: str, batch: int, dtype: str, m: int) -> dict[str, float]:
        self.process.stdin.write(json.dumps({"what": what, "batch": batch, "dtype": dtype, "m": m}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


def training(x: np.ndarray, y: np.ndarray, batch: int, dtype: str, repetitions: int, torch: Torch) -> dict[str, dict]:
    """CPU seconds of an epoch and accuracy on the data, by rival."""
    from bench.rivals import RIVALS

    images, wanted = x.astype(dtype), one_hot(y, 10, dtype)
    seconds: dict[str, list[float]] = {}
    rivals = {}
    for name, make in RIVALS.items():
        say(f"batch {batch}, {dtype}: {name}")
        rivals[name] = make(images, wanted, batch)
        if name == "tf.function over the epoch":
            rivals[name].epoch()  # traced
    for n in range(repetitions):
        for name, rival in rivals.items():
            say(f"batch {batch}, {dtype}: {name}, {n + 1} of {repetitions}")
            seconds.setdefault(name, []).append(cpu_seconds(rival.epoch))
    found = {
        name: {"seconds": min(times), "accuracy": accuracy(rivals[name], images, y)} for name, times in seconds.items()
    }
    if torch.process is not None:
        for name in ("torch, by hand", "torch, autograd and SGD"):
            say(f"batch {batch}, {dtype}: {name}")
            answers = [torch.ask(name, batch, dtype, len(x)) for _ in range(repetitions)]
            found[name] = {"seconds": min(a["seconds"] for a in answers), "accuracy": answers[-1]["accuracy"]}
    return found


def accuracy(rival, x: np.ndarray, y: np.ndarray) -> float:
    """That all have learned: the share of the first images that the parameters class rightly."""
    w1, b1, w2, b2 = rival.parameters()
    z = 1 / (1 + np.exp(-(x[:2000] @ w1 + b1))) @ w2 + b2
    return float((z.argmax(axis=1) == y[:2000]).mean())


def convolution(x: np.ndarray, y: np.ndarray, repetitions: int, torch: Torch) -> dict[str, dict]:
    """CPU seconds of an epoch of the small convolutional network, by batch, precision and form."""
    found = {}
    for batch in (10, 128):
        for dtype in ("float64", "float32"):
            say(f"CNN, batch {batch}, {dtype}")
            images, rng = x.reshape(-1, 28, 28, 1).astype(dtype), np.random.default_rng(0)
            network = CNN.random((28, 28, 1), rng, dtype=dtype)
            fast = FastCNN(network, images, y, batch=batch, rate=0.05)
            # Asked in turn, so that what else the machine does falls on each alike.
            rows: dict[str, list[float]] = {}
            for _ in range(repetitions):
                rows.setdefault("mlcore, fast form", []).append(cpu_seconds(lambda f=fast, r=rng: f.epoch(r)))
                if torch.process is not None:
                    rows.setdefault("torch, autograd and SGD", []).append(
                        torch.ask("cnn", batch, dtype, len(x))["seconds"]
                    )
            rows["mlcore, plain form"] = [
                cpu_seconds(
                    lambda n=network, i=images, b=batch, r=rng: train_cnn(
                        n, i, y, epochs=1, batch=b, optimizer=SGD(0.05), rng=r
                    )
                )
            ]
            found[f"batch {batch}, {dtype}"] = {name: min(times) for name, times in rows.items()}
    return found


def support_vectors(x: np.ndarray, y: np.ndarray, repetitions: int) -> dict[str, dict]:
    """CPU seconds to train with an rbf kernel, beside scikit-learn's SVC, on problems of several sizes."""
    from sklearn.svm import SVC

    digits = datasets.digits()
    problems = {
        f"MNIST, even against odd, {m} × 784": (x[:m], np.where(y[:m] % 2 == 0, 1, -1), 0.02, 5.0)
        for m in (1000, min(4000, len(x)))
    }
    problems["digits, even against odd, 1797 × 64"] = digits.x, np.where(digits.y % 2 == 0, 1, -1), 0.05, 5.0
    found = {}
    for name, (rows, signs, gamma, cost) in problems.items():
        say(f"SVM: {name}")
        times: dict[str, list[float]] = {"mlcore SMO": [], "scikit-learn SVC": []}
        for _ in range(repetitions):
            times["mlcore SMO"].append(
                cpu_seconds(lambda r=rows, s=signs, g=gamma, c=cost: svm.train(r, s, kernels.rbf(g), cost=c))
            )
            model = SVC(C=cost, gamma=gamma, cache_size=800)
            times["scikit-learn SVC"].append(cpu_seconds(lambda r=rows, s=signs, mod=model: mod.fit(r, s)))
        found[name] = {way: min(t) for way, t in times.items()}
    return found


def cpu_seconds(call) -> float:
    begun = time.process_time()
    call()
    return time.process_time() - begun


def goals(trained: dict, convolved: dict, machines: dict) -> list[Goal]:
    """Every goal with its ratio in this run."""
    found = []
    for (batch, dtype), most in OF_FLOOR.items():
        times = trained[f"batch {batch}, {dtype}"]
        found.append(Goal(f"batch {batch}, {dtype}: fast form over the floor", ratio(times, FAST, FLOOR), most))
    for dtype in ("float64", "float32"):
        for rival, most in OF_RIVALS.items():
            times = trained[f"batch 10, {dtype}"]
            found.append(Goal(f"batch 10, {dtype}: fast form over {rival}", ratio(times, FAST, rival), most))
    for name, row in convolved.items():
        times = {way: {"seconds": seconds} for way, seconds in row.items()}
        found.append(
            Goal(f"CNN, {name}: fast form over torch", ratio(times, FAST, "torch, autograd and SGD"), OF_TORCH_CNN)
        )
    for name, row in machines.items():
        found.append(Goal(f"SVM, {name}: SMO over SVC", row["mlcore SMO"] / row["scikit-learn SVC"], OF_SVC))
    return found


def ratio(times: dict[str, dict], ours: str, theirs: str) -> float | None:
    return times[ours]["seconds"] / times[theirs]["seconds"] if theirs in times else None


def versions(torch: Torch) -> dict[str, str]:
    names = ("numpy", "scipy", "sklearn", "tensorflow", "keras")
    found = {name: importlib.import_module(name).__version__ for name in names}
    return {"python": platform.python_version(), **found, **({"torch": torch.version} if torch.process else {})}


def table(result: dict) -> str:
    lines = [
        "  ".join(f"{name} {version}" for name, version in result["versions"].items()),
        f"{result['images']:,} images; CPU seconds an epoch, one thread",
        "",
    ]
    columns = list(result["training"])
    lines.append(f"{'784, 30, 10 neurons':30}" + "".join(f"{column:>22}" for column in columns))
    order = sorted(result["training"][columns[0]], key=lambda name: result["training"][columns[0]][name]["seconds"])
    for name in order:
        cells = [result["training"][c][name]["seconds"] for c in columns]
        floors = [result["training"][c][FLOOR]["seconds"] for c in columns]
        lines.append(f"{name:30}" + "".join(f"{s:13.3f} {s / f:6.2f} ×" for s, f in zip(cells, floors, strict=True)))
    for title, part in (
        ("convolutional network", result["convolution"]),
        ("support vector machine, rbf", result["svm"]),
    ):
        lines += ["", title]
        for name, row in part.items():
            lines.append(f"  {name:38}" + "  ".join(f"{way} {seconds:.3f}" for way, seconds in row.items()))
    if "torch" not in result["versions"]:
        lines += [
            "",
            "PyTorch is left out: its build for the CPU is in no index that pip is set up for.",
            "Add PyTorch's own index, or a folder of wheels, to pip's configuration;",
            "`python3 config/environments.py build-bench` says what is missing.",
        ]
    lines += ["", f"{'goal':66}{'ratio':>8}{'at most':>9}"]
    for goal in result["goals"]:
        measured = "   not measured" if goal["ratio"] is None else f"{goal['ratio']:8.3f}{goal['most']:9.3f}"
        lines.append(f"  {goal['what']:64}{measured}{'   MISSED' if goal['missed'] else ''}")
    return "\n".join(lines)


def say(line: str) -> None:
    """Progress, on one line of a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.mlcore", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5,000 images, one repetition")
    parser.add_argument("--json", action="store_true", help="one object")
    options = parser.parse_args()
    if options.quick:
        small = datasets.mnist_5k()
        order = np.random.default_rng(0).permutation(len(small.y))
        x, y = small.x[order], small.y[order]
    else:
        datasets.fetch(["mnist"])
        images = datasets.mnist()[0]
        x, y = images.x, images.y
    repetitions = 1 if options.quick else 3
    with tempfile.TemporaryDirectory() as folder:
        torch = Torch(x, y, Path(folder))
        trained = {
            f"batch {batch}, {dtype}": training(x, y, batch, dtype, repetitions, torch) for batch, dtype in OF_FLOOR
        }
        convolved = convolution(x[:5000], y[:5000], repetitions, torch)
        torch.close()
    machines = support_vectors(x, y, repetitions)
    found = goals(trained, convolved, machines)
    say("")
    result = {
        "versions": versions(torch), "images": len(x), "training": trained, "convolution": convolved, "svm": machines,
        "goals": [{"what": g.what, "ratio": g.ratio, "most": g.most, "missed": g.missed} for g in found],
    }  # fmt: skip
    print(json.dumps({"mlcore": result}) if options.json else table(result))
    return 1 if any(goal.missed for goal in found) else 0


if __name__ == "__main__":
    if not ONE_THREAD.items() <= os.environ.items():
        # numpy has read its number of threads by now: begin again.
        os.execve(sys.executable, [sys.executable, "-m", "bench.mlcore", *sys.argv[1:]], {**os.environ, **ONE_THREAD})
    sys.exit(main())
