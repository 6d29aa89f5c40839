"""The back-propagation exercise: right code in any style is never accused, and every mistake is named."""

from dataclasses import replace

import pytest

from grader.checks import check, compare_gradients
from grader.exercises import load
from grader.grading import grade
from mlcore.networks import Network
from tests.grader.exercises.planting import planted

EXERCISE = load("backpropagation")


def of_other_sizes(name, sizes, m):
    @check(name, points=5)
    def asked(student, rng):
        net = Network.random(sizes, rng)
        x, y = rng.normal(size=(m, sizes[0])), rng.uniform(size=(m, sizes[-1]))
        return compare_gradients(student.backprop(net.weights, net.biases, x, y), net.backprop(x, y))

    return asked


OTHER_SIZES = replace(
    EXERCISE, checks=(of_other_sizes("square", (6, 6, 6, 6), 9), of_other_sizes("unequal", (9, 6, 8, 4), 5))
)

# What each mistake changes in two styles of writing the right program.
LOOPS = {
    "missing-sigma-prime": [(" * prime(zs[k - 1])", "")],
    "sum-not-mean": [("w / n for", "w for"), ("b / n for", "b for")],
    "sign-flipped": [("acts[-1] - target", "target - acts[-1]")],
    "cross-entropy-delta": [(" * prime(zs[-1])", "")],
    "sigma-prime-of-activation": [("prime(zs[k - 1])", "prime(acts[k])")],
    "sigma-prime-of-activation-everywhere": [("prime(zs[k - 1])", "prime(acts[k])"), ("prime(zs[-1])", "prime(acts[-1])")],
    "last-example-only": [("nabla_w[k] +=", "nabla_w[k] ="), ("nabla_b[k] +=", "nabla_b[k] =")],
    "biases-not-averaged": [("b / n for", "b for")],
    "weights-not-transposed": [("weights[k].T", "weights[k]")],
    "wrong-layer-activation": [("np.outer(delta, acts[k])", "np.outer(delta, acts[k + 1])")],
    "weighted-input-for-activation": [("np.outer(delta, acts[k])", "np.outer(delta, zs[k - 1] if k else example)")],
    "gradient-transposed": [("np.outer(delta, acts[k])", "np.outer(acts[k], delta)"), ("np.zeros(w.shape)", "np.zeros(w.shape[::-1])")],
    "bias-gradient-zero": [("            nabla_b[k] += delta\n", "")],
    "extra-factor-two": [("delta = (acts[-1]", "delta = 2 * (acts[-1]")],
    "next-layer-sigma-prime": [("np.dot(weights[k].T, delta) * prime(zs[k - 1])", "np.dot(weights[k].T, delta * prime(zs[k]))")],
    "batch-divided-twice": [("n = len(x)", "n = len(x) ** 2")],
}  # fmt: skip
EINSUM = {
    "missing-sigma-prime": [(" * prime(zs[k]))", ")")],
    "sum-not-mean": [(" / len(x)", "")],
    "sign-flipped": [("acts[-1] - y", "y - acts[-1]")],
    "cross-entropy-delta": [(" * prime(zs[-1])", "")],
    "sigma-prime-of-activation": [("prime(zs[k])", "prime(acts[k + 1])")],
    "sigma-prime-of-activation-everywhere": [("prime(zs[k])", "prime(acts[k + 1])"), ("prime(zs[-1])", "prime(acts[-1])")],
    "last-example-only": [("acts, zs = [x], []", "m = len(x)\n    x, y = x[-1:], y[-1:]\n    acts, zs = [x], []"), ("len(x)]", "m]")],
    "biases-not-averaged": [("d.sum(0)", "d.sum(0) * len(x)")],
    "weights-not-transposed": [('np.einsum("mo,oi->mi", deltas[0], weights[k + 1])', "deltas[0] @ weights[k + 1].T")],
    "wrong-layer-activation": [("zip(deltas, acts)", "zip(deltas, acts[1:])")],
    "weighted-input-for-activation": [("zip(deltas, acts)", "zip(deltas, [x, *zs])")],
    "gradient-transposed": [("mo,mi->oi", "mo,mi->io")],
    "bias-gradient-zero": [("d.sum(0)", "0 * d.sum(0)")],
    "extra-factor-two": [("deltas = [(acts", "deltas = [2 * (acts")],
    "next-layer-sigma-prime": [('deltas[0], weights[k + 1]) * prime(zs[k])', 'deltas[0] * prime(zs[k + 1]), weights[k + 1])')],
    "batch-divided-twice": [("/ len(x)", "/ len(x) ** 2")],
}  # fmt: skip


