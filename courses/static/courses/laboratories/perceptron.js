// A perceptron looks for the line between two classes of points; with x₁x₂ as a third feature the line bends.
import { Choice, NumberControl, Switch } from "./controls.js";
import { clamped, drawn, element, written } from "./elements.js";
import { evenly } from "./plot.js";
import { Runner } from "./runner.js";

const ENDS = [-0.5, 1.5];
// A narrow border: the rule takes nine epochs for it.
const SEPARABLE = [
  [-0.03, 0.95, 1], [0.83, -0.18, -1], [0.4, 1.24, 1], [0.29, 0.25, -1], [-0.29, 1.15, 1], [-0.35, 0.32, -1],
  [0.73, 0.9, 1], [1.37, -0.32, -1], [0.88, 0.73, 1], [0.52, 0.07, -1], [0.3, 0.74, 1], [-0.13, 0.7, -1],
];
const EXAMPLES = {
  separable: SEPARABLE,
  almost: [...SEPARABLE, [1.1, 1.05, -1], [0.85, 0.3, 1]],
  xor: [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]],
};
const WORDS = { separable: "separable", almost: "almost separable", xor: "XOR", own: "your own" };
const MOST = 40;
const LONGEST = 1000; // Epochs, after which it is paused.

// Rosenblatt's rule, one example at a time, as mlcore.perceptron.train has it.
class Perceptron {
  constructor(features) {
    this.w = Array(features).fill(0);
    this.b = 0;
    this.recount();
  }

  // Count from the first epoch again, with w and b as they are.
  recount() {
    Object.assign(this, { next: 0, mistakes: [], ends: new Map([[this.state, 0]]), looked: null, again: null });
  }

  value(x) {
    return x.reduce((sum, feature, i) => sum + this.w[i] * feature, 0) + this.b;
  }

  get state() {
    return [...this.w, this.b].map((value) => value.toFixed(9)).join(" ");
  }

  get done() {
    return this.next === 0 && this.mistakes.at(-1) === 0;
  }

  step(xs, ys) {
    if (this.next === 0) this.mistakes.push(0);
    const [x, y] = [xs[this.next], ys[this.next]];
    const margin = y * this.value(x);
    this.looked = { index: this.next, margin, y };
    if (margin <= 0) {
      this.w = this.w.map((w, i) => w + y * x[i]);
      this.b += y;
      this.mistakes[this.mistakes.length - 1] += 1;
    }
    this.next = (this.next + 1) % xs.length;
    if (this.next === 0) this.endOfEpoch();
  }

  // The same w and b as after an earlier epoch: from here on everything comes again.
  endOfEpoch() {
    if (this.mistakes.at(-1) > 0) this.again ??= this.ends.get(this.state) ?? null;
    this.ends.set(this.state, this.mistakes.length);
  }
}

