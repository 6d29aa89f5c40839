def glue(first, second):
    weights, biases = [], []
    for layer, (a, b) in enumerate(zip(first[0], second[0])):
        above, below = [list(row) for row in a], [list(row) for row in b]
        if layer:
            above = [row + [0.0] * len(below[0]) for row in above]
            below = [[0.0] * (len(above[0]) - len(row)) + row for row in below]
        weights.append(above + below)
        biases.append(list(first[1][layer]) + list(second[1][layer]))
    return tuple(weights), tuple(biases)
