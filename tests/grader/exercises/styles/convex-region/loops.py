import math


def half_planes(corners):
    normals, offsets = [], []
    for i in range(len(corners)):
        x1, y1 = corners[i]
        x2, y2 = corners[(i + 1) % len(corners)]
        length = math.hypot(x2 - x1, y2 - y1)
        u = ((y2 - y1) / length, (x1 - x2) / length)
        normals.append(u)
        offsets.append(u[0] * x2 + u[1] * y2)
    return normals, offsets


def region_network(normals, offsets, steepness, height):
    w1 = [[-steepness * part for part in u] for u in normals]
    b1 = [steepness * c for c in offsets]
    return w1, b1, [[height] * len(b1)], [height / 2 - len(b1) * height]
