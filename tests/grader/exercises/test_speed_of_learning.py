"""The exercise on the speed of learning: right code in any style is never accused, and every mistake is named."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks import check, compare_values
from grader.exercises import load
from grader.grading import grade
from mlcore.networks import Network
from mlcore.unstable_gradients import layer_norms
from tests.grader.exercises.planting import STYLES, planted

EXERCISE = load("speed-of-learning")


def of_other_sizes(name, sizes, m):
    @check(name, points=5)
    def asked(student, rng):
        net = Network.random(sizes, rng)
        x, y = rng.normal(size=(m, sizes[0])), rng.uniform(size=(m, sizes[-1]))
        right = {f"norms[{i}]": norm for i, norm in enumerate(layer_norms(net, x, y))}
        return compare_values(list(student.layer_norms(net.weights, net.biases, x, y)), right)

    return asked


OTHER_SIZES = replace(
    EXERCISE, checks=(of_other_sizes("square", (6, 6, 6, 6, 6), 9), of_other_sizes("unequal", (8, 3, 5, 4), 11))
)

# What each mistake changes in two styles of writing the right program.
LOOPS = {
    "quadratic-delta": [("delta = a - target", "delta = (a - target) * prime(zs[-1])")],
    "mean-of-norms": [("totals[k] += delta", "totals[k][0] += math.dist(delta, 0 * delta)")],
    "sum-not-mean": [("total / len(x)", "total")],
    "norm-of-the-whole-batch": [("totals[k] += delta", "totals[k] = np.append(totals[k], delta)")],
    "missing-sigma-prime": [(" * prime(zs[k])", "")],
    "sigma-prime-of-activation": [("prime(zs[k])", "prime(sigmoid(zs[k]))")],
    "next-layer-sigma-prime": [("np.dot(weights[k + 1].T, delta) * prime(zs[k])", "np.dot(weights[k + 1].T, delta * prime(zs[k + 1]))")],
    "weights-not-transposed": [("weights[k + 1].T", "weights[k + 1]")],
    "order-reversed": [("for mean in means]", "for mean in means[::-1]]")],
    "output-layer-included": [("biases[:-1]]", "biases]"), ("        for k in range(len(totals) - 1,", "        totals[-1] += delta\n        for k in range(len(totals) - 2,")],
    "first-layer-left-out": [("biases[:-1]]", "biases]"), ("        for k in range(len(totals) - 1,", "        totals[-1] += delta\n        for k in range(len(totals) - 2,"), ("for mean in means]", "for mean in means[1:]]")],
    "weight-gradient-norm": [("totals = [np.zeros(len(b)) for b in biases[:-1]]", "totals = [np.zeros(w.size) for w in weights[:-1]]"), ("totals[k] += delta", "totals[k] += np.outer(delta, sigmoid(zs[k - 1]) if k else example).ravel()")],
    "norm-squared": [("math.sqrt(sum(v * v for v in mean))", "sum(v * v for v in mean)")],
    "sum-of-absolute-values": [("math.sqrt(sum(v * v for v in mean))", "sum(abs(v) for v in mean)")],
    "root-mean-square": [("for v in mean))", "for v in mean) / len(mean))")],
}  # fmt: skip
COLUMNS = {
    "quadratic-delta": [("y.T - acts.pop()", "(y.T - acts[-1]) * acts[-1] * (1 - acts.pop())")],
    "mean-of-norms": [("np.sqrt((d.mean(axis=1) ** 2).sum())", "np.mean([np.sqrt(e @ e) for e in d.T])")],
    "sum-not-mean": [("d.mean(axis=1)", "d.sum(axis=1)")],
    "norm-of-the-whole-batch": [("(d.mean(axis=1) ** 2).sum()", "(d**2).sum() / len(x) ** 2")],
    "missing-sigma-prime": [("(weights[k].T @ d) * a * (1 - a)", "weights[k].T @ d")],
    "sigma-prime-of-activation": [("a = acts[k]", "a = 1 / (1 + np.exp(-acts[k]))")],
    "next-layer-sigma-prime": [("d = y.T - acts.pop()", "d = y.T - acts[-1]"), ("a = acts[k]", "a = acts[k + 1]"), ("(weights[k].T @ d) * a * (1 - a)", "weights[k].T @ (d * a * (1 - a))")],
    "weights-not-transposed": [("(weights[k].T @ d)", "(weights[k] @ d)")],
    "order-reversed": [("norms[k - 1]", "norms[-k]")],
    "output-layer-included": [("return norms", "return [*norms, np.linalg.norm((y.T - last).mean(axis=1))]"), ("    d = y", "    last = acts[-1]\n    d = y")],
    "first-layer-left-out": [("return norms", "return [*norms[1:], np.linalg.norm((y.T - last).mean(axis=1))]"), ("    d = y", "    last = acts[-1]\n    d = y")],
    "weight-gradient-norm": [("np.sqrt((d.mean(axis=1) ** 2).sum())", "np.linalg.norm(d @ acts[k - 1].T / len(x))")],
    "norm-squared": [("np.sqrt((d.mean(axis=1) ** 2).sum())", "(d.mean(axis=1) ** 2).sum()")],
    "sum-of-absolute-values": [("np.sqrt((d.mean(axis=1) ** 2).sum())", "np.linalg.norm(d.mean(axis=1), 1)")],
    "root-mean-square": [("** 2).sum()", "** 2).mean()")],
}  # fmt: skip


@pytest.mark.parametrize("code", EXERCISE.misconceptions)
@pytest.mark.parametrize(("style", "mistakes"), [("loops", LOOPS), ("columns", COLUMNS)])
def test_a_mistake_planted_in_another_style_at_other_sizes_is_named(style, mistakes, code):
    report = grade(OTHER_SIZES, planted("speed-of-learning", style, mistakes[code]), 5)
    assert [f.code for f in report.findings] == [code]


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("sum-not-mean", ["A batch of one"]),
        ("mean-of-norms", ["A batch of one"]),
        ("norm-of-the-whole-batch", ["A batch of one"]),
        ("order-reversed", ["One hidden layer"]),
        ("quadratic-delta", []),
    ],
)
def test_a_mistake_costs_the_checks_that_show_it(code, right):
    report = grade(EXERCISE, EXERCISE.misconceptions[code].source, 6)
    assert [c.name for c in report.checks if c.passed] == right


def test_an_early_layer_that_is_a_little_wrong_is_not_hidden_by_the_larger_later_ones():
    source = planted("speed-of-learning", "columns", [("return norms", "norms[0] *= 1.001\n    return norms")])
    report = grade(EXERCISE, source, 6)
    assert report.score == 0
    assert all("`norms[0]` differs" in c.message and "norms[1]" not in c.message for c in report.checks)


def test_a_factor_that_is_no_known_mistake_is_told():
    source = planted("speed-of-learning", "columns", [("return norms", "return norms * 3")])
    (finding,) = grade(EXERCISE, source, 6).findings
    assert finding.code == "scale"
    assert "Yours = 3 · ours" in finding.message


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("return None", "`layer_norms(…)` is None, expected a list of 1 number, one for each hidden layer"),
        ("return 'fast'", "`layer_norms(…)` is a str, expected a list of 1"),
        ("return 0.5", "`layer_norms(…)` is a float, expected a list of 1"),
        ("return np.float64(0.5)", "`layer_norms(…)` is a float64, expected a list of 1"),
        ("return []", "`layer_norms(…)` is a list of 0, expected a list of 1"),
        ("return np.zeros((2, 1))", "`layer_norms(…)` is an array of shape (2, 1), expected a list of 1"),
        ("return biases[:-1]", "`norms[0]` has shape (4,), expected a number."),
        ("return [None]", "`norms[0]` is None, expected a number."),
        ("return ['0.1']", "`norms[0]` is a str, expected a number."),
        ("return [True]", "`norms[0]` is a bool, expected a number."),
        ("return [10**400]", "`norms[0]` is an int, expected a number."),
        ("return [float('nan')]", "`norms[0]` is nan"),
        ("return [1j]", "`norms[0]` is a complex, expected a number."),
        ("return [1]", "`norms[0]` differs from the right values by"),
        ("yield 1", "`layer_norms(…)` is a generator, expected a list of 1"),
        ("raise IndexError('layer')", "`layer_norms` raised IndexError at line 3: layer"),
    ],
)
def test_a_bad_reply_is_told_in_a_sentence(body, says):
    report = grade(EXERCISE, f"import numpy as np\ndef layer_norms(weights, biases, x, y):\n    {body}", 1)
    assert report.outcome == "ok"
    assert report.score == 0
    assert says in report.checks[0].message


def test_single_precision_is_enough_whatever_the_seed():
    names = {}
    exec((STYLES / "speed-of-learning/backprop32.py").read_text(), names)
    worst = 0.0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        net = Network.random((9, 7, 4, 6, 3), rng)
        x, y = rng.normal(size=(8, 9)), rng.uniform(size=(8, 3))
        right = np.array(layer_norms(net, x, y))
        worst = max(worst, np.max(abs(np.array(names["layer_norms"](net.weights, net.biases, x, y)) - right) / right))
    assert 0 < worst <= 5e-6


def test_the_norms_are_drawn_and_the_first_wrong_one_is_marked():
    report = grade(EXERCISE, EXERCISE.misconceptions["missing-sigma-prime"].source, 1)
    check = next(c.name for c in report.checks if not c.passed and "unequal" in c.name)
    layers = [layer for layer in report.layers if layer.check == check]
    assert [layer.layer for layer in layers] == list(range(1, len(layers) + 1))
    assert all(layer.norm > layer.expected_norm > 0 and layer.verdict == "wrong" for layer in layers)
    assert [layer.first_wrong for layer in layers] == [False] * (len(layers) - 1) + [True]
