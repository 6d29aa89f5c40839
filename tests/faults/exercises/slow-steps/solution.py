import time

time.sleep(0.15)


def scaled(x, factor):
    time.sleep(0.15)
    return x * factor
