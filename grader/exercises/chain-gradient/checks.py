"""The gradients of a chain against mlcore: one neuron, four, negative weights, a long chain, and one that explodes."""

from grader.checks import Evidence, Mismatch, check, checked_layers, compare_array
from mlcore.unstable_gradients import Chain, exploding_chain, vanishing_chain

# A number does not show the precision that it was computed in; the mistakes lie a thousand times further apart.
TOLERANCE = 1e-5


def asked(student, chain, x, dc_da):
    """The student's gradients of a chain, each held against the reference's: a norm would hide the early ones."""
    expected = chain.gradients(x, dc_da)
    reply = student.bias_gradients(chain.weights, chain.biases, x, dc_da)
    each = "one for each neuron, the first one's first"
    values = checked_layers(reply, len(expected), "bias_gradients(…)", "number", each)
    comparisons = tuple(
        compare_array(value, right, f"gradients[{j}]", TOLERANCE)
        for j, (value, right) in enumerate(zip(values, expected, strict=True))
    )
    wrong = [c for c in comparisons if not c.passed]
    if wrong:
        more = (
            f" {len(wrong) - 1} more of {len(expected)} differ too, all of earlier neurons." if len(wrong) > 1 else ""
        )
        raise Mismatch(wrong[-1].problem + more, Evidence(comparisons))
    return Evidence(comparisons)


@check("One neuron", points=1)
def one_neuron(student, rng):
    return asked(student, vanishing_chain(1, rng), rng.uniform(0.5, 1), rng.uniform(1, 3))


@check("Four neurons", points=3)
def four_neurons(student, rng):
    return asked(student, Chain(rng.uniform(0.5, 2, 4), rng.normal(size=4)), rng.uniform(), rng.uniform(-3, -1))


@check("Weights of both signs", points=2)
def both_signs(student, rng):
    weights = rng.uniform(0.5, 3, 7) * rng.permutation([1, 1, 1, 1, -1, -1, -1])
    return asked(student, Chain(weights, rng.normal(size=7)), rng.uniform(-1, 1), rng.uniform(1, 3))


@check("A long chain", points=2)
def long_chain(student, rng):
    return asked(student, vanishing_chain(25, rng), rng.uniform(), rng.uniform(0.5, 2))


@check("A chain that explodes", points=2)
def explodes(student, rng):
    # An input that any precision holds: what is off by rounding here grows 25-fold a neuron on its way forward, too.
    x = rng.integers(1, 64) / 64
    return asked(student, exploding_chain(6, x), x, rng.uniform(0.5, 2))
