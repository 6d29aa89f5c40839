"""Plots as data for the SVG templates: where each mark stands and how it is colored."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.results import Gradient, Layer, Report

LARGEST_CELL, SMALLEST_CELL, MAP_WIDTH = 28, 5, 240
WIDTH, HEIGHT = 320, 180
LEFT, BOTTOM, TOP = 56, 28, 12
MOST_TICKS = 8


@dataclass(frozen=True)
class Cell:
    """A cell of a heat map."""

    x: int
    y: int
    color: str


@dataclass(frozen=True)
class CheckPlots:
    """What is drawn of one check: the layers' norms, and a heat map for each gradient that differs."""

    check: str
    layers: tuple[Layer, ...]
    layer_plot: dict[str, object] | None
    heat_maps: list[tuple[Gradient, dict[str, object]]]


def plots_of(report: Report) -> list[CheckPlots]:
    """One a check that has something to draw: those that a finding speaks of first, then those that failed."""
    spoken_of = {finding.check for finding in report.findings}
    passed = {check.name: check.passed for check in report.checks}
    names = dict.fromkeys([layer.check for layer in report.layers] + [g.check for g in report.gradients])
    plots = []
    for name in sorted(names, key=lambda name: (name not in spoken_of, passed.get(name, False))):
        layers = tuple(layer for layer in report.layers if layer.check == name)
        wrong = [g for g in report.gradients if g.check == name and g.heat_map and not g.passed]
        if layers or wrong:
            drawn = layer_plot(layers) if layers else None
            plots.append(CheckPlots(name, layers, drawn, [(g, heat_map_plot(g)) for g in wrong]))
    return plots


def diverging(value: float | None) -> str:
    """Blue for −1, white for 0, orange for +1; gray where there is no number."""
    if value is None:
        return "#808080"
    end = (0, 114, 178) if value < 0 else (230, 159, 0)
    share = min(abs(value), 1.0)
    return "#" + "".join(f"{round(255 + (channel - 255) * share):02x}" for channel in end)


def heat_map_plot(gradient: Gradient) -> dict[str, object]:
    """A heat map's cells, colored around zero, its size in pixels, and where the worst element lies."""
    assert gradient.heat_map is not None
    rows = gradient.heat_map.values
    size = max(SMALLEST_CELL, min(LARGEST_CELL, MAP_WIDTH // max(len(rows), len(rows[0]))))
    largest = max((abs(v) for row in rows for v in row if v is not None), default=0.0) or 1.0
    cells = [
        Cell(x * size, y * size, diverging(None if v is None else v / largest))
        for y, row in enumerate(rows)
        for x, v in enumerate(row)
    ]
    worst = None
    if gradient.worst is not None and gradient.worst.index:
        *row, column = gradient.worst.index
        height, width = gradient.heat_map.block
        worst = Cell(column // width * size, (row[0] if row else 0) // height * size, "none")
    return {
        "cells": cells,
        "cell": size,
        "width": size * len(rows[0]),
        "height": size * len(rows),
        "worst": worst if len(gradient.shape) <= 2 else None,
    }


def layer_plot(layers: Sequence[Layer]) -> dict[str, object]:
    """‖δ‖ by layer on a log axis: a bar for the student's norm, a line for the right one."""
    norms = [n for layer in layers for n in (layer.norm, layer.expected_norm) if n]
    low = math.floor(math.log10(min(norms))) if norms else -1
    high = max(math.ceil(math.log10(max(norms))) if norms else 0, low + 1)

    def height_at(exponent: float) -> float:
        return round((exponent - low) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    def height(norm: float | None) -> float:
        return height_at(math.log10(norm)) if norm else 0.0

    step = (WIDTH - LEFT) / max(len(layers), 1)
    bars = [
        {
            "layer": layer,
            "x": round(LEFT + step * (i + 0.2), 1),
            "middle": round(LEFT + step * (i + 0.5), 1),
            "width": round(step * 0.6, 1),
            "y": HEIGHT - BOTTOM - height(layer.norm),
            "height": height(layer.norm),
            "reference": HEIGHT - BOTTOM - height(layer.expected_norm),
            "end": round(LEFT + step * (i + 0.8), 1),
            "kind": "wrong" if layer.verdict == "wrong" else "fine",
        }
        for i, layer in enumerate(layers)
    ]
    decades = range(low, high + 1, -(-(high - low) // MOST_TICKS))
    ticks = [{"label": f"1e{p}", "y": HEIGHT - BOTTOM - height_at(p)} for p in decades]
    return {"bars": bars, "ticks": ticks, "width": WIDTH, "height": HEIGHT, "left": LEFT, "labels": HEIGHT - 8}
