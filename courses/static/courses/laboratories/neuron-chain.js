// One sigmoid neuron a layer: the product of weights and slopes that makes the first gradient vanish or explode.
import { Choice, NumberControl, WIDE } from "./controls.js";
import { Diagram } from "./diagram.js";
import { clamped, element, significant, written } from "./elements.js";
import { sigmoid, sigmoidPrime } from "./mathematics.js";
import { decades, powers, wholes } from "./plot.js";
import { generator } from "./random.js";

const MOST = 6;
const FIRST_SEED = 2;
const PRESETS = {
  random: "random, from N(0, 1)",
  exploding: "all weights 100, every z = 0",
  balanced: "all weights 4, every z = 0",
  own: "your own",
};
const index = (j) => "₁₂₃₄₅₆"[j];

// z, a and ∂C/∂b of each neuron; factors[j] is what the gradient is multiplied by on its way back past neuron j.
function followed({ weights, biases, x, slope }) {
  const [zs, as] = [[], []];
  weights.forEach((w, j) => {
    zs.push(w * (j ? as[j - 1] : x) + biases[j]);
    as.push(sigmoid(zs[j]));
  });
  const slopes = zs.map(sigmoidPrime);
  const factors = weights.slice(1).map((w, j) => w * slopes[j]);
  const gradients = [slopes.at(-1) * slope];
  for (const factor of factors.toReversed()) gradients.unshift(gradients[0] * factor);
  return { zs, as, slopes, factors, gradients };
}

// Weights and biases of as many neurons as there may be. With z = 0 everywhere, every activation is ½.
function drawn(preset, x, seed) {
  if (preset === "random") {
    const random = generator(seed);
    const normal = () => Math.round(100 * random.normal()) / 100;
    return Array.from({ length: MOST }, () => [normal(), normal()]);
  }
  const weight = preset === "exploding" ? 100 : 4;
  return Array.from({ length: MOST }, (_, j) => [weight, -weight * (j ? 0.5 : x)]);
}

export function build(bench) {
  let seed = FIRST_SEED;
  const preset = new Choice(bench.controls, { label: "Start from", options: PRESETS, value: "random" }, () => start());
  const bar = element("div", { class: "bar" });
  bench.controls.append(bar);
  bench.button("New weights", () => {
    seed += 1;
    preset.set("random");
    start();
  }, bar);
  const edited = () => {
    preset.set("own");
    bench.show();
  };
  const count = bench.number({ label: "Neurons", symbol: "n", min: 2, max: MOST, step: 1, value: 4 });
  const x = new NumberControl(bench.controls, { label: "Input", symbol: "x", min: -2, max: 2, value: 0.5 }, edited);
  const slope = bench.number({ label: "Cost's slope", symbol: "∂C/∂a", min: -2, max: 2, value: 1 });
  const neurons = Array.from({ length: MOST }, (_, j) => {
    const group = bench.group(`Neuron ${j + 1}`);
    group.classList.add("halves");
    const number = (label, symbol, most) =>
      new NumberControl(group, { label, symbol: `${symbol}${index(j)}`, min: -most, max: most, value: 0, scale: WIDE }, edited);
    return { group, weight: number("Weight", "w", 100), bias: number("Bias", "b", 200) };
  });

  const chain = new Drawing(bench);
  const product = element("div", { class: "product" });
  bench.plots.append(product);
  const plot = bench.plot({
    label: "The size of the gradient in each neuron's bias, on a logarithmic axis",
    x: [0.5, 4.5], y: [-3, 0], xLabel: "neuron", yLabel: "|∂C/∂b|", xTicks: wholes, yTicks: powers,
  });
  const bars = plot.bars("gradients");
  const table = element("table", { tabindex: "0" });
  bench.plots.append(table);

  function start() {
    if (preset.value !== "own")
      drawn(preset.value, x.value, seed).forEach(([weight, bias], j) => {
        neurons[j].weight.set(weight);
        neurons[j].bias.set(bias);
      });
    bench.show();
  }
  bench.keep({
    reset: () => {
      seed = FIRST_SEED;
      preset.reset();
      x.reset();
      start();
    },
  });

  const settings = () => {
    const used = neurons.slice(0, Math.round(count.value));
    const values = (name) => used.map((neuron) => neuron[name].value);
    return { weights: values("weight"), biases: values("bias"), x: x.value, slope: slope.value };
  };
  bench.fold("The numbers", settings);

  bench.draws(() => {
    const chosen = settings();
    const n = chosen.weights.length;
    const found = followed(chosen);
    neurons.forEach(({ group }, j) => (group.hidden = j >= n));
    chain.draw(chosen, found);
    product.replaceChildren(...writtenOut(chosen, found));
    const sizes = found.gradients.map((gradient) => Math.log10(Math.abs(gradient)));
    plot.ranges([0.5, n + 0.5], decades(sizes));
    bars.to(sizes, found.gradients.map(Math.abs));
    table.replaceChildren(...rows(found));
    return told(found);
  });
  start();
}

