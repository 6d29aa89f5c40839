// One neuron, σ(wx + b): its weight widens or sharpens the curve, its bias moves it; a very large weight makes a step.
import { WIDE } from "./controls.js";
import { Diagram } from "./diagram.js";
import { significant, written } from "./elements.js";
import { sigmoid } from "./mathematics.js";
import { evenly } from "./plot.js";
import { failing } from "./universality.js";

const VIEWS = { narrow: [0, 1], wide: [-5, 5] };
const STEP_TO_THE_EYE = 0.02;

export function build(bench) {
  const neuron = new Diagram(bench.controls, { label: "Input x, one neuron, its output a", layers: [1, 1, 1], width: 300, height: 110 });
  neuron.write(0, 0, "x");
  neuron.write(1, 0, "σ");
  neuron.write(2, 0, "a");
  const w = bench.number({ label: "Weight", symbol: "w", min: -20, max: 1000, value: 12, scale: WIDE });
  const b = bench.number({ label: "Bias", symbol: "b", min: -5000, max: 5000, value: -6, scale: WIDE });
  const view = bench.choice({ label: "Inputs", options: { narrow: "from 0 to 1", wide: "from −5 to 5" }, value: "narrow" });

  const plot = bench.plot({ label: "The neuron's output over its input, with a handle where it is ½", y: [-0.1, 1.1], yLabel: "output a" });
  const rise = plot.stretches("first");
  const half = plot.guide("y");
  const place = plot.guide("x");
  const curve = plot.curve("output");
  plot.legend({ first: "output σ(wx + b)" }, { first: "between 1 % and 99 %" });
  const handle = plot.handle({ label: "Place of ½, moved by the bias", axis: "x" }, (x) => {
    b.set(Number((-w.value * x).toFixed(3)));
    bench.show();
  });

  bench.draws(() => {
    const range = VIEWS[view.value];
    if (plot.x !== range) plot.ranges(range, plot.y);
    const s = w.value ? -b.value / w.value : NaN;
    const width = 2 * failing(w.value);
    const xs = closerTo(s, width, range);
    curve.through(xs, xs.map((x) => sigmoid(w.value * x + b.value)));
    rise.to(w.value ? [[s - width / 2, s + width / 2]] : []);
    half.to(0.5);
    place.to(s);
    const seen = s >= range[0] && s <= range[1];
    handle.knob.toggleAttribute("hidden", !seen);
    if (seen) handle.to(s, 0.5);
    neuron.weigh(1, 0, 0, w.value, `w = ${written(w.value)}`);
    neuron.note(1, 0, `b = ${written(b.value)}`);
    return w.value ? told(w.value, s, width) : `The weight is 0, so the input does not count: the output is σ(b) = ${written(sigmoid(b.value), 3)} everywhere.`;
  });
}

// Even inputs, and more of them where the curve rises.
function closerTo(s, width, [low, high]) {
  const near = Number.isFinite(s) ? evenly(s - width, s + width, 101).filter((x) => x > low && x < high) : [];
  return [...evenly(low, high, 301), ...near].sort((x, y) => x - y);
}

function told(w, s, width) {
  const sharp = width < STEP_TO_THE_EYE ? ": to the eye, a step" : width > 1 ? ", wider than all inputs from 0 to 1" : "";
  const outside = s < 0 || s > 1 ? ", outside of 0 to 1" : "";
  const ends = w > 0 ? "rises from 1 % to 99 %" : "falls from 99 % to 1 %";
  return `The output is ½ at x = −b/w = ${written(s, 3)}${outside}. Around there it ${ends} over a width of about 9.2/${w < 0 ? "|w|" : "w"}, here ${significant(width)}${sharp}.`;
}
