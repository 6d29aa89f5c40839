def new_velocity(v, g, rate, momentum):
    if isinstance(v, list):
        return [new_velocity(p, q, rate, momentum) for p, q in zip(v, g)]
    return momentum * v - rate * g


def plus(w, v):
    return [plus(p, q) for p, q in zip(w, v)] if isinstance(w, list) else w + v


def momentum_update(parameters, velocities, gradients, rate, momentum):
    parameters, velocities, gradients = ([a.tolist() for a in group] for group in (parameters, velocities, gradients))
    velocities = new_velocity(velocities, gradients, rate, momentum)
    return plus(parameters, velocities), velocities


def descent_path(a, b, start, rate, momentum, steps):
    a, b, w = a.tolist(), b.tolist(), start.tolist()
    v, places = [0.0] * len(w), [w]
    for _ in range(steps):
        slope = [sum(p * q for p, q in zip(row, w)) - c for row, c in zip(a, b)]
        v = new_velocity(v, slope, rate, momentum)
        w = plus(w, v)
        places.append(w)
    return places
