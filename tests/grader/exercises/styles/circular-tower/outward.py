import math


def outward(center, radius, directions, weight):
    # On beyond the tangents: what is on takes away.
    w1, b1 = [], []
    for k in range(directions):
        c, s = math.cos(2 * math.pi * k / directions), math.sin(2 * math.pi * k / directions)
        w1.append([weight * c, weight * s])
        b1.append(-weight * (c * float(center[0]) + s * float(center[1]) + radius))
    return w1, b1


def circular_tower(center, radius, directions, height, weight):
    w1, b1 = outward(center, radius, directions, weight)
    return w1, b1, [[-height] * directions], [height / 2]


def hills(centers, radius, heights, directions, weight):
    w1, b1, w2 = [], [], []
    for center, height in zip(centers, heights):
        w, b = outward(center, radius, directions, weight)
        w1 += w
        b1 += b
        w2 += [-2 * float(height) / directions] * directions
    return w1, b1, [w2], [float(sum(heights))]
