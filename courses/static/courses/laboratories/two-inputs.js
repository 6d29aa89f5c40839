// Neurons of two inputs: a tilted sigmoid, steps, bumps across a plane, two bumps added, and the threshold that leaves a tower.
import { WIDE } from "./controls.js";
import { written } from "./elements.js";
import { sigmoid, step } from "./mathematics.js";
import { Surface } from "./surface.js";

// What is shown: the controls that it has, the range of values at height h, and the function itself.
const SHOWN = {
  neuron: { words: "one neuron, two weights", controls: ["w1", "w2", "b"], range: () => [0, 1] },
  x: { words: "a step in x", controls: ["s1"], range: () => [0, 1] },
  y: { words: "a step in y", controls: ["s3"], range: () => [0, 1] },
  bumpX: { words: "a bump in x", controls: ["s1", "s2", "h"], range: (h) => [Math.min(0, h), Math.max(0, h) || 1] },
  bumpY: { words: "a bump in y", controls: ["s3", "s4", "h"], range: (h) => [Math.min(0, h), Math.max(0, h) || 1] },
  sum: { words: "both bumps added", controls: ["s1", "s2", "s3", "s4", "h"], range: (h) => [Math.min(0, 2 * h), Math.max(0, 2 * h) || 1] },
  tower: { words: "a threshold on the sum", controls: ["s1", "s2", "s3", "s4", "h", "b"], range: () => [0, 1] },
};
const PROBES = [0.1, 0.3, 0.5, 0.7, 0.9];

export function build(bench) {
  const shown = bench.choice({
    label: "Show",
    options: Object.fromEntries(Object.entries(SHOWN).map(([key, { words }]) => [key, words])),
    value: "neuron",
  });
  const place = (label, symbol, value) => bench.number({ label, symbol, min: 0, max: 1, value });
  const controls = {
    w1: bench.number({ label: "Weight of x", symbol: "w₁", min: -1000, max: 1000, value: 8, scale: WIDE }),
    w2: bench.number({ label: "Weight of y", symbol: "w₂", min: -1000, max: 1000, value: 0, scale: WIDE }),
    s1: place("First step in x", "s₁", 0.3),
    s2: place("Second step in x", "s₂", 0.7),
    s3: place("First step in y", "s₃", 0.3),
    s4: place("Second step in y", "s₄", 0.7),
    h: bench.number({ label: "Height", symbol: "h", min: -10, max: 30, step: 0.1, value: 0.6 }),
    b: bench.number({ label: "Bias", symbol: "b", min: -1000, max: 1000, value: -4, scale: WIDE }),
  };
  const surface = new Surface(bench.plots, { label: "What is computed over the inputs x and y, as a surface" });
  const value = (name) => controls[name].value;
  const bumpX = (x) => value("h") * (step(x, value("s1")) - step(x, value("s2")));
  const bumpY = (y) => value("h") * (step(y, value("s3")) - step(y, value("s4")));
  const functions = {
    neuron: (x, y) => sigmoid(value("w1") * x + value("w2") * y + value("b")),
    x: (x) => step(x, value("s1")),
    y: (_, y) => step(y, value("s3")),
    bumpX: (x) => bumpX(x),
    bumpY: (_, y) => bumpY(y),
    sum: (x, y) => bumpX(x) + bumpY(y),
    tower: (x, y) => sigmoid(bumpX(x) + bumpY(y) + value("b")),
  };
  bench.fold("The numbers", () => ({
    at: PROBES,
    values: PROBES.map((y) => PROBES.map((x) => functions[shown.value](x, y))),
  }));

  bench.draws(() => {
    const mode = SHOWN[shown.value];
    for (const [name, control] of Object.entries(controls)) control.hidden = !mode.controls.includes(name);
    const f = functions[shown.value];
    surface.shows(f, mode.range(value("h")));
    return told(shown.value, f, value);
  });
}

function told(mode, f, value) {
  if (mode === "neuron") {
    return `From ${written(f(0, 0), 3)} in the corner (0, 0) to ${written(f(1, 1), 3)} in (1, 1): the neuron rises where ` +
      `${written(value("w1"))}·x + ${written(value("w2"))}·y grows, and is ½ where that is ${written(-value("b"))}.`;
  }
  if (mode === "x" || mode === "y") return `0 before ${mode} = ${written(value(mode === "x" ? "s1" : "s3"))}, 1 after it, whatever ${mode === "x" ? "y" : "x"} is.`;
  const h = value("h");
  if (mode === "bumpX" || mode === "bumpY") return `A wall of height ${written(h)} across the whole square.`;
  // Inside both bumps, inside one of them, outside.
  const inside = [(value("s1") + value("s2")) / 2, (value("s3") + value("s4")) / 2];
  const levels = [f(...inside), f(inside[0], -1), f(-1, -1)].map((level) => written(level, 4));
  if (mode === "sum") return `${levels[0]} where the bumps cross, ${levels[1]} where there is one of them, ${levels[2]} outside.`;
  const tower = f(...inside) > 0.9 && f(inside[0], -1) < 0.1;
  return `${tower ? "A tower: the" : "The"} output is ${levels[0]} where the bumps cross, ${levels[1]} where there is one of them, ` +
    `${levels[2]} outside. A tower wants a bias halfway between −h and −2h, here ${written(-1.5 * h)}, and a large h.`;
}
