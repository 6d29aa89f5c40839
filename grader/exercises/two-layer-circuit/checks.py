"""Circuits of NAND gates: the student's run against mlcore's, and the student's circuits on every row of a table."""

from itertools import product

import numpy as np

from grader.checks import check, compare_arrays, kind_of
from grader.errors import CheckFailed
from mlcore.circuits import Circuit

# More than is needed by far, and quickly run.
MOST_GATES = 2000


def all_rows(inputs):
    return np.array(list(product((0, 1), repeat=inputs)))


def runs(student, inputs, gates, bits):
    """The student's run of a circuit, held against the reference's."""
    reply = student.run_circuit(inputs, gates, bits)
    if isinstance(reply, np.ndarray) and reply.dtype == bool:  # True and False are bits too
        reply = reply.astype(int)
    return compare_arrays(reply, Circuit(inputs, tuple(gates)).evaluate(bits), f"run_circuit({inputs}, {gates}, bits)")


def random_gates(rng, inputs, count):
    """Gates of one to three wires, whose last one gives both 0 and 1."""
    bits = all_rows(inputs)
    while True:
        gates = [
            tuple(int(w) for w in rng.choice(inputs + i, int(rng.integers(1, 4)), replace=False)) for i in range(count)
        ]
        if 0 < Circuit(inputs, tuple(gates)).evaluate(bits).mean() < 1 and len(gates[-1]) == 3:
            return gates


def circuit(reply, inputs):
    """The student's list of gates as a circuit; CheckFailed says which gate is none."""
    if isinstance(reply, np.ndarray):
        reply = reply.tolist()
    if not isinstance(reply, list | tuple) or not reply:
        raise CheckFailed(f"`two_layers` returned {kind_of(reply)}, expected a list of gates.")
    if len(reply) > MOST_GATES:
        raise CheckFailed(
            f"`two_layers` returned {len(reply)} gates. One for each row that is 1, and few more, will do."
        )
    gates = []
    for i, gate in enumerate(reply):
        if isinstance(gate, np.ndarray):
            gate = gate.tolist()
        if not isinstance(gate, list | tuple) or not 1 <= len(gate) <= MOST_GATES:
            raise CheckFailed(f"Gate {i} of `two_layers` is {kind_of(gate)}, expected a tuple of one wire or more.")
        for wire in gate:
            if not isinstance(wire, int | np.integer) or isinstance(wire, bool):
                raise CheckFailed(f"Gate {i} of `two_layers` reads {kind_of(wire)}, expected whole numbers of wires.")
            if not 0 <= wire < inputs + i:
                raise CheckFailed(
                    f"Gate {i} of `two_layers` reads wire {wire}. Only wires 0 to {inputs + i - 1} are made before it; "
                    f"gate 0 makes wire {inputs}."
                )
        gates.append(tuple(int(wire) for wire in gate))
    return Circuit(inputs, tuple(gates))


def computes(student, table):
    """The student's circuit for a table, once it has given every entry of it."""
    table = np.array(table)
    inputs = len(table).bit_length() - 1
    found = circuit(student.two_layers(table), inputs)
    rows = all_rows(inputs)
    wrong = np.flatnonzero(found.evaluate(rows) != table)
    if len(wrong):
        r = wrong[0]
        shown = " ".join(map(str, table))
        raise CheckFailed(
            f"For the table {shown} your circuit gives {1 - table[r]} for the bits {' '.join(map(str, rows[r]))}, "
            f"expected {table[r]}. {len(wrong)} of {len(rows)} rows are wrong."
        )
    return found


def random_table(rng, inputs, ones):
    """A table with this many ones, not the same when the order of its bits is reversed."""
    while True:
        table = rng.permutation(np.arange(2**inputs) < ones).astype(int)
        if (table != table.reshape((2,) * inputs).transpose().ravel()).any():
            return table


@check("Running a single gate", points=1)
def single_gate(student, rng):
    runs(student, 3, [(2, 0, 1)], all_rows(3))
    runs(student, 3, [(1, 2)], all_rows(3))
    return runs(student, 2, [(1,)], all_rows(2))


@check("Running several gates", points=2)
def several_gates(student, rng):
    runs(student, 4, random_gates(rng, 4, 6), all_rows(4))
    runs(student, 3, random_gates(rng, 3, 3), all_rows(3)[5:6])  # one row
    return runs(student, 5, random_gates(rng, 5, 5), rng.integers(0, 2, (5, 5)))


@check("Tables of two inputs", points=2)
def two_inputs(student, rng):
    for table in product((0, 1), repeat=4):
        if any(table):
            computes(student, table)


@check("Tables of three and four inputs", points=2)
def more_inputs(student, rng):
    computes(student, random_table(rng, 3, 3))
    computes(student, random_table(rng, 4, 7))
    computes(student, random_table(rng, 4, 12))


@check("One input, and tables that never change", points=1)
def extremes(student, rng):
    for table in ([0, 1], [1, 0], [1, 1], [0, 0], [1] * 8, [0] * 8, [0, 0, 0, 0]):
        computes(student, table)


@check("Three layers, and no gate too many", points=2)
def bounds(student, rng):
    for inputs, ones in ((2, 1), (3, 5), (4, 6)):
        found, most = computes(student, random_table(rng, inputs, ones)), inputs + ones + 2
        if found.depth() > 3:
            raise CheckFailed(f"Your circuit for {inputs} inputs has {found.depth()} layers, expected 3 at most.")
        if len(found.gates) > most:
            raise CheckFailed(
                f"Your circuit for {inputs} inputs has {len(found.gates)} gates where {ones} rows are 1, expected "
                f"{most} at most."
            )
