import math


def cost(w, b, x, y):
    total = 0.0
    for row, wanted in zip(x, y):
        for neuron, bias, target in zip(w, b, wanted):
            z = sum(p * q for p, q in zip(neuron, row)) + bias
            total += (1 / (1 + math.exp(-z)) - target) ** 2
    return total / (2 * len(x))


def central_differences(w, b, x, y, h):
    w, b, x, y = w.tolist(), b.tolist(), x.tolist(), y.tolist()

    def slope(values, i):
        kept = values[i]
        values[i] = kept + h
        up = cost(w, b, x, y)
        values[i] = kept - h
        down = cost(w, b, x, y)
        values[i] = kept
        return (up - down) / (2 * h)

    dw = [[slope(row, i) for i in range(len(row))] for row in w]
    return dw, [slope(b, i) for i in range(len(b))]


def relative_error(g, e):
    distance = math.sqrt(((g - e) ** 2).sum())
    length = math.sqrt((e**2).sum())
    return distance / length if length else distance


def wrong_ones(gradients, measured, gate):
    wrong = []
    for i in range(len(gradients)):
        error = relative_error(gradients[i], measured)
        if math.isnan(error) or error > gate:
            wrong.append(i)
    return tuple(wrong)
