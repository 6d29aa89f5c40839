// A neuron s(wx + b) with other activations than the sigmoid: which become steps when the weight grows, between which limits.
import { WIDE } from "./controls.js";
import { Diagram } from "./diagram.js";
import { element, written } from "./elements.js";
import { sigmoid } from "./mathematics.js";
import { evenly } from "./plot.js";
import { limits, makesSteps } from "./universality.js";

const INPUTS = [-5, 5];
// y : the axis; null where it follows an activation that grows without end.
const ACTIVATIONS = {
  sigmoid: { words: "sigmoid", formula: "1 / (1 + e⁻ᶻ)", s: sigmoid, y: [-0.2, 1.2] },
  tanh: { words: "tanh", formula: "tanh z", s: Math.tanh, y: [-1.4, 1.4] },
  arctan: { words: "arctan", formula: "arctan z", s: Math.atan, y: [-2, 2] },
  wavy: {
    words: "a wavy one", formula: "½ + tanh z + ½ sin(4z) · exp(−z²/9)", y: [-1.2, 2.2],
    s: (z) => 0.5 + Math.tanh(z) + 0.5 * Math.sin(4 * z) * Math.exp((-z * z) / 9),
  },
  hill: { words: "a hill", formula: "exp(−z²)", s: (z) => Math.exp(-z * z), y: [-0.2, 1.2] },
  relu: { words: "ReLU", formula: "max(0, z)", s: (z) => Math.max(0, z), y: null },
  leaky: { words: "leaky ReLU", formula: "z where z > 0, else 0.1z", s: (z) => (z > 0 ? z : 0.1 * z), y: null },
  softplus: {
    words: "softplus", formula: "ln(1 + eᶻ)", s: (z) => Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z))), y: null,
  },
  identity: { words: "identity, a linear neuron", formula: "z", s: (z) => z, y: null },
};

export function build(bench) {
  const neuron = new Diagram(bench.controls, { label: "Input x, one neuron, its output a", layers: [1, 1, 1], width: 300, height: 110 });
  neuron.write(0, 0, "x");
  neuron.write(1, 0, "s");
  neuron.write(2, 0, "a");
  const options = Object.fromEntries(Object.entries(ACTIVATIONS).map(([key, { words }]) => [key, words]));
  const choice = bench.choice({ label: "Activation s(z)", options, value: "tanh" });
  const formula = element("p", { class: "faint" });
  bench.controls.append(formula);
  const w = bench.number({ label: "Weight", symbol: "w", min: 0.1, max: 1000, value: 1, scale: WIDE });
  const b = bench.number({ label: "Bias", symbol: "b", min: -5000, max: 5000, value: 0, scale: WIDE });

  const plot = bench.plot({
    label: "The neuron's output over its input, with a handle where wx + b is 0",
    x: INPUTS, y: [-1.4, 1.4], yLabel: "output a", left: 68,
  });
  const ends = [plot.guide("y"), plot.guide("y")];
  const place = plot.guide("x");
  const curve = plot.curve("output");
  const handle = plot.handle({ label: "Place of wx + b = 0, moved by the bias", axis: "x", step: 0.1 }, (x) => {
    b.set(Number((-w.value * x).toFixed(3)));
    bench.show();
  });

  bench.draws(() => {
    const activation = ACTIVATIONS[choice.value];
    const at = -b.value / w.value;
    const xs = closerTo(at, w.value);
    const ys = xs.map((x) => activation.s(w.value * x + b.value));
    plot.ranges(INPUTS, activation.y ?? around(ys));
    curve.through(xs, ys);
    const found = limits(activation.s);
    found.forEach((limit, i) => ends[i].to(limit ?? undefined));
    place.to(at);
    const seen = at >= INPUTS[0] && at <= INPUTS[1];
    handle.knob.toggleAttribute("hidden", !seen);
    if (seen) handle.to(at, activation.s(0));
    neuron.weigh(1, 0, 0, w.value, `w = ${written(w.value)}`);
    neuron.note(1, 0, `b = ${written(b.value)}`);
    formula.textContent = `s(z) = ${activation.formula}`;
    return told(found, at, w.value);
  });
}

// Even inputs, and more of them around wx + b = 0, where the most happens.
function closerTo(at, w) {
  const near = evenly(at - 12 / w, at + 12 / w, 241).filter((x) => x > INPUTS[0] && x < INPUTS[1]);
  return [...evenly(...INPUTS, 401), ...near].sort((x, y) => x - y);
}

function around(ys) {
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const room = 0.1 * Math.max(high - low, 1e-3);
  return [low - room, high + room];
}

function told([low, high], at, w) {
  if (makesSteps([low, high])) {
    return `It makes steps: s(z) goes to ${written(low)} far left and to ${written(high)} far right, two different limits. The step is at x = −b/w = ${written(at, 3)}${w < 20 ? ", and sharper with a larger weight" : ""}.`;
  }
  if (low !== null && high !== null) {
    return `It makes no steps: s(z) goes to ${written(low)} on both sides, and a step needs two different limits. A larger weight leaves a spike at x = −b/w = ${written(at, 3)}.`;
  }
  const side = low === null && high === null ? "on either side" : high === null ? "far right" : "far left";
  return `It makes no steps: s(z) has no limit ${side}. A larger weight makes it steeper, and the bend or line is never a step: compare the numbers on the axis.`;
}