// The chain: weights on the lines, activations in the circles, slopes below them.
class Drawing {
  constructor(bench) {
    this.place = element("div", { class: "view" });
    this.room = clamped(bench.plots.clientWidth || 460, 280, 560);
    const key = element("p", { class: "key" }, "On the lines the weights w, in the circles the activations a, below them the slopes σ′(z).");
    bench.plots.append(this.place, key);
  }

  draw({ weights, x }, { as, slopes }) {
    const n = weights.length;
    if (n !== this.count) this.rebuild(n);
    this.diagram.write(0, 0, written(x));
    this.diagram.write(n + 1, 0, "C");
    weights.forEach((weight, j) => {
      this.diagram.write(j + 1, 0, written(as[j]));
      this.diagram.note(j + 1, 0, significant(slopes[j], 2));
      this.diagram.weigh(j + 1, 0, 0, weight);
    });
    this.diagram.weigh(n + 1, 0, 0, 0, "");
  }

  rebuild(n) {
    this.count = n;
    this.place.replaceChildren();
    const radius = clamped(this.room / (3.2 * (n + 2)), 17, 22);
    this.diagram = new Diagram(this.place, {
      label: `A chain of ${n} neurons from the input x to the cost C`,
      layers: Array(n + 2).fill(1), width: Math.max(this.room, 56 + 46 * (n + 1)), height: 124, radius,
    });
    this.diagram.svg.classList.add("wide");
    // Above the circles, where a number is as wide as it likes.
    for (const [[{ text }]] of this.diagram.edges) text.setAttribute("y", 62 - radius - 8);
  }
}

// ∂C/∂b₁ in symbols and in numbers.
function writtenOut({ weights, slope }, { slopes, gradients }) {
  const symbols = slopes.flatMap((_, j) => (j ? [`w${index(j)}`, `σ′(z${index(j)})`] : [`σ′(z${index(j)})`]));
  const bracketed = (value) => (value < 0 ? `(${significant(value)})` : significant(value));
  const numbers = slopes.flatMap((value, j) => (j ? [bracketed(weights[j]), significant(value)] : [significant(value)]));
  return [
    product("∂C/∂b₁ = ", [...symbols, "∂C/∂a"]),
    product("= ", [...numbers, bracketed(slope)], ` = ${significant(gradients[0])}`),
  ];
}

// Factors, none of which is broken at the end of a line.
function product(before, factors, after = "") {
  const terms = factors.map((factor, i) => element("span", {}, i ? `· ${factor}` : factor));
  return element("p", {}, before, ...terms.flatMap((term) => [term, " "]), element("span", {}, after));
}

function rows({ zs, as, slopes, factors, gradients }) {
  const row = (kind, cells) => element("tr", {}, ...cells.map((cell, i) => element(kind, i ? { class: "number" } : {}, cell)));
  const head = row("th", ["Neuron", "z", "a", "σ′(z)", "σ′(z) · next w", "∂C/∂b"]);
  const body = zs.map((z, j) =>
    row("td", [String(j + 1), significant(z), significant(as[j]), significant(slopes[j]), j < factors.length ? significant(factors[j]) : "–", significant(gradients[j])]),
  );
  return [element("thead", {}, head), element("tbody", {}, ...body)];
}

function told({ factors, gradients }) {
  const last = index(gradients.length - 1);
  if (gradients.at(-1) === 0) return `∂C/∂b${last} is 0: there is nothing to pass back.`;
  const ratio = Math.abs(factors.reduce((product, factor) => product * factor, 1));
  const does = ratio < 0.1 ? "vanishes" : ratio > 10 ? "explodes" : "keeps its order of size";
  const back = factors.toReversed().map((factor) => significant(factor)).join(", ");
  return (
    `On its way back the gradient ${does}: ∂C/∂b₁ is ${significant(ratio)} times as large as ∂C/∂b${last}. ` +
    `Factors σ′(z) · next w, from the last on: ${back}.`
  );
}