export function build(bench) {
  const set = new Choice(bench.controls, { label: "Examples", options: WORDS, value: "separable" }, () => load());
  const product = new Switch(bench.controls, { label: "Third feature x₁x₂", value: false }, () => forget());
  const bar = element("div", { class: "bar" });
  bench.controls.append(bar);
  const group = bench.group("A point");
  const which = new Choice(group, { label: "Point", options: {}, value: "" }, () => select(Number(which.value)));
  const edited = () => change(() => (points[selected] = [across.value, up.value, Number(label.value)]));
  const number = (name, symbol) => new NumberControl(group, { label: name, symbol, min: ENDS[0], max: ENDS[1], value: 0 }, edited);
  const across = number("Across", "x₁");
  const up = number("Up", "x₂");
  const label = new Choice(group, { label: "Its class", options: { 1: "+1", "-1": "−1" }, value: "1" }, edited);
  const bars = element("div", { class: "bar" });
  group.append(bars);
  const adding = bench.button("Add a point", () => add(...freest(points)), bars);
  const removing = bench.button("Remove it", () => remove(selected), bars);
  for (const button of [adding, removing]) button.classList.add("quiet");

  const plane = new Plane(bench);
  const history = bench.plot({
    label: "Mistakes in each epoch", x: [0, 10], y: [0, 10], xLabel: "epoch", yLabel: "mistakes", height: 190,
  });
  const line = history.curve("mistakes");
  const dots = history.marks("epochs");

  let points = [];
  let selected = 0;
  let perceptron = new Perceptron(2);
  const xs = () => points.map(([x1, x2]) => (product.value ? [x1, x2, x1 * x2] : [x1, x2]));
  const ys = () => points.map(([, , y]) => y);
  const step = () => {
    perceptron.step(xs(), ys());
    const again = perceptron.again !== null && perceptron.next === 0; // After epoch 0 it may be.
    return !perceptron.done && !again && perceptron.mistakes.length < LONGEST;
  };
  const pressed = (act) => () => {
    runner.pause();
    act();
    bench.show();
  };

  bench.button("Step", pressed(step), bar);
  bench.button("Epoch", pressed(() => {
    do step(); while (perceptron.next !== 0);
  }), bar);
  const runner = new Runner(bench, step, bar);
  bench.button("Start over", () => forget(), bar).classList.add("quiet");

  // What changes the examples leaves w and b, so that one sees what they do with the new ones; the epochs count anew.
  function change(act) {
    runner.pause();
    act();
    set.set("own");
    perceptron.recount();
    bench.show();
  }

  function forget() {
    runner.pause();
    perceptron = new Perceptron(product.value ? 3 : 2);
    bench.show();
  }

  function load() {
    if (set.value !== "own") points = EXAMPLES[set.value].map((point) => [...point]);
    selected = 0;
    forget();
  }

  function select(index) {
    if (index === selected) return;
    selected = index;
    bench.show();
  }

  function move(index, x1, x2) {
    selected = index;
    const placed = (value) => clamped(Math.round(value * 100) / 100, ...ENDS);
    change(() => (points[index] = [placed(x1), placed(x2), points[index][2]]));
  }

  function flip(index) {
    selected = index;
    change(() => (points[index][2] *= -1));
  }

  function add(x1, x2) {
    if (points.length === MOST) return;
    selected = points.length;
    change(() => points.push([Math.round(x1 * 100) / 100, Math.round(x2 * 100) / 100, Number(label.value)]));
    plane.handles[selected].knob.focus({ preventScroll: true });
  }

  function remove(index) {
    if (points.length === 1) return;
    change(() => {
      points.splice(index, 1);
      selected = Math.min(index, points.length - 1);
    });
  }

  plane.acts({ move, flip, add, remove, select });
  bench.keep({
    reset: () => {
      set.reset();
      product.reset();
      label.reset();
      load();
    },
  });
  bench.fold("The numbers", () => ({ x: xs(), y: ys(), w: perceptron.w, b: perceptron.b, mistakes: perceptron.mistakes }));

  bench.draws(() => {
    const { w, b, mistakes, looked } = perceptron;
    plane.draw(points, w, b, { selected, looked });
    list(which, points, selected);
    follow([across, up], points[selected]);
    label.set(String(points[selected][2]));
    adding.disabled = points.length === MOST;
    removing.disabled = points.length === 1;
    const epochs = mistakes.map((_, i) => i + 1);
    history.ranges([0, Math.max(10, mistakes.length)], [0, Math.max(4, ...mistakes) + 0.5]);
    line.through(epochs, mistakes);
    dots.at(epochs, mistakes);
    return told(perceptron, xs(), ys());
  });
  load();
}

// The plane with its points, each a handle, the border, and the side that is called +1.
class Plane {
  constructor(bench) {
    const width = clamped(bench.plots.clientWidth || 440, 280, 460);
    this.plot = bench.plot({
      label: "Points of two classes, and the perceptron's border between them",
      x: ENDS, y: ENDS, xLabel: "x₁", yLabel: "x₂", width, height: width - 8,
    });
    this.plot.svg.classList.add("square");
    this.side = this.plot.shape("path", { class: "side" });
    this.border = this.plot.curve("border", "goal solid");
    this.signs = { 1: this.sign("+1"), "-1": this.sign("−1") };
    this.ring = drawn("circle", { class: "looked-at", r: 17 });
    this.plot.area.append(this.ring);
    this.handles = [];
  }

  sign(text) {
    const sign = drawn("text", { class: "sign", "text-anchor": "middle", "aria-hidden": "true" }, text);
    this.plot.area.append(sign);
    return sign;
  }

