"""The sign is the other one. Scaling by a positive factor keeps signs."""

import time

time.sleep(0.15)


def scaled(x, factor):
    time.sleep(0.15)
    return -x * factor