@pytest.mark.parametrize("code", EXERCISE.misconceptions)
@pytest.mark.parametrize(("style", "mistakes"), [("loops", LOOPS), ("einsum", EINSUM)])
def test_a_mistake_planted_in_another_style_at_other_sizes_is_named(style, mistakes, code):
    report = grade(OTHER_SIZES, planted("backpropagation", style, mistakes[code]), 5)
    assert [f.code for f in report.findings] == [code]


def test_missing_sigma_prime_says_which_layers_and_marks_the_first_wrong_one():
    source = planted("backpropagation", "loops", LOOPS["missing-sigma-prime"])
    report = grade(OTHER_SIZES, source, 5)
    (finding,) = report.findings
    assert "layer 1 and layer 2 are too large" in finding.message
    assert "the last layer is right" in finding.message
    marked = [layer.layer for layer in report.layers if layer.check == "square" and layer.first_wrong]
    assert marked == [2]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("return nabla_w, nabla_b", "return [1.001 * w for w in nabla_w], [1.001 * b for b in nabla_b]"), "scale"),
        (("return nabla_w, nabla_b", "nabla_w[0][0, 0] += 1e-6\n    return nabla_w, nabla_b"), "first-wrong-layer"),
        (("return nabla_w, nabla_b", "return nabla_w, [b + 1e-3 for b in nabla_b]"), "bias-only"),
        (("return nabla_w, nabla_b", "return [g + 0.1 * w for g, w in zip(nabla_w, weights)], nabla_b"), "regularizer-only"),
        (("return nabla_w, nabla_b", "weights[0] *= 2\n    return [w * 3 for w in nabla_w], nabla_b"), "mutated-input"),
        (("return nabla_w, nabla_b", "return [w / 0 for w in nabla_w], nabla_b"), "not-finite"),
    ],
)  # fmt: skip
def test_an_unknown_mistake_is_described(edit, code):
    report = grade(OTHER_SIZES, planted("backpropagation", "einsum", [edit]), 5)
    assert report.score < report.max_score
    assert [f.code for f in report.findings] == [code]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("return None", "returned None, expected (nabla_w, nabla_b)"),
        ("return weights", "expected (nabla_w, nabla_b)"),
        ("return [1.0], [2.0]", "`nabla_w[0]` has shape (), expected (3, 4)"),
        ("return [], biases", "expected a list of 1 array, one a layer"),
        ("return [w[0] for w in weights], biases", "has shape (4,), expected (3, 4)"),
        ("return [w.astype(complex) for w in weights], biases", "has dtype complex128"),
        ("return [(w + 1j).tolist() for w in weights], biases", "`nabla_w[0]` has dtype complex128"),
        ("return [w * np.nan for w in weights], biases", "holds nan at index (0, 0)"),
        ("return [np.array([[None]]) for w in weights], biases", "an array of dtype object"),
        ("yield 1", "returned a generator"),
        ("raise KeyError('w')", "`backprop` raised KeyError at line 3"),
        ("exit()", "`backprop` raised SystemExit at line 3"),
    ],
)
def test_a_bad_reply_is_told_in_a_sentence(body, says):
    report = grade(EXERCISE, f"import numpy as np\ndef backprop(weights, biases, x, y):\n    {body}", 1)
    assert report.outcome == "ok"
    assert report.score == 0
    assert says in report.checks[0].message


def test_a_wrong_signature_is_told():
    report = grade(EXERCISE, "def backprop(net, batch):\n    return batch", 1)
    assert "takes 2 positional arguments but 4 were given" in report.checks[0].message


def test_after_a_kill_the_remaining_checks_are_not_run():
    limited = replace(EXERCISE, limits=replace(EXERCISE.limits, wall_seconds=1.0))
    report = grade(limited, "def backprop(weights, biases, x, y):\n    while True: pass", 1)
    assert report.outcome == "time_limit"
    assert [c.ran for c in report.checks] == [True, False, False, False, False]
    assert report.score == 0


@pytest.mark.parametrize(
    ("source", "type_name"),
    [("def f(:", "SyntaxError"), ("import torch", "ModuleNotFoundError"), ("x = '\0'", "SourceError"), ("#" * 262_145, "SourceTooLarge")],
)  # fmt: skip
def test_a_file_that_does_not_load_is_reported(source, type_name):
    report = grade(EXERCISE, source, 1)
    assert (report.outcome, report.error.type, report.score) == ("error", type_name, 0)


def test_the_same_seed_gives_the_same_verdicts():
    source = planted("backpropagation", "loops", LOOPS["sum-not-mean"])
    first, second = grade(EXERCISE, source, 3), grade(EXERCISE, source, 3)
    assert (first.checks, first.findings, first.gradients) == (second.checks, second.findings, second.gradients)


def test_a_report_survives_json():
    import json

    report = grade(EXERCISE, planted("backpropagation", "loops", LOOPS["missing-sigma-prime"]), 3)
    assert type(report).from_dict(json.loads(json.dumps(report.to_dict(), allow_nan=False))) == report
