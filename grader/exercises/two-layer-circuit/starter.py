import numpy as np


def run_circuit(inputs, gates, bits):
    """Return what a circuit of NAND gates gives for each row of bits."""
    raise NotImplementedError("run the gates here")


def two_layers(table):
    """Return a list of gates that computes this truth table."""
    raise NotImplementedError("build the circuit here")
