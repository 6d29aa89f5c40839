"""Every value comes back as float32. That drops digits of what was float64, and turns whole numbers
into broken ones. Save each value in its own dtype.
"""

import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder)
    values = {name: np.asarray(value, dtype=np.float32) for name, value in variables.items()}
    np.savez(os.path.join(folder, "variables.npz"), **values)


def restore(folder, renames):
    saved = np.load(os.path.join(folder, "variables.npz"))
    return {new: saved[old] for new, old in renames.items()}
