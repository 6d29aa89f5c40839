"""Parity by NAND gates: counts against mlcore's circuits, and the student's circuit on every row of bits."""

from itertools import product

import numpy as np

from grader.checks import check, checked_array, kind_of
from grader.errors import CheckFailed
from mlcore.circuits import Circuit, deep_parity, shallow_parity

# More than is needed by far, and quickly run.
MOST_GATES = 2000


def circuit(reply, inputs):
    """The student's list of gates as a circuit; CheckFailed says which gate is none."""
    if isinstance(reply, np.ndarray):
        reply = reply.tolist()
    if not isinstance(reply, list | tuple) or not reply:
        raise CheckFailed(f"`parity_circuit({inputs})` returned {kind_of(reply)}, expected a list of gates.")
    if len(reply) > MOST_GATES:
        raise CheckFailed(f"`parity_circuit({inputs})` has {len(reply)} gates. Four for each exclusive or will do.")
    gates = []
    for i, gate in enumerate(reply):
        if isinstance(gate, np.ndarray):
            gate = gate.tolist()
        if not isinstance(gate, list | tuple) or not 1 <= len(gate) <= MOST_GATES:
            raise CheckFailed(f"In `parity_circuit({inputs})` gate {i} is {kind_of(gate)}, expected a tuple of wires.")
        for wire in gate:
            if not isinstance(wire, int | np.integer) or isinstance(wire, bool):
                raise CheckFailed(
                    f"In `parity_circuit({inputs})` gate {i} reads {kind_of(wire)}, expected whole numbers of wires."
                )
            if not 0 <= wire < inputs + i:
                raise CheckFailed(
                    f"In `parity_circuit({inputs})` gate {i} reads wire {wire}. Only wires 0 to {inputs + i - 1} are "
                    f"made before it; gate 0 makes wire {inputs}."
                )
        gates.append(tuple(int(wire) for wire in gate))
    return Circuit(inputs, tuple(gates))


def computes_parity(student, inputs):
    """The student's circuit, once it has given the parity of every row of bits."""
    found = circuit(student.parity_circuit(inputs), inputs)
    rows = np.array(list(product((0, 1), repeat=inputs)))
    wrong = np.flatnonzero(found.evaluate(rows) != rows.sum(axis=1) % 2)
    if len(wrong):
        row = rows[wrong[-1]]
        raise CheckFailed(
            f"`parity_circuit({inputs})` gives {1 - row.sum() % 2} for the bits {' '.join(map(str, row))}, expected "
            f"{row.sum() % 2}. {len(wrong)} of {len(rows)} rows are wrong."
        )
    return found


def counted(student, name, reference):
    """The student's counts for several numbers of bits, each exactly the number of the reference's gates."""
    replies = {n: student.call(name, n) for n in (2, 3, 4, 7, 12)}
    for n, reply in replies.items():
        due = len(reference(n).gates)
        found = checked_array(reply, (), f"{name}({n})")
        if found != due:
            raise CheckFailed(f"`{name}({n})` is {found:g}, expected {due}.")


@check("Gates of the shallow circuit", points=2)
def shallow(student, rng):
    return counted(student, "shallow_gates", shallow_parity)


@check("Gates of the deep circuit", points=1)
def deep(student, rng):
    return counted(student, "deep_gates", deep_parity)


@check("The exclusive or of two bits", points=1)
def two(student, rng):
    computes_parity(student, 2)


@check("Four and eight bits", points=2)
def powers_of_two(student, rng):
    for inputs in (4, 8):
        computes_parity(student, inputs)


@check("Other numbers of bits", points=2)
def other_numbers(student, rng):
    for inputs in (3, 5, 6, 9):
        computes_parity(student, inputs)


@check("No more than 4(n − 1) gates", points=1)
def few_gates(student, rng):
    for inputs in (2, 5, 8):
        gates, most = len(computes_parity(student, inputs).gates), len(deep_parity(inputs).gates)
        if gates > most:
            raise CheckFailed(
                f"`parity_circuit({inputs})` has {gates} gates, expected at most {most}: four for each exclusive or."
            )


@check("No more than 3⌈log₂ n⌉ layers", points=1)
def few_layers(student, rng):
    for inputs in (4, 7, 9):
        layers, most = computes_parity(student, inputs).depth(), 3 * (inputs - 1).bit_length()
        if layers > most:
            raise CheckFailed(
                f"`parity_circuit({inputs})` has {layers} layers, expected at most {most}. Join the wires in pairs, "
                "then the pairs in pairs."
            )