  acts(acts) {
    this.does = acts;
    let last = { at: -Infinity, x: 0, y: 0 };
    // Two clicks or taps at one place; not every phone tells of a double one.
    this.plot.svg.addEventListener("click", (event) => {
      if (event.target.closest(".handle")) return;
      const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) < 24;
      const twice = near && event.timeStamp - last.at < 500;
      last = { at: twice ? -Infinity : event.timeStamp, x: event.clientX, y: event.clientY };
      if (twice) acts.add(...this.plot.at(event));
    });
  }

  draw(points, w, b, { selected, looked }) {
    while (this.handles.length > points.length) this.handles.pop().knob.remove();
    while (this.handles.length < points.length) this.handles.push(this.handle(this.handles.length));
    points.forEach(([x1, x2, y], i) => {
      const { knob, text, to } = this.handles[i];
      knob.setAttribute("aria-label", `Point ${i + 1}, class ${signed(y)}`);
      knob.classList.toggle("minus", y < 0);
      knob.classList.toggle("selected", i === selected);
      text.textContent = y > 0 ? "+" : "−";
      to(x1, x2, `x₁ ${written(x1)}, x₂ ${written(x2)}`);
    });
    this.drawBorder(w, b);
    this.ring.toggleAttribute("hidden", !looked);
    if (!looked) return;
    this.ring.setAttribute("cx", this.plot.left(points[looked.index][0]));
    this.ring.setAttribute("cy", this.plot.top(points[looked.index][1]));
    this.ring.classList.toggle("mistake", looked.margin <= 0);
  }

  handle(i) {
    const handle = this.plot.handle({ label: "", kind: "point", step: 0.02 }, (x1, x2) => this.does.move(i, x1, x2));
    const { knob } = handle;
    knob.querySelector(".reach").setAttribute("r", 15);
    knob.querySelector(".knob").setAttribute("r", 10);
    const text = drawn("text", { "text-anchor": "middle", y: 5, "aria-hidden": "true" });
    knob.append(text);
    knob.addEventListener("focus", () => this.does.select(i));
    knob.addEventListener("keydown", ({ key }) => {
      if (key === "Delete" || key === "Backspace") this.does.remove(i);
      if (key === "Enter" || key === " ") this.does.flip(i);
    });
    return { ...handle, text };
  }

  drawBorder(w, b) {
    const path = (line) => `M${line.map(([x, y]) => `${this.plot.left(x).toFixed(2)} ${this.plot.top(y).toFixed(2)}`).join("L")}`;
    this.border.path.setAttribute("d", border(w, b).map(path).join(""));
    this.side.setAttribute("d", positive(w, b).map((shape) => `${path(shape)}Z`).join(""));
    const places = evenly(ENDS[0] + 0.12, ENDS[1] - 0.12, 7);
    const values = places.flatMap((x1) => places.map((x2) => [x1, x2, valueAt(w, b, x1, x2)]));
    for (const [y, sign] of Object.entries(this.signs)) {
      const [x1, x2, value] = values.reduce((best, here) => (here[2] * y > best[2] * y ? here : best));
      sign.toggleAttribute("hidden", value * y <= 0);
      sign.setAttribute("x", this.plot.left(x1));
      sign.setAttribute("y", this.plot.top(x2) + 6);
    }
  }
}

const valueAt = ([w1, w2, w3 = 0], b, x1, x2) => w1 * x1 + w2 * x2 + w3 * x1 * x2 + b;

// Where w·x + b = 0 within the plane: lines of points. With x₁x₂ it is a hyperbola, followed along whichever axis it is
// flat over.
function border([w1, w2, w3 = 0], b) {
  if (w3 === 0) return w1 === 0 && w2 === 0 ? [] : [crossing(w1, w2, b)].filter((ends) => ends.length === 2);
  const bend = w1 * w2 - b * w3;
  const along = (over, under, turned) => {
    const lines = [[]];
    for (const t of evenly(...ENDS, 401)) {
      const root = -(b + over * t) / (under + w3 * t);
      const flat = Math.abs(bend) <= (under + w3 * t) ** 2;
      if (flat && root >= ENDS[0] && root <= ENDS[1]) lines.at(-1).push(turned ? [root, t] : [t, root]);
      else if (lines.at(-1).length) lines.push([]);
    }
    return lines.filter((line) => line.length > 1);
  };
  return [...along(w1, w2, false), ...along(w2, w1, true)];
}

