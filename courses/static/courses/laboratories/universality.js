// Functions computed by networks built by hand, of steps and bumps. mlcore.universality has the same in Python.
import { sigmoid, sigmoidInverse, STEEP } from "./mathematics.js";
import { evenly } from "./plot.js";

// The chapter's goal on [0, 1], and what the weighted sum has to be so that the output is the goal: σ⁻¹∘f.
export const goal = (x) => 0.2 + 0.4 * x ** 2 + 0.3 * x * Math.sin(15 * x) + 0.05 * Math.cos(50 * x);
export const beforeSigmoid = (x) => sigmoidInverse(goal(x));

// From here on a sigmoid is 0 or 1 to more digits than are ever shown.
const FAR = 40;

// Steps are pairs: where a hidden neuron steps, and its output weight, by which the sum rises there.
export function weightedSum(steps, xs, weight = STEEP) {
  const sum = new Float64Array(xs.length);
  for (const [at, rise] of steps) {
    for (let i = 0; i < xs.length; i++) {
      const z = weight * (xs[i] - at);
      if (z > FAR) sum[i] += rise;
      else if (z > -FAR) sum[i] += rise * sigmoid(z);
    }
  }
  return sum;
}

// Bumps side by side, each as wide as one of n windows, the first from `start` on. Where two meet, one step does for both.
export function lookupTable(heights, n = heights.length, start = 0) {
  const rises = [...heights.map((h, k) => h - (k ? heights[k - 1] : 0)), -heights.at(-1)];
  return rises.map((rise, k) => [start + k / n, rise]);
}

export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const middle = (values) => values[values.length >> 1];

// Tables of n bumps, each for f/tables and shifted by its share of a window: the steps of each table.
// `height` makes a bump's height of f's values on a grid of its window, as far as that lies in [0, 1].
export function overlappingTables(f, n, tables, height = median) {
  return Array.from({ length: tables }, (_, table) => {
    const start = -table / (tables * n);
    const heights = Array.from({ length: n + (table > 0) }, (_, k) => {
      const inside = evenly(Math.max(start + k / n, 0), Math.min(start + (k + 1) / n, 1), 101);
      return height(inside.map(f)) / tables;
    });
    return lookupTable(heights, n, start);
  });
}

export const meanDistance = (g, f) => g.reduce((sum, value, i) => sum + Math.abs(value - f[i]), 0) / g.length;

// Where a sigmoid of large weight is neither 0 nor 1, to one percent: this far to each side of its step.
export const failing = (weight) => Math.log(99) / Math.abs(weight);

// The limits of s(z) at −∞ and +∞, null where there is none, tried far out over three decades.
export function limits(s) {
  return [-1, 1].map((side) => {
    const values = [1e4, 1e5, 1e6].map((z) => s(side * z));
    const moves = Math.max(...values) - Math.min(...values);
    return values.every(Number.isFinite) && moves <= 1e-3 ? values[2] : null;
  });
}

// Steps can be made of an activation where both limits exist and differ.
export const makesSteps = ([low, high]) => low !== null && high !== null && Math.abs(high - low) > 1e-3;
