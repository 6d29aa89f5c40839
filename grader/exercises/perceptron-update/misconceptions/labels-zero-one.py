"""Your answers are 0 and 1 while the labels are −1 and +1, so that an example of −1 is never right and is
corrected in every epoch. Compare the sign of w·x + b with the label, or look at the margin y(w·x + b).
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            answer = 1 if w @ x[i] + b > 0 else 0
            if answer != y[i]:
                w = w + (y[i] - answer) * x[i]
                b = b + (y[i] - answer)
                count += 1
        mistakes.append(count)
    return w, b, mistakes
