// A neuron with a large weight is a step, and one number says where: s = −b/w, the other way around b = −ws.
import { WIDE } from "./controls.js";
import { Diagram } from "./diagram.js";
import { written } from "./elements.js";
import { sigmoid, STEEP } from "./mathematics.js";
import { evenly } from "./plot.js";

const SLOPE = 100; // A smaller weight than this is seen to be no step.

export function build(bench) {
  const neuron = new Diagram(bench.controls, { label: "Input x, one neuron, its output a", layers: [1, 1, 1], width: 300, height: 110 });
  neuron.write(0, 0, "x");
  neuron.write(2, 0, "a");
  const way = bench.choice({
    label: "You say",
    options: { position: "where it steps, s", parameters: "weight w and bias b" },
    value: "position",
  });
  const s = bench.number({ label: "Step at", symbol: "s", min: 0, max: 1, value: 0.4 });
  const w = bench.number({ label: "Weight", symbol: "w", min: -1000, max: 1000, value: STEEP, scale: WIDE });
  const b = bench.number({ label: "Bias", symbol: "b", min: -5000, max: 5000, value: -STEEP * 0.4, scale: WIDE });

  const plot = bench.plot({ label: "The neuron's output over its input, with a handle on the step", y: [-0.1, 1.1], yLabel: "output a" });
  const place = plot.guide("x");
  const curve = plot.curve("output");
  const handle = plot.handle({ label: "Step s", axis: "x" }, (x) => {
    s.set(Number(x.toFixed(3)));
    bench.show();
  });

  bench.draws(() => {
    const position = way.value === "position";
    // Whoever changes the way goes on from the step that stands there.
    if (position) {
      w.set(STEEP);
      b.set(-STEEP * s.value);
    } else if (w.value) s.set(-b.value / w.value);
    s.hidden = !position;
    w.hidden = b.hidden = position;
    const at = w.value ? -b.value / w.value : NaN;
    const xs = closerTo(at, w.value);
    curve.through(xs, xs.map((x) => sigmoid(w.value * x + b.value)));
    place.to(at);
    handle.knob.toggleAttribute("hidden", !position);
    handle.to(s.value, 0.5);
    neuron.weigh(1, 0, 0, w.value, `w = ${written(w.value)}`);
    neuron.write(1, 0, w.value ? written(at) : "");
    neuron.note(1, 0, `b = ${written(b.value)}`);
    return position ? biasOf(s.value, b.value) : positionOf(w.value, b.value);
  });
}

// Even inputs, and more of them where the output changes.
function closerTo(at, w) {
  const near = Number.isFinite(at) ? evenly(at - 10 / Math.abs(w), at + 10 / Math.abs(w), 101).filter((x) => x > 0 && x < 1) : [];
  return [...evenly(0, 1, 301), ...near].sort((x, y) => x - y);
}

const biasOf = (s, b) =>
  `The neuron steps at s = ${written(s, 3)}. With the weight w = ${STEEP} that takes the bias b = −ws = ${written(b, 1)}.`;

function positionOf(w, b) {
  if (!w) return `With the weight 0 there is no step: the output is σ(b) = ${written(sigmoid(b), 3)} everywhere.`;
  const s = -b / w;
  const small = Math.abs(w) < SLOPE ? "a slope rather than a step, as the weight is small" : "";
  const down = w < 0 ? "down, as the weight is negative" : "";
  const along = small ? "" : `, so that the output is ${w * (0.5 - s) > 0 ? 1 : 0} all along`;
  const outside = s < 0 || s > 1 ? `outside of 0 to 1${along}` : "";
  const more = [down, small, outside].filter(Boolean).join("; ");
  return `The neuron steps at s = −b/w = ${written(s, 3)}${more ? `: ${more}` : ""}.`;
}
