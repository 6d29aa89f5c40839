"""The exercise on the gradient tape: right code in any style is never accused, and every mistake is named."""

import numpy as np
import pytest

from grader.exercises import load
from grader.grading import grade

EXERCISE = load("gradient-tape")
HEAD = "import numpy as np\nimport tensorflow as tf\n\n\n"

STYLES = {
    "one-hot and Keras": """
def loss_and_gradients(w, b, x, y):
    w, b, x = tf.convert_to_tensor(w), tf.convert_to_tensor(b), tf.convert_to_tensor(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(w)
        tape.watch(b)
        one_hot = tf.one_hot(y, tf.shape(b)[0], dtype=w.dtype)
        loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(one_hot, x @ w + b, from_logits=True))
    return loss.numpy(), tape.gradient(loss, w).numpy(), tape.gradient(loss, b).numpy()
""",
    "always Variables, a list": """
def loss_and_gradients(w, b, x, y):
    w, b = tf.Variable(w), tf.Variable(b)
    with tf.GradientTape() as tape:
        p = tf.nn.softmax(tf.einsum("mn,nk->mk", x, w) + b)
        loss = -tf.reduce_mean(tf.math.log(tf.gather(p, y, axis=1, batch_dims=1)))
    return [loss] + tape.gradient(loss, [w, b])
""",
    "by hand in numpy": """
def loss_and_gradients(w, b, x, y):
    w, b = np.asarray(w), np.asarray(b)
    z = x @ w + b
    z = z - z.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, x.T @ p / len(y), p.mean(axis=0)
""",
    "a compiled function": """
@tf.function
def compute(w, b, x, y):
    with tf.GradientTape() as tape:
        tape.watch([w, b])
        terms = tf.nn.sparse_softmax_cross_entropy_with_logits(y, tf.matmul(x, w) + b)
        loss = tf.reduce_sum(terms) / tf.cast(tf.shape(x)[0], w.dtype)
    return loss, *tape.gradient(loss, [w, b])


def loss_and_gradients(w, b, x, y):
    return compute(tf.convert_to_tensor(w), tf.convert_to_tensor(b), tf.constant(x), tf.constant(y))
""",
}
# Each mistake in another style than its own file's.
ONE_HOT = STYLES["one-hot and Keras"]
PLANTED = [
    ("not-watched", ONE_HOT.replace("        tape.watch(w)\n        tape.watch(b)\n", "").replace(
        "    w, b, x = tf.convert_to_tensor(w), tf.convert_to_tensor(b), tf.convert_to_tensor(x)\n", "")
        .replace("dtype=w.dtype", "dtype=x.dtype").replace("tf.shape(b)[0]", "b.shape[0]")),
    ("not-watched", ONE_HOT.replace("        tape.watch(w)\n        tape.watch(b)\n", "").replace(
        "    w, b, x = tf.conv", "    if not isinstance(w, tf.Variable):\n        w, b, x = tf.conv").replace("loss.numpy(), tape.gradient(loss, w).numpy(), tape.gradient(loss, b).numpy()", "loss, tape.gradient(loss, w), tape.gradient(loss, b)")),
    ("gradient-none", STYLES["always Variables, a list"].replace("einsum(\"mn,nk->mk\", x, w) + b", "constant(x @ w.numpy() + b.numpy())")),
    ("gradient-none", STYLES["always Variables, a list"].replace("        p = ", "        pass\n    if True:\n        p = ")),
    ("sum-not-mean", STYLES["by hand in numpy"].replace(").mean()", ").sum()").replace(" / len(y)", "").replace("p.mean(", "p.sum(")),
    ("softmax-twice", ONE_HOT.replace("x @ w + b", "tf.nn.softmax(x @ w + b)")),
    ("softmax-over-examples", STYLES["always Variables, a list"].replace(" + b)", " + b, axis=0)")),
    ("mean-over-classes-too", ONE_HOT.replace("tf.keras.losses.categorical_crossentropy(one_hot, x @ w + b, from_logits=True)", "-one_hot * tf.nn.log_softmax(x @ w + b)")),
    ("sign-flipped", STYLES["always Variables, a list"].replace("-tf.reduce_mean", "tf.reduce_mean")),
    ("bias-not-watched", ONE_HOT.replace("        tape.watch(b)\n", "").replace("tape.gradient(loss, b).numpy()", "tape.gradient(loss, b)")
        .replace("    w, b, x = tf.conv", "    if not isinstance(w, tf.Variable):\n        w, b, x = tf.conv")),
    ("gradients-exchanged", STYLES["by hand in numpy"].replace("x.T @ p / len(y), p.mean(axis=0)", "p.mean(axis=0), x.T @ p / len(y)")),
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_right_code_gets_full_marks_and_no_finding(style):
    report = grade(EXERCISE, HEAD + STYLES[style], 3)
    assert ([c.message for c in report.checks if c.message], report.findings) == ([], ())
    assert report.score == 10


@pytest.mark.parametrize(("code", "source"), PLANTED)
def test_a_mistake_in_another_style_is_named(code, source):
    assert source not in STYLES.values()
    report = grade(EXERCISE, HEAD + source, 11)
    assert report.score < 10
    assert [f.code for f in report.findings] == [code]


def test_numpy_inside_and_a_loss_outside_are_both_spoken_of():
    message = EXERCISE.misconceptions["gradient-none"].message
    assert "outside the tape" in message
    assert "numpy" in message


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ("None", "None, expected (loss, dw, db)"),
        ("(0.5, w)", "expected (loss, dw, db)"),
        ("('a', w, b)", "`loss` is a str, expected a number"),
        ("(0.5, b, b)", "`dw` has shape (3,), expected (4, 3)"),
        ("(np.nan, w, b)", "`loss` is nan"),
        ("(tf.constant([0.5]), w, b)", "`loss` has shape (1,), expected a number"),
        ("(0.5, tf.constant('w'), b)", "`dw` is"),
    ],
)
def test_a_reply_that_is_none_is_told_in_a_sentence(reply, says):
    report = grade(EXERCISE, f"{HEAD}def loss_and_gradients(w, b, x, y):\n    return {reply}\n", 1)
    assert report.score == 0
    assert says in report.checks[0].message


def test_the_reference_agrees_with_difference_quotients():
    from mlcore.softmax_regression import loss_and_gradients

    rng = np.random.default_rng(5)
    w, b, x, y = rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    _, dw, db = loss_and_gradients(w, b, x, y)
    h = 1e-6
    for index in np.ndindex(4, 3):
        step = np.zeros((4, 3))
        step[index] = h
        quotient = (loss_and_gradients(w + step, b, x, y)[0] - loss_and_gradients(w - step, b, x, y)[0]) / (2 * h)
        assert dw[index] == pytest.approx(quotient, abs=1e-8)
    for k in range(3):
        step = np.eye(3)[k] * h
        quotient = (loss_and_gradients(w, b + step, x, y)[0] - loss_and_gradients(w, b - step, x, y)[0]) / (2 * h)
        assert db[k] == pytest.approx(quotient, abs=1e-8)


def test_the_gradients_of_a_wrong_reply_are_drawn_and_the_loss_is_not():
    report = grade(EXERCISE, EXERCISE.misconceptions["sum-not-mean"].source, 1)
    drawn = [g for g in report.gradients if g.check == "Parameters as arrays"]
    assert [(g.parameter, g.shape, g.heat_map is not None) for g in drawn] == [("dw", (4, 3), True), ("db", (3,), True)]
    assert [g.scale for g in drawn] == pytest.approx([7, 7])
