// How large the gradient of each hidden layer is at the start, by depth, initialization and activation.
import { element, significant } from "./elements.js";
import { gradient, initial, INITIALIZATIONS } from "./network.js";
import { decades, powers, wholes } from "./plot.js";
import { generator } from "./random.js";

const INPUTS = 10;
const OUTPUTS = 10;
const FIRST_SEED = 1;
const OTHERS = 10;

// Ten inputs from 0 to 1, one of each class.
const BATCH = batch(generator(0));

function batch(random) {
  const row = () => Array.from({ length: INPUTS }, () => Math.round(100 * random.uniform()) / 100);
  const x = Array.from({ length: OUTPUTS }, row);
  const y = random.permutation(OUTPUTS).map((label) => Array.from({ length: OUTPUTS }, (_, k) => Number(k === label)));
  return { x, y };
}

// ‖∂C/∂b‖ of each hidden layer, of the mean over the batch.
const norms = (network) => gradient(network, BATCH.x, BATCH.y).biases.slice(0, -1).map((layer) => Math.hypot(...layer));

export function build(bench) {
  let seed = FIRST_SEED;
  const layers = bench.number({ label: "Hidden layers", min: 1, max: 8, step: 1, value: 4 });
  const width = bench.number({ label: "Neurons a layer", symbol: "n", min: 2, max: 30, step: 1, value: 10 });
  const weights = bench.choice({ label: "Initial weights", options: INITIALIZATIONS, value: "scaled" });
  const hidden = bench.choice({ label: "Activation", options: { sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU" }, value: "sigmoid" });
  const others = bench.switch({ label: "Ten other draws, as marks", value: false });
  const bar = element("div", { class: "bar" });
  bench.controls.append(bar);
  bench.button("New weights", () => {
    seed += 1;
    bench.show();
  }, bar);
  bench.keep({ reset: () => (seed = FIRST_SEED) });

  const plot = bench.plot({
    label: "The length of the gradient of each hidden layer, on a logarithmic axis",
    x: [0.5, 4.5], y: [-3, 0], xLabel: "hidden layer, the one next to the inputs first", yLabel: "‖∂C/∂b‖",
    xTicks: wholes, yTicks: powers,
  });
  const bars = plot.bars("norms", "first", { row: true });
  const marks = plot.marks("other draws", "second", "dash");
  const legend = plot.legend({}, {}, { "second dash": "the same with other random weights" });

  const network = (draw) =>
    initial([INPUTS, ...Array(Math.round(layers.value)).fill(Math.round(width.value)), OUTPUTS], {
      initialization: weights.value, hidden: hidden.value, random: generator(1000 * seed + draw),
    });
  bench.fold("The numbers", () => ({ ...BATCH, ...network(0), others: more() }));
  const more = () => (others.value ? Array.from({ length: OTHERS }, (_, i) => norms(network(i + 1))) : []);

  bench.draws(() => {
    const found = norms(network(0));
    const compared = more();
    const sizes = found.map(Math.log10);
    const marked = compared.flatMap((draw) => draw.map((norm, layer) => [layer + 1, Math.log10(norm)])).filter(([, size]) => Number.isFinite(size));
    plot.ranges([0.5, found.length + 0.5], decades([...sizes, ...marked.map(([, size]) => size)]));
    bars.to(sizes, found);
    marks.at(marked.map(([layer]) => layer), marked.map(([, size]) => size));
    legend.hidden = !others.value;
    return told(found);
  });
}

function told(found) {
  const [first, last] = [found[0], found.at(-1)];
  const one = `The gradient of hidden layer 1 has the length ${significant(first)}`;
  if (found.length === 1) return `${one}. Add a layer to compare.`;
  if (found.includes(0)) return `${one}, that of layer ${found.length} ${significant(last)}: where it is 0, no neuron of a layer passes anything back.`;
  const ratio = first / last;
  const times = ratio < 1 ? `${significant(1 / ratio, 2)} times more slowly` : `${significant(ratio, 2)} times faster`;
  const factors = found.slice(1).map((norm, i) => significant(found[i] / norm, 2)).reverse();
  return (
    `${one}, that of layer ${found.length} ${significant(last)}: layer 1 learns ${times}. ` +
    `From each layer to the one before it, from the last on, the gradient is multiplied by ${factors.join(", ")}.`
  );
}
