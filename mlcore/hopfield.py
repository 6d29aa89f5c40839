"""The Hopfield network: neurons of −1 and +1, each fed by all others, that settle into what they remember.

Source: Hopfield, Neural networks and physical systems with emergent collective computational abilities (1982).
"""

import numpy as np
from numpy.typing import NDArray

from mlcore.arguments import Array, count, shaped, signs

States = NDArray[np.integer]


def hebbian_weights(patterns: States) -> Array:
    """(1/n) Σ pattern·patternᵀ without the diagonal, (n, n), for patterns (k, n) of −1 and +1.

    About 0.14 n patterns drawn at random can be recalled.
    """
    found = signs("patterns", patterns, ("k", "n")).astype(float)
    weights = found.T @ found / found.shape[1]
    np.fill_diagonal(weights, 0)
    return weights


def energy(weights: Array, state: States) -> float:
    """−½ sᵀWs of a state (n,): no update of one neuron raises it."""
    weights, found = fitting(weights, state)
    return float(-found @ weights @ found / 2)


def recall(weights: Array, state: States, rng: np.random.Generator, sweeps: int = 100) -> States:
    """The state (n,) that `state` settles into: neurons one at a time, in a new order each sweep, until none changes.

    A neuron whose input is exactly 0 stays as it is. Raises ValueError where it has not settled after `sweeps`, which
    symmetric weights without a diagonal never need.
    """
    weights, settled = fitting(weights, state)
    for _ in range(count("sweeps", sweeps)):
        changed = False
        for i in rng.permutation(len(settled)):
            drive = weights[i] @ settled
            due = np.sign(drive) if drive else settled[i]
            changed |= bool(due != settled[i])
            settled[i] = due
        if not changed:
            return settled.astype(int)
    raise ValueError(f"weights: not settled after {sweeps} sweeps; symmetric ones with a diagonal of 0 expected")


def fitting(weights: Array, state: States) -> tuple[Array, Array]:
    """weights (n, n) and a copy of the state (n,) as floats."""
    found = signs("state", state, ("n",)).astype(float)
    return shaped("weights", weights, (len(found), len(found))), found
