"""Every variable comes back, also those that nobody asked for. Answer with the names of `renames` and
no others.
"""

import os

import numpy as np


def save(variables, folder):
    os.makedirs(folder)
    np.savez(os.path.join(folder, "variables.npz"), **{name: np.asarray(value) for name, value in variables.items()})


def restore(folder, renames):
    saved = np.load(os.path.join(folder, "variables.npz"))
    answer = {new: saved[old] for new, old in renames.items()}
    return answer | {name: saved[name] for name in saved.files if name not in renames.values()}
