def descend(a, bottom, w, rate, steps):
    n = range(len(w))
    here = [float(v) for v in w]
    path, costs = [], []
    for _ in range(steps + 1):
        away = [here[i] - float(bottom[i]) for i in n]
        slope = [sum(float(a[i, j]) * away[j] for j in n) for i in n]
        path.append(here)
        costs.append(sum(away[i] * slope[i] for i in n) / 2)
        here = [here[i] - rate * slope[i] for i in n]
    return path, costs
