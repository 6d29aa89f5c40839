"""Half planes of polygons, and networks of them: exactly, against mlcore's towers, and by what they decide."""

import numpy as np

from grader.checks import check, checked_array, checked_parts, compare_values, unchanged
from grader.errors import CheckFailed
from mlcore.networks import Network
from mlcore.universality import circular_tower

PARTS = ("w1", "b1", "w2", "b2")


def polygon(rng, k):
    """Corners on an ellipse off the origin, counterclockwise, none too close to the next."""
    angles = rng.uniform(0, 2 * np.pi) + 2 * np.pi * (np.arange(k) + rng.uniform(-0.3, 0.3, k)) / k
    axes, center = rng.uniform(1, 2, 2), rng.uniform(1, 3, 2)
    return center + axes * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def planes_of(corners):
    """The right normals and offsets, edge by edge."""
    normals = []
    for p, q in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        x, y = (q - p) / np.hypot(*(q - p))
        normals.append((y, -x))
    return np.array(normals), np.einsum("ij,ij->i", normals, corners)


def edges(student, corners):
    normals, offsets = planes_of(corners)
    evidence = compare_values(student.half_planes(corners), {"normals": normals, "offsets": offsets})
    unchanged(student, "Make arrays of your own.")
    return evidence


def region(student, normals, offsets, steepness, height, right):
    """The student's network, held against the right weights and biases."""
    reply = student.region_network(normals, offsets, steepness, height)
    evidence = compare_values(reply, dict(zip(PARTS, right, strict=True)))
    unchanged(student, "Make arrays of your own.")
    return evidence


@check("The edges of a polygon", points=3)
def polygons(student, rng):
    edges(student, polygon(rng, 3))
    edges(student, polygon(rng, 7))
    return edges(student, polygon(rng, 4))


@check("A network of half planes", points=3)
def networks(student, rng):
    for k, n in ((5, 2), (2, 2), (4, 3), (1, 2)):
        normals = rng.normal(size=(k, n))
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        offsets, steepness, height = rng.uniform(0.5, 2, k), rng.uniform(50, 500), rng.uniform(8, 20)
        right = -steepness * normals, steepness * offsets, np.full((1, k), height), [-(k - 0.5) * height]
        evidence = region(student, normals, offsets, steepness, height, right)
    return evidence


@check("A polygon that is nearly a disk", points=1)
def disk(student, rng):
    directions, radius, center = 32, rng.uniform(0.2, 0.4), tuple(rng.uniform(0.4, 0.6, 2))
    tower = circular_tower(center, radius, directions, height=12.0, weight=300.0)
    angles = 2 * np.pi * np.arange(directions) / directions
    normals = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    right = tower.weights[0], tower.biases[0], tower.weights[1], tower.biases[1]
    return region(student, normals, normals @ center + radius, 300.0, 12.0, right)


@check("Inside and outside", points=3)
def decides(student, rng):
    for k in (3, 6):
        corners = polygon(rng, k)
        normals, offsets = planes_of(corners)
        given = checked_parts(student.half_planes(corners), "half_planes", ("normals", "offsets"))
        given = checked_array(given[0], (k, 2), "normals", np.inf), checked_array(given[1], (k,), "offsets", np.inf)
        # Half planes as they came; steep enough that 0.05 off an edge is quite in or quite out.
        parts = checked_parts(student.region_network(*given, 400.0, 12.0), "region_network", PARTS)
        shapes = (k, 2), (k,), (1, k), (1,)
        w1, b1, w2, b2 = (
            checked_array(part, shape, name, 1e6) for part, shape, name in zip(parts, shapes, PARTS, strict=True)
        )
        points = rng.uniform(corners.min(axis=0) - 0.5, corners.max(axis=0) + 0.5, (400, 2))
        beyond = (points @ normals.T - offsets).max(axis=1)
        _, (_, hidden, output) = Network([w1, w2], [b1, b2]).forward(points)
        for inside, where, wanted in ((True, "inside", "above 0.9"), (False, "outside", "below 0.1")):
            wrong = (beyond < -0.05) & (output[:, 0] < 0.9) if inside else (beyond > 0.05) & (output[:, 0] > 0.1)
            if wrong.any():
                i = int(np.argmax(wrong))
                x, y = points[i]
                raise CheckFailed(
                    f"At ({x:.2f}, {y:.2f}), {where} of a polygon with {k} corners, the output is {output[i, 0]:.3f}, "
                    f"expected {wanted}. {int((hidden[i] > 0.5).sum())} of {k} hidden neurons are on there."
                )