// The two places where a straight line meets the edges of the plane.
function crossing(w1, w2, b) {
  const steep = Math.abs(w1) > Math.abs(w2);
  const [over, under] = steep ? [w2, w1] : [w1, w2];
  const root = (t) => -(b + over * t) / under;
  const within = over === 0 ? ENDS : ENDS.map((end) => -(b + under * end) / over).sort((one, other) => one - other);
  const [from, to] = [Math.max(ENDS[0], within[0]), Math.min(ENDS[1], within[1])];
  if (from >= to || root(from) < ENDS[0] - 1e-9 || root(from) > ENDS[1] + 1e-9) return [];
  return [from, to].map((t) => (steep ? [root(t), t] : [t, root(t)]));
}

// The side that is called +1, as slices side by side that end on the border.
function positive([w1, w2, w3 = 0], b) {
  const far = ENDS[1] + 10;
  if (w2 === 0 && w3 === 0) {
    if (w1 === 0) return b > 0 ? [[[-far, -far], [far, -far], [far, far], [-far, far]]] : [];
    const [x, end] = [-b / w1, Math.sign(w1) * far];
    return [[[x, -far], [x, far], [end, far], [end, -far]]];
  }
  const slices = [];
  const edges = evenly(...ENDS, w3 === 0 ? 2 : 201);
  for (let i = 1; i < edges.length; i++) {
    const sides = [edges[i - 1], edges[i]];
    const under = w2 + (w3 * (sides[0] + sides[1])) / 2;
    if (under === 0) continue;
    const end = Math.sign(under) * far;
    const roots = sides.map((x) => clamped(-(b + w1 * x) / (w2 + w3 * x || 1e-12 * under), -far, far));
    slices.push([[sides[0], roots[0]], [sides[1], roots[1]], [sides[1], end], [sides[0], end]]);
  }
  return slices;
}

// The place of a coarse grid that is farthest from all points.
function freest(points) {
  const places = evenly(ENDS[0] + 0.2, ENDS[1] - 0.2, 9);
  const room = ([x1, x2]) => Math.min(...points.map((point) => Math.hypot(point[0] - x1, point[1] - x2)));
  return places.flatMap((x1) => places.map((x2) => [x1, x2])).reduce((best, here) => (room(here) > room(best) ? here : best));
}

function list(choice, points, selected) {
  const words = points.map(([, , y], i) => `${i + 1}, class ${signed(y)}`);
  if ([...choice.field.options].map((option) => option.text).join() !== words.join())
    choice.field.replaceChildren(...words.map((text, i) => element("option", { value: i }, text)));
  choice.set(String(selected));
}

// What is being typed is left alone.
function follow(controls, values) {
  controls.forEach((control, i) => control.value !== values[i] && control.set(values[i]));
}

const signed = (y) => (y > 0 ? "+1" : "−1");

function told(perceptron, xs, ys) {
  const { w, b, mistakes } = perceptron;
  const wrong = xs.filter((x, i) => ys[i] * perceptron.value(x) <= 0).length;
  const now = `Now w = (${w.map((value) => written(value)).join(", ")}), b = ${written(b)}: ${wrong} of ${xs.length} examples wrong.`;
  const shown = mistakes.slice(-12).join(", ");
  const counts = mistakes.length ? ` Mistakes in each epoch: ${mistakes.length > 12 ? "…, " : ""}${shown}.` : "";
  return `${happened(perceptron)} ${now}${counts}`;
}

function happened({ mistakes, looked, again, done, w, b, next }) {
  const epoch = mistakes.length;
  if (done) return `Epoch ${epoch} brought no mistake: the border separates the classes.`;
  if (again !== null && next === 0)
    return (
      `After epoch ${epoch}, w and b are what they were ${again ? `after epoch ${again}` : "at the start"}: ` +
      "it goes round, and the mistakes never end."
    );
  const fresh = b === 0 && w.every((value) => value === 0);
  if (!looked) return fresh ? "It starts with w = 0 and b = 0, where every answer counts as wrong." : "The examples have changed.";
  const where = `Epoch ${epoch}, example ${looked.index + 1}, class ${signed(looked.y)}`;
  return looked.margin > 0 ? `${where}: right, nothing changes.` : `${where}: a mistake, so x is ${looked.y > 0 ? "added to w, and 1 to" : "taken from w, and 1 from"} b.`;
}
