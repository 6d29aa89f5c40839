"""The exercise on the perceptron's update: right code in any style is never accused, and every mistake is named."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks import check, compare_values
from grader.exercises import load
from grader.grading import grade
from mlcore import perceptron
from tests.grader.exercises.planting import planted

EXERCISE = load("perceptron-update")


def on_other_examples(name, m, n, first):
    @check(name, points=5)
    def asked(student, rng):
        y = rng.choice([-1, 1], m)
        y[:2] = first, -first
        x = rng.normal(size=(m, n)) + 0.5 * y[:, None] + 2
        w, b, mistakes = perceptron.train(x, y, 300)
        assert sum(count > 0 for count in mistakes) > 2
        epochs = mistakes.index(0) + 3
        return compare_values(student.train(x, y, epochs), {"w": w, "b": b, "mistakes": mistakes[:epochs]})

    return asked


OTHER_EXAMPLES = replace(
    EXERCISE, checks=(on_other_examples("many", 14, 6, 1), on_other_examples("more weights than examples", 8, 13, -1))
)

# What each mistake changes in two styles of writing the right program.
AUGMENTED = {
    "strict-inequality": [("np.sign(np.dot(v, row)) != label", "np.sign(np.dot(v, row)) == -label")],
    "sign-flipped": [("v += label * row", "v -= label * row")],
    "bias-not-updated": [("v += label * row", "v[:-1] += label * row[:-1]")],
    "bias-left-out-of-margin": [("np.dot(v, row)", "np.dot(v[:-1], row[:-1])")],
    "bias-always-plus-one": [("v += label * row", "v += np.append(label * row[:-1], 1)")],
    "label-left-out-of-update": [("v += label * row", "v += np.append(row[:-1], label)")],
    "updates-every-example": [("v += label * row\n                history[epoch] += 1", "history[epoch] += 1\n            v += label * row")],
    "one-update-an-epoch": [("        for row, label in", "        old = v.copy()\n        for row, label in"), ("np.dot(v, row)", "np.dot(old, row)")],
    "labels-zero-one": [("np.sign(np.dot(v, row)) != label", "(np.dot(v, row) > 0) != label"), ("v += label * row", "v += (label - (np.dot(v, row) > 0)) * row")],
    "zero-predicts-plus-one": [("np.sign(np.dot(v, row)) != label", "(np.dot(v, row) >= 0) != (label == 1)")],
    "zero-predicts-minus-one": [("np.sign(np.dot(v, row)) != label", "(np.dot(v, row) > 0) != (label == 1)")],
    "update-by-difference": [("np.sign(np.dot(v, row)) != label", "(np.dot(v, row) >= 0) != (label == 1)"), ("v += label", "v += 2 * label")],
    "learning-rate-not-one": [("v += label * row", "v += 0.1 * label * row")],
    "weights-reset-each-epoch": [("        for row, label in", "        v = 0 * v\n        for row, label in")],
    "stops-early": [("    return v[:-1], v[-1], history", "    return v[:-1], v[-1], history[: list(history).index(0) + 1]")],
    "mistakes-cumulative": [("return v[:-1], v[-1], history", "return v[:-1], v[-1], np.cumsum(history)")],
    "mistakes-after-the-epoch": [("                history[epoch] += 1", "        history[epoch] = sum(np.sign(rows @ v) != y)")],
    "last-example-skipped": [("zip(rows, y)", "zip(rows[:-1], y)")],
}  # fmt: skip
LISTS = {
    "strict-inequality": [("not margin > 0", "margin < 0")],
    "sign-flipped": [("p + label * q for", "p - label * q for"), ("b += label", "b -= label")],
    "bias-not-updated": [("b += label", "b += 0")],
    "bias-left-out-of-margin": [(" + b)", ")")],
    "bias-always-plus-one": [("b += label", "b += 1")],
    "label-left-out-of-update": [("p + label * q for", "p + q for")],
    "updates-every-example": [("                w = [p", "                count += 1\n            if True:\n                w = [p"), ("b += label\n                count += 1", "b += label")],
    "one-update-an-epoch": [("        count = 0\n", "        count, start, c = 0, w, b\n"), ("zip(w, features)) + b)", "zip(start, features)) + c)")],
    "labels-zero-one": [("            margin", "            hit = sum(p * q for p, q in zip(w, features)) + b > 0\n            right, label = label, label - hit\n            margin"), ("not margin > 0", "hit != right")],
    "zero-predicts-plus-one": [("not margin > 0", "margin < 0 or (margin == 0 and label == -1)")],
    "zero-predicts-minus-one": [("not margin > 0", "margin < 0 or (margin == 0 and label == 1)")],
    "update-by-difference": [("not margin > 0", "margin < 0 or (margin == 0 and label == -1)"), ("p + label * q for", "p + 2 * label * q for"), ("b += label", "b += 2 * label")],
    "learning-rate-not-one": [("p + label * q for", "p + label * q / 10 for"), ("b += label", "b += label / 10")],
    "weights-reset-each-epoch": [("        count = 0\n", "        count, w, b = 0, [0] * len(w), 0\n")],
    "stops-early": [("        mistakes += (count,)\n", "        mistakes += (count,)\n        if not count:\n            return w, b, mistakes\n")],
    "mistakes-cumulative": [("mistakes += (count,)", "mistakes += (count + (mistakes[-1] if mistakes else 0),)")],
    "mistakes-after-the-epoch": [("mistakes += (count,)", "mistakes += (sum(k * (sum(p * q for p, q in zip(w, f)) + b) <= 0 for f, k in zip(x, y)),)")],
    "last-example-skipped": [("zip(x, y)", "zip(x[:-1], y)")],
}  # fmt: skip


@pytest.mark.parametrize("code", EXERCISE.misconceptions)
@pytest.mark.parametrize(("style", "mistakes"), [("augmented", AUGMENTED), ("lists", LISTS)])
def test_a_mistake_planted_in_another_style_on_other_examples_is_named(style, mistakes, code):
    report = grade(OTHER_EXAMPLES, planted("perceptron-update", style, mistakes[code]), 5)
    assert [f.code for f in report.findings] == [code]


def test_another_learning_rate_is_told_as_a_factor():
    source = planted("perceptron-update", "augmented", [("v += label * row", "v += 0.5 * label * row")])
    (finding,) = grade(EXERCISE, source, 3).findings
    assert finding.code == "scale"
    assert "Yours = 0.5 · ours" in finding.message


def test_only_the_mistakes_are_wrong_where_only_they_are():
    source = planted("perceptron-update", "lists", LISTS["mistakes-cumulative"])
    report = grade(EXERCISE, source, 3)
    message = next(c.message for c in report.checks if not c.passed)
    assert "`mistakes` differs" in message
    assert "`w`" not in message


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("return None", "The function returned None, expected (w, b, mistakes)."),
        ("return 'w'", "The function returned a str, expected (w, b, mistakes)."),
        ("return np.zeros(3), 0.0", "The function returned a tuple of 2, expected (w, b, mistakes)."),
        ("return np.zeros((3, 1)), 1, [1]", "`w` has shape (3, 1), expected (3,)."),
        ("return x[0], np.ones(1), [1]", "`b` has shape (1,), expected a number."),
        ("return x[0], None, [1]", "`b` is None, expected a number."),
        ("return x[0], 1, 1", "`mistakes` has shape (), expected (1,)."),
        ("return x[0], 1, ['one']", "`mistakes` is a list of 1, expected an array."),
        ("return x[0], 1, [10**400]", "`mistakes` is a list of 1, expected an array."),
        ("return x[0] * np.nan, 1, [1]", "`w` holds nan at index (0,)."),
        ("return x[0], float('inf'), [1]", "`b` is inf."),
        ("return x[0], 1, iter([1])", "`mistakes` is a list_iterator, expected an array."),
        ("yield x[0]", "The function returned a generator, expected (w, b, mistakes)."),
        ("raise ValueError('y')", "`train` raised ValueError at line 3: y"),
    ],
)
def test_a_bad_reply_is_told_in_a_sentence(body, says):
    report = grade(EXERCISE, f"import numpy as np\ndef train(x, y, epochs):\n    {body}", 1)
    assert report.outcome == "ok"
    assert report.score == 0
    assert says in report.checks[0].message


def test_whole_numbers_are_right_where_they_are_right():
    source = planted(
        "perceptron-update", "lists", [("return w, b, mistakes", "return w, int(b), [float(k) for k in mistakes]")]
    )
    assert grade(EXERCISE, source, 1).score == EXERCISE.points


@pytest.mark.parametrize("seed", range(20))
def test_the_checks_examples_are_off_the_origin_and_come_to_an_end(seed):
    """What the checks draw is what they say, whatever the seed: else a mistake could go unseen."""
    rng = np.random.default_rng(seed)
    separable = next(c for c in EXERCISE.checks if c.name == "One epoch").function.__globals__["separable"]
    x, y = separable(rng, 11, 3, -1)
    assert y[0] == -1
    assert set(y) == {-1, 1}
    mistakes = perceptron.train(x, y, 2000)[2]
    assert mistakes[-1] == 0
