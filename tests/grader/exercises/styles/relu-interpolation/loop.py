def relu_network(knots, values):
    w, b, v = [], [], []
    slope = 0.0
    for i in range(len(knots)):
        if i + 1 < len(knots):
            following = (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
        else:
            following = 0.0
        w.append(1.0)
        b.append(-float(knots[i]))
        v.append(float(following - slope))
        slope = following
    return w, b, v, float(values[0])
