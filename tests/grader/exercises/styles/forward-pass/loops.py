import math


def forward(weights, biases, x):
    answers = []
    for example in x:
        a = list(example)
        for w, b in zip(weights, biases):
            z = [sum(p * q for p, q in zip(row, a)) + bias for row, bias in zip(w, b)]
            a = [1 / (1 + math.exp(-v)) for v in z]
        answers.append(a)
    return answers
