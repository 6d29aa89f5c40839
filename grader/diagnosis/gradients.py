"""What gradients look like, parameter by parameter and layer by layer, and the mistakes that show in it."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.checks import Comparison, Evidence
from grader.diagnosis.failure import Failure
from grader.results import Finding, Gradient, HeatMap, Layer, Worst
from mlcore.gradient_checking import best_scale, compare, norm, relative_error

SAME = 1e-6
MAP_SIZE = 48
VANISHING = 0.1
EXPLODING = 10.0


def gradients_of(evidence: Evidence, check: str) -> tuple[Gradient, ...]:
    """One reading a parameter, right or wrong."""
    return tuple(
        _gradient(c, check) for c in evidence.comparisons if evidence.gradients or c.name in evidence.parameters
    )


def _gradient(comparison: Comparison, check: str) -> Gradient:
    expected, received = comparison.expected, comparison.received
    if received is None or not np.isfinite(received).all():
        return Gradient(comparison.name, expected.shape, None, None, None, check, False)
    found = compare(received, expected)
    return Gradient(
        parameter=comparison.name,
        shape=expected.shape,
        relative_error=found.relative_error,
        cosine=found.cosine,
        scale=found.scale,
        check=check,
        passed=comparison.passed,
        worst=Worst(found.worst, float(received[found.worst]), float(expected[found.worst])),
        heat_map=None if comparison.passed else heat_map(received - expected),
    )


def heat_map(difference: np.ndarray) -> HeatMap:
    """At most 48×48 cells; larger matrices as means over blocks."""
    matrix = np.atleast_2d(difference)
    matrix = matrix.reshape(matrix.shape[0], -1)
    block = tuple(-(-n // MAP_SIZE) for n in matrix.shape)
    rows = np.add.reduceat(matrix, np.arange(0, matrix.shape[0], block[0]), axis=0)
    cells = np.add.reduceat(rows, np.arange(0, matrix.shape[1], block[1]), axis=1)
    return HeatMap([[float(f"{v:.4g}") for v in row] for row in cells / (block[0] * block[1])], (block[0], block[1]))


def layers_of(evidence: Evidence, check: str) -> tuple[Layer, ...]:
    """‖δ‖ of each hidden layer, as compared, or as the bias gradients show it."""
    if not (evidence.gradients or evidence.norms):
        return ()
    compared = [c for c in evidence.comparisons if evidence.norms or c.name.startswith("nabla_b")]
    lengths = [norm(c.received) if c.received is not None else None for c in compared]
    hidden = compared if evidence.norms else compared[:-1]
    first_wrong = _first_wrong_layer(evidence)
    layers = []
    for i, comparison in enumerate(hidden):
        length, following = lengths[i], lengths[i + 1] if i + 1 < len(lengths) else None
        ratio = length / following if length is not None and following else None
        right = _layer_is_right(evidence, i)
        layers.append(
            Layer(
                i + 1, length, ratio, _verdict(ratio) if right else "wrong", check,
                norm(comparison.expected), first_wrong == i,
            )
        )  # fmt: skip
    return tuple(layers)


def _verdict(ratio: float | None) -> str:
    if ratio is None or VANISHING <= ratio <= EXPLODING:
        return "healthy"
    return "vanishing" if ratio < VANISHING else "exploding"


def _layer(comparison: Comparison) -> int:
    return int(comparison.name.rpartition("[")[2].rstrip("]"))


def _layer_is_right(evidence: Evidence, layer: int) -> bool:
    return all(c.passed for c in evidence.comparisons if _layer(c) == layer)


def _first_wrong_layer(evidence: Evidence) -> int | None:
    """Counted from 0; the first met going back from the output."""
    if not (evidence.gradients or evidence.norms):
        return None
    return max((_layer(c) for c in evidence.comparisons if not c.passed), default=None)


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def seen(evidence: Evidence) -> tuple[str, str]:
    """What the gradients show, in a sentence, and the wrong parameters; empty where there are none to see."""
    wrong = [c for c in evidence.comparisons if not c.passed]
    if not evidence.gradients or not wrong:
        return "", ""
    where = ", ".join(c.name for c in wrong)
    last = max(_layer(c) for c in evidence.comparisons)
    weights = [c for c in wrong if c.name.startswith("nabla_w") and c.received is not None]
    layers = sorted({_layer(c) for c in wrong})
    names = [("the last layer" if i == last and last else f"layer {i + 1}") for i in layers]
    factors = [norm(c.received) / (norm(c.expected) or 1.0) for c in weights if c.received is not None]
    if len(weights) == len(layers) and layers and all(1.2 < f < np.inf for f in factors):
        subject = f"The gradients of {_listed(names)} are too large by a factor of about "
        text = subject + _listed([f"{f:.2g}" for f in factors])
    else:
        text = f"The gradients of {_listed(names)} are wrong"
    right = [i for i in range(last + 1) if i not in layers]
    if right == [last]:
        text += "; the last layer is right"
    return text + ".", where


def _pairs(failure: Failure) -> list[tuple[np.ndarray, np.ndarray]]:
    """Received and expected arrays of the wrong parameters that can be compared by value."""
    return [
        (c.received, c.expected)
        for c in failure.evidence.comparisons
        if not c.passed and c.received is not None and np.isfinite(c.received).all()
    ]


def _found(code: str, message: str, failure: Failure) -> Finding:
    where = ", ".join(c.name for c in failure.evidence.comparisons if not c.passed)
    return Finding(code, message, where, failure.check)


def mutated_input(failure: Failure) -> Finding | None:
    names = sorted({name for call in failure.calls for name in call.mutated})
    if not names:
        return None
    what = _listed([f"`{n}`" for n in names])
    return _found("mutated-input", f"Your function changes its argument {what} in place. Work on a copy.", failure)


def not_finite(failure: Failure) -> Finding | None:
    bad = [c.name for c in failure.evidence.comparisons if c.received is not None and not np.isfinite(c.received).all()]
    if not bad:
        return None
    return _found(
        "not-finite",
        f"{_listed(bad)} {'holds' if len(bad) == 1 else 'hold'} values that are not finite. Look for an overflow or a "
        "division by 0.",
        failure,
    )


def returns_none(failure: Failure) -> Finding | None:
    last = failure.calls[-1]
    if last.error is not None or last.reply is not None or not any(map(_is_none, failure.evidence.comparisons)):
        return None
    return Finding(
        "returns-none",
        f"`{last.function}` gives back None. A function without a `return` at its end does so: return the result.",
        f"{last.function}()",
        failure.check,
    )


def gradient_none(failure: Failure) -> Finding | None:
    evidence = failure.evidence
    gradients = [c for c in evidence.comparisons if evidence.gradients or c.name in evidence.parameters]
    if not any(map(_is_none, gradients)):
        return None
    return _found(
        "gradient-none",
        "A gradient is None: nothing on the tape connects the loss with that parameter. Compute the loss inside the "
        "tape, from the parameters themselves, with TensorFlow's operations and not numpy's.",
        failure,
    )


def _is_none(comparison: Comparison) -> bool:
    return comparison.problem.startswith(f"`{comparison.name}` is None")


def not_watched(failure: Failure) -> Finding | None:
    """What is no gradient for a plain tensor or array is one for a Variable, which a tape watches by itself."""
    if len(failure.calls) < 2:
        return None
    plain, variables = failure.calls[-2:]
    missing = plain.error is not None and plain.error.type_name == "AttributeError" and "_id" in plain.error.message
    if not (missing or _holds_none(plain.reply)) or variables.error is not None or _holds_none(variables.reply):
        return None
    return Finding(
        "not-watched",
        "With Variables your gradients are there, with plain tensors or arrays they are not: a tape watches Variables "
        "only. Make a tensor of each parameter and call `tape.watch` on it before you compute the loss.",
        f"{plain.function}()",
        failure.check,
    )


def _holds_none(reply: object) -> bool:
    return isinstance(reply, list | tuple) and any(value is None for value in reply)


def transposed(failure: Failure) -> Finding | None:
    wrong = [c for c in failure.evidence.comparisons if not c.passed]
    square = [(r, e) for r, e in _pairs(failure) if e.ndim == 2 and e.shape[0] == e.shape[1]]
    by_shape = [c for c in wrong if "It is transposed" in c.problem]
    by_value = [1 for r, e in square if relative_error(r.T, e) <= SAME]
    if not wrong or len(by_shape) + len(by_value) != len(wrong):
        return None
    return _found("transposed", "The values are the right ones, with rows and columns exchanged. Transpose.", failure)


def sign(failure: Failure) -> Finding | None:
    pairs = _pairs(failure)
    if not pairs or not all(relative_error(-r, e) <= SAME for r, e in pairs):
        return None
    return _found(
        "sign", "Your values are the right ones with the opposite sign. Look at the order of a difference.", failure
    )


def scale(failure: Failure) -> Finding | None:
    pairs = _pairs(failure)
    factors = [k for r, e in pairs if (k := best_scale(r, e)) is not None]
    # One number is a multiple of any other.
    if sum(e.size for _, e in pairs) < 2 or len(factors) != len(pairs) or not factors[0]:
        return None
    k = factors[0]
    with np.errstate(over="ignore"):  # a reply of 1e308 is no multiple of anything
        alike = all(relative_error(r, k * e) <= SAME for r, e in pairs)
    if not alike:
        return None
    return _found("scale", f"Yours = {k:.4g} · ours. Look for a factor that is missing or counted twice.", failure)


def bias_only(failure: Failure) -> Finding | None:
    wrong = [c for c in failure.evidence.comparisons if not c.passed]
    if not failure.evidence.gradients or not wrong or any(not c.name.startswith("nabla_b") for c in wrong):
        return None
    return _found(
        "bias-only", "Every weight gradient is right, so δ is too; only the bias gradients are wrong.", failure
    )


def regularizer_only(failure: Failure) -> Finding | None:
    """Every weight gradient is off by the same multiple of its weights."""
    if not failure.evidence.gradients or not failure.calls or not failure.calls[-1].args:
        return None
    weights = failure.calls[-1].args[0]
    pairs = [
        (c.received - c.expected, np.asarray(weights[_layer(c)], dtype=np.float64))
        for c in failure.evidence.comparisons
        if c.name.startswith("nabla_w") and c.received is not None
    ]
    factors = [best_scale(d, w) for d, w in pairs if d.shape == w.shape]
    k = factors[0] if factors else None
    if not k or len(factors) != len(pairs) or not all(relative_error(d, k * w) <= SAME for d, w in pairs):
        return None
    return _found(
        "regularizer-only",
        f"Yours is the right gradient plus {k:.4g}·w. Only the regularization term differs.",
        failure,
    )


def first_wrong_layer(failure: Failure) -> Finding | None:
    layer = _first_wrong_layer(failure.evidence)
    if layer is None or not failure.evidence.gradients:
        return None
    text, _ = seen(failure.evidence)
    return _found(
        "first-wrong-layer",
        f"{text} Going back from the output, layer {layer + 1} is the first wrong one: look at how δ gets there, "
        "and at what it is multiplied with.",
        failure,
    )


DIAGNOSERS: list[Callable[[Failure], Finding | None]] = [
    mutated_input,
    not_finite,
    not_watched,
    returns_none,
    gradient_none,
    transposed,
    sign,
    scale,
    regularizer_only,
    bias_only,
    first_wrong_layer,
]
