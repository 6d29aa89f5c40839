// A small network learns two classes in the plane while one watches: its regions, and its cost on two sets of examples.
import { LOGARITHMIC } from "./controls.js";
import { clamped, element, significant, written } from "./elements.js";
import { gradient, initial, INITIALIZATIONS, loss, output } from "./network.js";
import { evenly } from "./plot.js";
import { generator } from "./random.js";
import { Runner } from "./runner.js";

const ENDS = [-1.5, 1.5];
const CELLS = 40;
const LEVELS = 8; // Of the output from 0 to 1, in the picture.
const TRAINING = 100;
const VALIDATION = 60;
const KEPT = 400; // Points of the cost's curve; of more, every second one goes.
const LOGGED = 500; // Mini-batches that can be read from the page.
const FIRST_SEED = 1;

// Where an example of a class is drawn.
const SETS = {
  moons: { words: "two moons", draw: (y, random) => onMoon(y, Math.PI * random.uniform()) },
  circles: { words: "circles", draw: (y, random) => turned((y ? 0.4 : 1) * random.uniform(0.85, 1.15), 2 * Math.PI * random.uniform()) },
  xor: { words: "XOR", draw: (y, random) => onBlob(y, random.uniform() < 0.5 ? 1 : -1) },
  spiral: { words: "spiral", draw: (y, random) => onArm(y, random.uniform(0.08, 1)) },
};
const NOISE = { moons: 0.1, circles: 0.08, xor: 0.22, spiral: 0.05 };

const turned = (radius, angle) => [radius * Math.cos(angle), radius * Math.sin(angle)];
const onMoon = (y, angle) => [(y ? 0.45 : -0.45) + 0.8 * Math.cos(angle) * (y ? -1 : 1), (y ? 0.2 : -0.2) + 0.8 * Math.sin(angle) * (y ? -1 : 1)];
const onBlob = (y, side) => [0.65 * side, 0.65 * side * (y ? -1 : 1)];
const onArm = (y, along) => turned(1.2 * along, 3 * Math.PI * along + (y ? Math.PI : 0));

// The same examples each time: count of them, half of each class.
function examples(name, count, seed) {
  const random = generator(seed);
  const y = Array.from({ length: count }, (_, i) => [i % 2]);
  const noisy = (place) => place.map((value) => Number((value + random.normal(0, NOISE[name])).toFixed(3)));
  return { x: y.map(([label]) => noisy(SETS[name].draw(label, random))), y };
}

// Mini-batch descent with momentum, as mlcore.training and mlcore.optimizers.Momentum have it.
class Training {
  constructor({ set, sizes, hidden, initialization, seed }) {
    this.training = examples(set, TRAINING, 1);
    this.validation = examples(set, VALIDATION, 2);
    this.first = initial(sizes, { hidden, initialization, random: generator(seed) });
    this.chance = generator(seed + 1e6);
    this.startOver();
  }

  startOver() {
    const { weights, biases } = this.first;
    this.network = { ...this.first, weights: weights.map((w) => w.map((row) => [...row])), biases: biases.map((b) => [...b]) };
    this.velocity = { weights: weights.map((w) => w.map((row) => row.map(() => 0))), biases: biases.map((b) => b.map(() => 0)) };
    Object.assign(this, { steps: 0, epochs: 0, order: [], at: TRAINING, batches: [], history: [] });
    this.record();
  }

  // One mini-batch; the last of an epoch may be short.
  step({ rate, batch, strength, momentum }) {
    if (this.at >= TRAINING) Object.assign(this, { order: this.chance.permutation(TRAINING), at: 0 });
    const rows = this.order.slice(this.at, this.at + batch);
    this.at += batch;
    this.steps += 1;
    this.epochs = Math.floor(this.epochs + 1e-9) + Math.min(this.at, TRAINING) / TRAINING;
    if (this.batches.length < LOGGED) this.batches.push(rows);
    const { x, y } = this.training;
    const slopes = gradient(this.network, rows.map((row) => x[row]), rows.map((row) => y[row]));
    const move = (values, velocities, nabla, decay) =>
      values.forEach((value, i) => {
        velocities[i] = momentum * velocities[i] - rate * (nabla[i] + decay * value);
        values[i] += velocities[i];
      });
    this.network.weights.forEach((layer, l) => {
      layer.forEach((row, i) => move(row, this.velocity.weights[l][i], slopes.weights[l][i], strength / TRAINING));
      move(this.network.biases[l], this.velocity.biases[l], slopes.biases[l], 0);
    });
  }

