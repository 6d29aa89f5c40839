"""Velocities and places against mlcore's Momentum: single steps, steps one after another, the way down a valley."""

import numpy as np

from grader.checks import check, checked_layers, checked_parts, compare_values
from grader.errors import CheckFailed
from mlcore.optimizers import Momentum

GROUPS = ("parameters", "velocities")
SHAPES = ((4, 3), (4,), (2, 4), (2,))


def drawn(rng, shapes, dtype=np.float64):
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def asked(student, parameters, velocities, gradients, rate, momentum, tolerance=None):
    """The student's step, held against the reference's; (evidence, parameters, velocities), arrays as they came."""
    reply = student.momentum_update(parameters, velocities, gradients, rate, momentum)
    mutated = student.calls[-1].mutated
    groups = [[np.asarray(a, dtype=float) for a in group] for group in (parameters, gradients, velocities)]
    moved, speeds = Momentum(rate, momentum).update(*groups)
    groups = zip(checked_parts(reply, "momentum_update", GROUPS), GROUPS, strict=True)
    came = [checked_layers(group, len(moved), name, each="one a parameter") for group, name in groups]
    expected = {f"parameters[{i}]": w for i, w in enumerate(moved)}
    expected |= {f"velocities[{i}]": v for i, v in enumerate(speeds)}
    evidence = compare_values([*came[0], *came[1]], expected, tolerance)
    if mutated:
        raise CheckFailed(f"`momentum_update` changes `{mutated[0]}` in place. Return new arrays instead.")
    return evidence, *([np.asarray(a) for a in group] for group in came)


def walked(student, rng, n, steps, rate, momentum):
    """The student's way down a valley that is up to 20 times as steep in one direction as in another."""
    axes, _ = np.linalg.qr(rng.normal(size=(n, n)))
    a = axes @ np.diag(np.linspace(0.1, 2.0, n)) @ axes.T
    b, start = rng.normal(size=n), rng.normal(0, 3, n)
    optimizer = Momentum(rate, momentum)
    place, state = [start], optimizer.start([start])
    expected = [start]
    for _ in range(steps):
        place, state = optimizer.update(place, [a @ place[0] - b], state)
        expected.append(place[0])
    reply = student.descent_path(a, b, start, rate, momentum, steps)
    return compare_values([reply], {f"descent_path(…, steps={steps})": np.array(expected)})


@check("The first step", points=2)
def first_step(student, rng):
    parameters, gradients = drawn(rng, SHAPES), drawn(rng, SHAPES)
    return asked(student, parameters, [np.zeros_like(w) for w in parameters], gradients, 0.3, 0.9)[0]


@check("A step at speed", points=2)
def at_speed(student, rng):
    asked(student, *(drawn(rng, [(3, 3)]) for _ in range(3)), 0.5, 0.7)
    return asked(student, *(drawn(rng, SHAPES) for _ in range(3)), 0.2, 0.9)[0]


@check("Several steps", points=1)
def several_steps(student, rng):
    parameters = drawn(rng, SHAPES)
    velocities = [np.zeros_like(w) for w in parameters]
    for _ in range(5):
        gradients = drawn(rng, SHAPES)
        evidence, parameters, velocities = asked(student, parameters, velocities, gradients, 0.1, 0.8)
    return evidence


@check("Without momentum", points=1)
def without(student, rng):
    return asked(student, *(drawn(rng, SHAPES) for _ in range(3)), 0.4, 0.0)[0]


@check("Down a valley", points=3)
def valley(student, rng):
    walked(student, rng, 1, 1, 0.3, 0.5)
    walked(student, rng, 4, 3, 0.2, 0.6)
    return walked(student, rng, 3, 9, 0.4, 0.9)


@check("Single precision", points=1)
def single_precision(student, rng):
    # What was computed in single precision stays so, also where the reply is float64.
    return asked(student, *(drawn(rng, SHAPES, np.float32) for _ in range(3)), 0.25, 0.9, 1e-5)[0]
