"""The exercise on activation functions: right code in any style is never accused, and every mistake is named."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks import check, compare_arrays
from grader.exercises import load
from grader.grading import grade
from mlcore import activations
from tests.grader.exercises.planting import STYLES, planted

EXERCISE = load("activations")


def of_another_size(name):
    @check(name, points=2)
    def asked(student, rng):
        z = rng.normal(0, 2, (6, 3))
        if name != "relu_prime":
            z[1], z[4] = 900, (-900, -901, -902)
        compare_arrays(student.call(name, z), getattr(activations, name)(z), name)

    return asked


OTHER_SIZES = replace(EXERCISE, checks=tuple(of_another_size(f.name) for f in EXERCISE.functions))

# What each mistake changes in two styles of writing the right program.
MASKS = {
    "sigmoid-sign-lost": [("1 / (1 + np.exp(-z[up]))", "np.exp(-z[up]) / (1 + np.exp(-z[up]))"), ("np.exp(z[~up]) / (1 + np.exp(z[~up]))", "1 / (1 + np.exp(z[~up]))")],
    "sigmoid-overflow": [("1 / (1 + np.exp(-z[up]))", "np.exp(z[up]) / (1 + np.exp(z[up]))")],
    "sigmoid-prime-overflow": [("    a = sigmoid(z)\n    return a - np.square(a)", "    e = np.exp(-z)\n    return e / np.square(1 + e)")],
    "sigmoid-prime-of-activation": [("a = sigmoid(z)", "a = sigmoid(sigmoid(z))")],
    "sigmoid-prime-from-weighted-input": [("a = sigmoid(z)", "a = z")],
    "sigmoid-prime-is-sigmoid": [("a - np.square(a)", "a")],
    "relu-builtin-max": [("    out = z.copy()\n    out[out < 0] = 0\n", "    out = z if z > 0 else 0\n")],
    "relu-max-along-axis": [("    out[out < 0] = 0\n", "    out = np.array([max(column) for column in z.T])\n")],
    "relu-prime-one-everywhere": [("np.zeros(", "np.ones(")],
    "relu-prime-is-relu": [("dtype=int", "dtype=float"), ("out[z > 0] = 1", "out[z > 0] = z[z > 0]")],
    "relu-prime-minus-one": [("out[z > 0] = 1", "out[z > 0] = 1\n    out[z < 0] = -1")],
    "softmax-over-all-elements": [("np.array([one(row) for row in z])", "one(z)")],
    "softmax-over-columns": [("np.array([one(row) for row in z])", "np.array([one(row) for row in z.T]).T")],
    "softmax-not-shifted": [(" - np.max(row)", "")],
    "softmax-shifted-by-the-batch": [("[one(row) for row in z]", "[one(row, np.max(z)) for row in z]"), ("one(row):", "one(row, top):"), ("np.max(row)", "top")],
    "softmax-without-exponential": [("e = np.exp(row - np.max(row))", "e = row")],
}  # fmt: skip
NAIVE = {
    "sigmoid-sign-lost": [("np.exp(-z)", "np.exp(z)")],
    "sigmoid-overflow": [("1.0 / (1.0 + np.exp(-z))", "np.exp(z) * (1 / (np.exp(z) + 1))")],
    "sigmoid-prime-overflow": [("sigmoid(z) * (1 - sigmoid(z))", "np.exp(-z) * sigmoid(z) ** 2")],
    "sigmoid-prime-of-activation": [("(1 - sigmoid(z))", "(1 - sigmoid(z))\n\n\nright = sigmoid_prime\n\n\ndef sigmoid_prime(z):\n    return right(sigmoid(z))")],
    "sigmoid-prime-from-weighted-input": [("sigmoid(z) * (1 - sigmoid(z))", "z - z**2")],
    "sigmoid-prime-is-sigmoid": [(" * (1 - sigmoid(z))", "")],
    "relu-builtin-max": [("return z * (z > 0)", "return max(z, 0.0)")],
    "relu-max-along-axis": [("z * (z > 0)", "z.max(axis=0)")],
    "relu-prime-one-everywhere": [("np.heaviside(z, 0.5)", "z / z")],
    "relu-prime-is-relu": [("np.heaviside(z, 0.5)", "np.clip(z, 0, None)")],
    "relu-prime-minus-one": [("np.heaviside(z, 0.5)", "np.where(z < 0, -1, 1)")],
    "softmax-over-all-elements": [("np.exp(shifted).sum(axis=1)", "np.exp(shifted).sum()"), ("z.max(axis=1)", "z.max()")],
    "softmax-over-columns": [("(z.T - z.max(axis=1)).T", "z - z.max(axis=0)"), ("(np.exp(shifted).T / np.exp(shifted).sum(axis=1)).T", "np.exp(shifted) / np.exp(shifted).sum(axis=0)")],
    "softmax-not-shifted": [("(z.T - z.max(axis=1)).T", "z")],
    "softmax-shifted-by-the-batch": [("(z.T - z.max(axis=1)).T", "z - z.max()")],
    "softmax-without-exponential": [("    shifted = (z.T - z.max(axis=1)).T\n", ""), ("(np.exp(shifted).T / np.exp(shifted).sum(axis=1)).T", "z / sum(z.T)[:, None]")],
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(EXERCISE.misconceptions.keys() - {"mutated-input", "softmax-without-keepdims"}))
@pytest.mark.parametrize(("style", "mistakes"), [("masks", MASKS), ("naive", NAIVE)])
def test_a_mistake_planted_in_another_style_at_another_size_is_named(style, mistakes, code):
    report = grade(OTHER_SIZES, planted("activations", style, mistakes[code]), 5)
    assert [f.code for f in report.findings] == [code]


def test_softmax_without_keepdims_is_named_by_its_exception():
    source = planted("activations", "float32", [("np.amax(z, axis=-1, keepdims=True)", "np.amax(z, axis=-1)")])
    assert [f.code for f in grade(OTHER_SIZES, source, 5).findings] == ["softmax-without-keepdims"]


@pytest.mark.parametrize(
    "edit",
    [("out = z.copy()", "out = z"), ("e = np.exp(row - np.max(row))", "row -= np.max(row)\n    e = np.exp(row)")],
)
def test_a_function_that_writes_into_its_argument_loses_points(edit):
    report = grade(EXERCISE, planted("activations", "masks", [edit]), 2)
    assert report.score < EXERCISE.points
    (finding,) = report.findings
    assert finding.code == "mutated-input"
    assert "changes its argument `z` in place" in finding.message


def test_two_mistakes_in_two_functions_are_both_named():
    source = planted("activations", "naive", NAIVE["sigmoid-prime-is-sigmoid"] + NAIVE["softmax-not-shifted"])
    assert [f.code for f in grade(EXERCISE, source, 4).findings] == ["sigmoid-prime-is-sigmoid", "softmax-not-shifted"]


def test_an_overflow_of_another_kind_is_described():
    source = planted("activations", "naive", [("sigmoid(z) * (1 - sigmoid(z))", "np.exp(z) / (1 + np.exp(z)) ** 2")])
    report = grade(EXERCISE, source, 4)
    assert [(f.code, f.check) for f in report.findings] == [("not-finite", "Slope of the sigmoid far from zero")]
    assert report.score == EXERCISE.points - 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("return None", "`sigmoid(z)` is None, expected an array."),
        ("return 'σ'", "`sigmoid(z)` is a str, expected an array."),
        ("return [[1.0], [2.0, 3.0]]", "`sigmoid(z)` is a list of 2, expected an array."),
        ("return 10**400", "`sigmoid(z)` is an int, expected an array."),
        ("return 1", "`sigmoid(z)` has shape (), expected (5, 5)."),
        ("return z[:, :3]", "`sigmoid(z)` has shape (5, 3), expected (5, 5)."),
        ("return z * np.nan", "`sigmoid(z)` holds nan at index (0, 0). Look for a division by 0 or an overflow."),
        ("return z.astype(int)", "`sigmoid(z)` differs from the right values by"),
        ("return z + 0j", "`sigmoid(z)` has dtype complex128, expected float64 or float32."),
        ("return z.astype(object)", "`sigmoid(z)` is an array of dtype object, expected an array."),
        ("return (v for v in z)", "`sigmoid(z)` is a generator, expected an array."),
        ("return {'z': z}", "`sigmoid(z)` is a dict, expected an array."),
        ("return Z", "`sigmoid` raised NameError at line 3"),
    ],
)
def test_a_bad_reply_is_told_in_a_sentence(body, says):
    report = grade(EXERCISE, f"import numpy as np\ndef sigmoid(z):\n    {body}", 1)
    assert report.outcome == "ok"
    assert report.score == 0
    assert says in report.checks[0].message


def test_a_missing_function_is_told_and_the_others_count():
    source = (STYLES / "activations/tanh.py").read_text().replace("def softmax", "def soft_max")
    report = grade(EXERCISE, source, 1)
    assert report.score == EXERCISE.points - 4
    assert all("softmax" in c.message for c in report.checks if not c.passed)


def test_the_reference_is_finite_where_the_checks_ask():
    far = np.array([[-1000.0, 1000.0]])
    for function in EXERCISE.functions:
        assert np.isfinite(getattr(activations, function.name)(far)).all()