  epoch(settings) {
    do this.step(settings); while (this.at < TRAINING);
  }

  // The costs now, without the penalty, and the shares of right answers.
  record() {
    const [cost, costThere] = [this.training, this.validation].map(({ x, y }) => loss(this.network, x, y));
    const right = ({ x, y }) => x.filter((row, i) => output(this.network, row)[0] > 0.5 === (y[i][0] === 1)).length / x.length;
    this.now = { cost, costThere, right: right(this.training), rightThere: right(this.validation) };
    this.history.push([this.epochs, cost, costThere]);
    if (this.history.length > KEPT) this.history = this.history.filter((_, i, all) => i % 2 === 0 || i === all.length - 1);
  }
}

export function build(bench) {
  let seed = FIRST_SEED;
  let training = null;
  const names = Object.fromEntries(Object.entries(SETS).map(([name, { words }]) => [name, words]));
  const set = bench.choice({ label: "Examples", options: names, value: "moons" });
  const bar = element("div", { class: "bar" });
  bench.controls.append(bar);
  const pace = bench.choice({
    label: "While it runs", options: { 0: "a mini-batch at a time", 1: "an epoch at a time", 10: "ten epochs at a time" }, value: "1",
  });
  const net = bench.group("Network");
  const layers = bench.number({ label: "Hidden layers", min: 1, max: 2, step: 1, value: 1 }, net);
  const width = bench.number({ label: "Neurons a layer", symbol: "n", min: 2, max: 8, step: 1, value: 6 }, net);
  const hidden = bench.choice({ label: "Activation", options: { sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU" }, value: "tanh" }, net);
  const weights = bench.choice({ label: "Initial weights", options: INITIALIZATIONS, value: "scaled" }, net);
  const how = bench.group("Training");
  const rate = bench.number({ label: "Learning rate", symbol: "η", min: 0.001, max: 10, value: 0.3, scale: LOGARITHMIC }, how);
  const batch = bench.number({ label: "Mini-batch", min: 1, max: TRAINING, step: 1, value: 10 }, how);
  const strength = bench.number({ label: "L2 regularization", symbol: "λ", min: 0, max: 10, step: 0.1, value: 0 }, how);
  const momentum = bench.number({ label: "Momentum", symbol: "μ", min: 0, max: 0.99, value: 0 }, how);

  const settings = () => ({ rate: rate.value, batch: Math.round(batch.value), strength: strength.value, momentum: momentum.value });
  const chosen = () => ({
    set: set.value,
    sizes: [2, ...Array(Math.round(layers.value)).fill(Math.round(width.value)), 1],
    hidden: hidden.value, initialization: weights.value, seed,
  });

  const [left, right] = bench.pair({ large: true });
  const picture = new Picture(bench, left);
  const costs = new Costs(bench, right);

  // It goes on for as long as one lets it.
  const by = (advance) => () => {
    advance();
    training.record();
    return true;
  };
  const runs = by(() => {
    if (pace.value === "0") training.step(settings());
    for (let i = 0; i < Number(pace.value); i++) training.epoch(settings());
  });
  const runner = new Runner(bench, runs, bar);
  const pressed = (act) => () => {
    runner.pause();
    act();
    bench.show();
  };
  bench.button("Step", pressed(by(() => training.step(settings()))), bar);
  bench.button("Epoch", pressed(by(() => training.epoch(settings()))), bar);
  for (const [text, act] of [["Start over", () => training.startOver()], ["New weights", () => (seed += 1)]])
    bench.button(text, pressed(act), bar).classList.add("quiet");
  bench.keep({ reset: () => { seed = FIRST_SEED; training = null; } });

  bench.fold("The numbers", () => ({
    training: training.training, validation: training.validation, start: training.first,
    now: training.network, steps: training.steps, batches: training.batches,
  }));

  // Other rates act at once; another network, or other examples, begin anew.
  let made = "";
  bench.draws(() => {
    const wanted = JSON.stringify(chosen());
    if (!training || made !== wanted) {
      runner.pause();
      training = new Training(chosen());
      made = wanted;
    }
    picture.draw(training);
    costs.draw(training.history);
    return told(training);
  });
}

// The plane: how the network answers in each cell, and the examples.
class Picture {
  constructor(bench, place) {
    const width = clamped(place.clientWidth || 400, 260, 460);
    this.plot = bench.plot({
      label: "The examples, and how the network answers in each place of the plane",
      x: ENDS, y: ENDS, xLabel: "x₁", yLabel: "x₂", width, height: width - 8,
    }, place);
    this.plot.svg.classList.add("square");
    this.border = this.plot.shape("path", { class: "border" });
    // Halves of the levels answer 0 and 1; what is surer is stronger.
    this.levels = Array.from({ length: LEVELS }, (_, level) =>
      this.plot.shape("path", {
        class: `cells ${level < LEVELS / 2 ? "second" : "first"}`, "data-level": level, "shape-rendering": "crispEdges",
        "fill-opacity": (0.4 * Math.abs(level + 0.5 - LEVELS / 2)) / (LEVELS / 2),
      }),
    );
    this.marks = [
      ["validation", 0, "second pale", "cross"], ["validation", 1, "first pale", "dot"],
      ["training", 0, "second", "cross"], ["training", 1, "first", "dot"],
    ].map(([part, label, kind, shape]) => ({ part, label, marks: this.plot.marks(`${part} ${label}`, kind, shape) }));
    this.plot.legend({}, {}, { "first dot": "class 1", "second cross": "class 0", "first pale dot": "validation: paler" });
  }

  draw(training) {
    for (const { part, label, marks } of this.marks) {
      const { x, y } = training[part];
      const of = x.filter((_, i) => y[i][0] === label);
      marks.at(of.map(([x1]) => x1), of.map(([, x2]) => x2));
    }
    this.drawCells(training.network);
  }

  drawCells(network) {
    const edges = evenly(...ENDS, CELLS + 1);
    const middles = edges.slice(1).map((edge, i) => (edge + edges[i]) / 2);
    const level = (x1, x2) => Math.min(LEVELS - 1, Math.floor(LEVELS * output(network, [x1, x2])[0]));
    const rows = middles.map((x2) => middles.map((x1) => level(x1, x2)));
    const lefts = edges.map((edge) => this.plot.left(edge).toFixed(2));
    const tops = edges.map((edge) => this.plot.top(edge).toFixed(2));
    const paths = Array.from({ length: LEVELS }, () => "");
    const border = [];
    const answers = (cell) => cell >= LEVELS / 2;
    rows.forEach((row, j) => {
      let start = 0;
      row.forEach((cell, i) => {
        if (i && answers(row[i - 1]) !== answers(cell)) border.push(`M${lefts[i]} ${tops[j]}V${tops[j + 1]}`);
        if (j && answers(rows[j - 1][i]) !== answers(cell)) border.push(`M${lefts[i]} ${tops[j]}H${lefts[i + 1]}`);
        if (row[i + 1] === cell) return;
        if (cell in paths) paths[cell] += `M${lefts[start]} ${tops[j]}H${lefts[i + 1]}V${tops[j + 1]}H${lefts[start]}Z`;
        start = i + 1;
      });
    });
    this.levels.forEach((path, i) => path.setAttribute("d", paths[i]));
    this.border.setAttribute("d", border.join(""));
  }
}

class Costs {
  constructor(bench, place) {
    this.plot = bench.plot({ label: "The cost over the epochs", x: [0, 10], y: [0, 1], xLabel: "epoch", yLabel: "cost", height: 260 }, place);
    this.curves = [this.plot.curve("training cost"), this.plot.curve("validation cost", "second dashed")];
    this.plot.legend({ first: "training", "second dashed": "validation" });
  }

  draw(history) {
    const finite = history.filter((costs) => costs.every(Number.isFinite));
    const epochs = finite.map(([epoch]) => epoch);
    this.plot.ranges([0, Math.max(10, ...epochs)], [0, 1.05 * Math.max(0.8, ...finite.flatMap(([, ...costs]) => costs))]);
    this.curves.forEach((curve, i) => curve.through(epochs, finite.map((costs) => costs[i + 1])));
  }
}

const percent = (share) => `${written(100 * share, 0)} %`;
const counted = (count, word) => `${written(count, 1)} ${word}${count === 1 ? "" : "s"}`;

function told(training) {
  const { cost, costThere, right, rightThere } = training.now;
  return (
    `After ${counted(training.epochs, "epoch")}, ${counted(training.steps, "step")}: the cost is ${significant(cost)} on the training examples, ` +
    `${significant(costThere)} on those for validation; ${percent(right)} and ${percent(rightThere)} of the answers are right.`
  );
}
