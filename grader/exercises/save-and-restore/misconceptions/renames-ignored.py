"""The values come back under the names that they were saved by. `renames` goes from a new name to the
old one: answer with the new names.
"""

import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder)
    np.savez(os.path.join(folder, "variables.npz"), **{name: np.asarray(value) for name, value in variables.items()})


def restore(folder, renames):
    saved = np.load(os.path.join(folder, "variables.npz"))
    return {old: saved[old] for old in renames.values()}
