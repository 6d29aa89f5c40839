import numpy as np


class Ball:
    def __init__(self, place, speed):
        self.place, self.speed = np.array(place, copy=True), np.array(speed, copy=True)

    def roll(self, slope, rate, momentum):
        self.speed *= momentum
        self.speed -= rate * slope
        self.place += self.speed


def momentum_update(parameters, velocities, gradients, rate, momentum):
    balls = [Ball(w, v) for w, v in zip(parameters, velocities)]
    for ball, slope in zip(balls, gradients):
        ball.roll(slope, rate, momentum)
    return tuple(ball.place for ball in balls), tuple(ball.speed for ball in balls)


def descent_path(a, b, start, rate, momentum, steps):
    ball = Ball(start, 0 * start)
    rows = start[None]
    while len(rows) <= steps:
        ball.roll(np.einsum("ij,j->i", a, ball.place) - b, rate, momentum)
        rows = np.vstack([rows, ball.place])
    return rows
