"""The values are told apart by their order and not by their names, so that they come back under each
other's. Save each under its name, and look it up by the old name.
"""

import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder)
    np.savez(os.path.join(folder, "variables.npz"), *[np.asarray(value) for value in variables.values()])


def restore(folder, renames):
    saved = np.load(os.path.join(folder, "variables.npz"))
    return {new: saved[name] for new, name in zip(renames, saved.files)}
