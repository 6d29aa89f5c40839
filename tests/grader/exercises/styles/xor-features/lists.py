def features(x):
    return [[p * q, p, q] for p, q in x.tolist()]
