// Towers side by side: a table of n × n values, and how near it comes to a function of two inputs.
import { significant, written } from "./elements.js";
import { sigmoid, step } from "./mathematics.js";
import { Surface } from "./surface.js";
import { evenly } from "./plot.js";

const GOALS = {
  hill: { words: "a hill", f: (x, y) => Math.exp(-10 * ((x - 0.6) ** 2 + (y - 0.4) ** 2)) },
  saddle: { words: "a saddle", f: (x, y) => 0.5 + 2 * (x - 0.5) * (y - 0.5) },
  waves: { words: "waves", f: (x, y) => 0.5 + 0.3 * Math.sin(6 * x + 2 * y) * Math.cos(5 * y) },
};
// The weighted sum is held against the goal on so many points along each side.
const GRID = 41;

// The weighted sum of n × n towers, each with f's value in the middle of its box; they share their n + 1 steps an input.
// The same as mlcore.universality.table_of_towers.
function towers(f, n, height) {
  const borders = evenly(0, 1, n + 1);
  const middles = Array.from({ length: n }, (_, k) => (k + 0.5) / n);
  const values = middles.map((x) => middles.map((y) => f(x, y)));
  return (x, y) => {
    const [inX, inY] = [x, y].map((input) => borders.map((border) => step(input, border)));
    let sum = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        sum += values[i][j] * sigmoid(height * (inX[i] - inX[i + 1] + inY[j] - inY[j + 1] - 1.5));
    return sum;
  };
}

export function build(bench) {
  const chosen = bench.choice({
    label: "Goal",
    options: Object.fromEntries(Object.entries(GOALS).map(([key, { words }]) => [key, words])),
    value: "hill",
  });
  const side = bench.number({ label: "Towers along a side", symbol: "n", min: 1, max: 12, step: 1, value: 4 });
  const height = bench.number({ label: "Height before the threshold", symbol: "h", min: 1, max: 40, step: 0.5, value: 20 });
  const [left, right] = bench.pair();
  const goal = new Surface(left, { label: "The goal", cells: 24 });
  const built = new Surface(right, { label: "What the towers add up to", cells: 37 }); // prime, so that no corner lies on a step
  const grid = evenly(0, 1, GRID);

  const found = () => {
    const { f } = GOALS[chosen.value];
    const n = Math.round(side.value);
    const g = towers(f, n, height.value);
    const distances = grid.flatMap((x) => grid.map((y) => Math.abs(g(x, y) - f(x, y))));
    return { f, g, n, deviation: distances.reduce((sum, distance) => sum + distance, 0) / distances.length };
  };
  bench.fold("The numbers", () => {
    const { g } = found();
    const at = [0.07, 0.31, 0.52, 0.77, 0.93];
    return { at, values: at.map((y) => at.map((x) => g(x, y))) };
  });

  bench.draws(() => {
    const { f, g, n, deviation } = found();
    goal.shows(f, [0, 1]);
    built.shows(g, [0, 1]);
    return `${n * n} towers of ${2 * (n + 1)} steps: the weighted sum is ${significant(deviation)} away from the goal on average.` +
      (height.value < 8 ? ` At h = ${written(height.value)} the threshold leaks: towers are too low and plateaus are left between them.` : "");
  });
}
