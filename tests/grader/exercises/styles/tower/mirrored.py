def tower(starts, ends, height, weight):
    # The second neuron of a pair is on below the end: 2h inside, h outside.
    starts, ends = list(starts), list(ends)
    m = len(starts)
    w1, b1 = [], []
    for i in range(m):
        for sign, place in ((1, starts[i]), (-1, ends[i])):
            row = [0.0] * m
            row[i] = sign * weight
            w1.append(row)
            b1.append(-sign * weight * place)
    return [w1, b1, [[height] * (2 * m)], [-(2 * m - 0.5) * height]]
