// Two hidden neurons step at s₁ and s₂; their outputs are added with weights. Equal and opposite ones make a bump.
import { Diagram } from "./diagram.js";
import { written } from "./elements.js";
import { step } from "./mathematics.js";
import { evenly } from "./plot.js";

const XS = evenly(0, 1, 501);
const HIGHEST = 2;

export function build(bench) {
  const network = new Diagram(bench.controls, { label: "Input x, two hidden neurons, their weighted sum", layers: [1, 2, 1] });
  network.write(0, 0, "x");
  network.write(2, 0, "Σ");
  const mode = bench.choice({
    label: "Output weights",
    options: { free: "two weights", bump: "one height h, and −h" },
    value: "free",
  });
  const s1 = bench.number({ label: "First step at", symbol: "s₁", min: 0, max: 1, value: 0.4 });
  const s2 = bench.number({ label: "Second step at", symbol: "s₂", min: 0, max: 1, value: 0.6 });
  const w1 = bench.number({ label: "First weight", symbol: "w₁", min: -HIGHEST, max: HIGHEST, value: 0.6 });
  const w2 = bench.number({ label: "Second weight", symbol: "w₂", min: -HIGHEST, max: HIGHEST, value: 1.2 });
  const h = bench.number({ label: "Height", symbol: "h", min: -HIGHEST, max: HIGHEST, value: 0.8 });

  const plot = bench.plot({
    label: "The weighted sum over the input, with a handle on each step and on the height",
    y: [-2.5, 2.5],
    yLabel: "weighted sum",
  });
  const curve = plot.curve("sum");
  const moves = (control) => (value) => {
    control.set(value);
    bench.show();
  };
  const first = plot.handle({ label: "First step s₁", axis: "x" }, (x) => moves(s1)(x));
  const second = plot.handle({ label: "Second step s₂", axis: "x" }, (x) => moves(s2)(x));
  const height = plot.handle({ label: "Height h", axis: "y" }, (_, y) => moves(h)(s1.value <= s2.value ? y : -y));

  bench.draws(() => {
    const bump = mode.value === "bump";
    w1.hidden = w2.hidden = bump;
    h.hidden = !bump;
    height.knob.toggleAttribute("hidden", !bump);
    const weights = bump ? [h.value, -h.value] : [w1.value, w2.value];
    const sum = XS.map((x) => weights[0] * step(x, s1.value) + weights[1] * step(x, s2.value));
    curve.through(XS, sum);
    const [from, to] = [Math.min(s1.value, s2.value), Math.max(s1.value, s2.value)];
    const between = s1.value <= s2.value ? weights[0] : weights[1];
    first.to(s1.value, s1.value <= s2.value ? weights[0] / 2 : weights[1] + weights[0] / 2);
    second.to(s2.value, s1.value <= s2.value ? weights[0] + weights[1] / 2 : weights[1] / 2);
    height.to((from + to) / 2, between, written(h.value));
    network.write(1, 0, written(s1.value));
    network.write(1, 1, written(s2.value));
    weights.forEach((weight, i) => network.weigh(2, 0, i, weight));
    return told(from, to, between, weights[0] + weights[1]);
  });
}

function told(from, to, between, after) {
  if (from === to) return `Both neurons step at ${written(from)}: the sum is 0 before and ${written(after)} after.`;
  const bump = Math.abs(after) < 1e-9 && between !== 0 ? "A bump: t" : "T";
  return (
    `${bump}he weighted sum is 0 up to ${written(from)}, ${written(between)} from there to ${written(to)}, ` +
    `and ${written(after)} after it.`
  );
}
