"""The figures' command: rows within their bands, pictures drawn, and an exit status that tells."""

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from mlcore.reproduce import __main__ as command
from mlcore.reproduce.run import Row
from tests.conftest import ROOT


def reproduce(*arguments, data):
    return subprocess.run(
        [sys.executable, "-m", "mlcore.reproduce", *arguments, "--data", str(data)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_cheap_variants_are_within_their_bands_and_drawn(fetched, tmp_path):
    done = reproduce("--quick", "--folder", str(tmp_path), data=fetched)
    assert done.returncode == 0, done.stdout
    assert "\nAll within their bands.\n" in done.stdout
    for figure in command.FIGURES:
        assert f"\n{figure} " in done.stdout
    pictures = sorted(path.stem for path in tmp_path.glob("*.svg"))
    assert pictures == [
        "amplifying", "filters", "gradient-checking", "identity-neuron", "norms", "overlaps", "parity", "perceptron",
        "svm", "tower", "universality",
    ]  # fmt: skip
    for path in tmp_path.glob("*.svg"):
        drawn = ElementTree.parse(path)
        shapes = {
            name: len(list(drawn.iter(f"{{http://www.w3.org/2000/svg}}{name}"))) for name in ("path", "image", "text")
        }
        assert shapes["path"] > 10 or shapes["image"] >= 2
        assert shapes["text"] > 5


@pytest.mark.slow
def test_every_figure_of_the_chapters_is_within_its_band(fetched, tmp_path):
    done = reproduce("--folder", str(tmp_path), data=fetched)
    assert done.returncode == 0, done.stdout
    assert {"accuracy.svg", "learning-speed.svg"} <= {path.name for path in tmp_path.iterdir()}


def rows(*found):
    return lambda run: iter(found)


def test_a_row_outside_its_band_is_told_by_the_exit_status(monkeypatch, capsys, tmp_path):
    right, wrong, unknown = Row("a", 1.0, 0, 1), Row("b", 1.01, 0, 1), Row("c", float("nan"), 0, 1)
    monkeypatch.setattr(command, "FIGURES", {"good": rows(right), "bad": rows(right, wrong, unknown)})
    assert command.main(["good", "--folder", str(tmp_path)]) == 0
    assert "All within their bands." in capsys.readouterr().out
    assert command.main(["--folder", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "2 outside their bands." in printed
    assert [line.split()[0] for line in printed.splitlines() if line.endswith("OUTSIDE")] == ["b", "c"]


def test_missing_data_and_unknown_figures_say_what_to_do(tmp_path):
    done = reproduce("norms", data=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2, f"{tmp_path}/mnist.npz is missing. Fetch it once, with a connection: `python -m mlcore.datasets fetch`."
    )  # fmt: skip
    done = reproduce("accuracies", data=tmp_path)
    assert done.returncode == 2
    assert "There is no figure “accuracies”. There are: perceptron, svm, gradient-checking," in done.stderr
    assert "--seeds: 0 came, 1 or more expected" in reproduce("--seeds", "0", data=tmp_path).stderr
