// A function designed by hand: bumps side by side whose heights are dragged or typed, against the goal σ⁻¹∘f.
import { Diagram } from "./diagram.js";
import { dragged, drawn, element, written } from "./elements.js";
import { sigmoid, STEEP } from "./mathematics.js";
import { evenly } from "./plot.js";
import { generator } from "./random.js";
import { beforeSigmoid, goal, lookupTable, meanDistance, weightedSum } from "./universality.js";

const XS = evenly(0, 1, 1001);
const GOAL = XS.map(goal);
const BEFORE = XS.map(beforeSigmoid);
const HIGHEST = 3;
const MOST_BUMPS = 50;
const FIVE = 5; // So many are asked for by the challenge and by the exercises.
const ENOUGH = 0.4;
const EXERCISES = { "five-bumps-by-dragging": "drag", "five-bumps-by-numbers": "numbers" };

export function build(bench) {
  const given = EXERCISES[bench.place.dataset.exercise];
  const numbers = generator(5);
  const network = new Diagram(bench.controls, {
    label: "Input x, five pairs of hidden neurons with the places of their steps, and the weighted sum",
    layers: [1, 2 * FIVE, 1], height: 262, radius: 12,
  });
  network.write(0, 0, "x");
  for (let k = 0; k < FIVE; k++) betweenPair(network, k);
  network.write(2, 0, "Σ");
  const way = bench.choice({ label: "How", options: { drag: "drag the bumps", numbers: "edit the numbers" }, value: given ?? "drag" });
  const count = bench.choice({ label: "Bumps", options: { 5: "5", 10: "10", 20: "20", 50: "50" }, value: "5" });
  const output = bench.switch({ label: "Show the network's output and f", value: false });
  way.row.hidden = count.row.hidden = Boolean(given);
  const group = bench.group("Heights");
  const heights = evenly(1, MOST_BUMPS, MOST_BUMPS).map((k) =>
    bench.number({ label: `Bump ${k}`, symbol: "h" + subscript(k), min: -HIGHEST, max: HIGHEST, value: 0 }, group),
  );

  const plot = bench.plot({ label: "The weighted sum and its goal over the input", y: [-HIGHEST, HIGHEST], yLabel: "weighted sum", height: 320 });
  const wanted = plot.curve("goal", "goal");
  const sum = plot.curve("sum");
  wanted.through(XS, BEFORE);
  plot.legend({ first: "weighted sum of the bumps", goal: "goal, σ⁻¹(f(x))" });
  const outputs = bench.plot({ label: "The network's output and f over the input", y: [0, 1], yLabel: "output", height: 250 });
  const f = outputs.curve("f", "goal");
  const a = outputs.curve("output", "second");
  f.through(XS, GOAL);
  outputs.legend({ second: "output, σ of the weighted sum", goal: "goal f(x)" });

  let n = FIVE;
  const table = () => heights.slice(0, n).map((h) => h.value);
  const scatter = () => heights.forEach((h) => h.set(rounded(numbers.uniform(-2, 2))));
  // The way stays as it is: the challenge is met twice, with other numbers to begin with.
  bench.reset = () => {
    scatter();
    bench.show();
  };
  const held = heightsIn(bench.place.dataset.source ?? "");
  if (held.some(Boolean)) held.forEach((h, k) => heights[k].set(h));
  else scatter();

  // Each bump under the pointer's way takes its height, also where the pointer jumps over some.
  const surface = drawn("rect", { class: "paint", ...plot.inside });
  plot.area.append(surface); // Over the curves, which would take the pointer.
  let last = null;
  const paint = (x, y) => {
    const [k, to] = [windowOf(x), rounded(y)];
    const from = last ?? { k, to };
    for (let i = Math.min(k, from.k); i <= Math.max(k, from.k); i++)
      if (i !== from.k || i === k) heights[i].set(i === k ? to : rounded(to + ((from.to - to) * (i - k)) / (from.k - k)));
    last = { k, to };
    bench.show();
  };
  const windowOf = (x) => Math.min(n - 1, Math.floor(x * n));
  dragged(surface, (event) => {
    const [x, y] = plot.at(event);
    if (event.type === "pointerdown") {
      last = null;
      handles[windowOf(x)].knob.focus({ preventScroll: true });
    }
    paint(x, y);
  });
  const handles = heights.map((h, k) => {
    const handle = plot.handle({ label: `Height of bump ${k + 1}`, axis: "y", step: 0.05 }, (_, y) => {
      h.set(rounded(y));
      bench.show();
    });
    // The pointer takes hold of the surface below, to go on over other bumps.
    handle.knob.setAttribute("pointer-events", "none");
    return handle;
  });

  const rows = element("tbody");
  const fold = element("details", {}, element("summary", {}, "All weights and biases"), parameterTable(rows));
  bench.place.append(fold);
  fold.addEventListener("toggle", () => bench.show());
  if (!given) bench.place.append(handIn());

  let offered = "";
  const offer = (values) => {
    const source = way.value === "drag" ? heightsFile(values) : parametersFile(values);
    if (source !== offered) bench.offers((offered = source));
  };

  bench.draws(() => {
    if (Number(count.value) !== n) {
      const other = redistributed(table(), Number(count.value));
      n = other.length;
      other.forEach((h, k) => heights[k].set(rounded(h)));
    }
    const drag = way.value === "drag";
    const values = table();
    const steps = lookupTable(values);
    const found = weightedSum(steps, XS);
    sum.through(XS, found);
    outputs.svg.parentElement.hidden = !output.value;
    if (output.value) a.through(XS, found.map(sigmoid));

    surface.toggleAttribute("hidden", !drag);
    network.svg.parentElement.hidden = n !== FIVE;
    group.classList.toggle("columns", drag || n !== FIVE);
    handles.forEach(({ knob, to }, k) => {
      heights[k].hidden = k >= n;
      knob.toggleAttribute("hidden", !drag || k >= n);
      knob.lastChild.setAttribute("r", Math.min(8, 100 / n));
      knob.classList.toggle("small", n > 10);
      if (k < n) to((k + 0.5) / n, values[k]);
    });
    if (n === FIVE) values.forEach((h, k) => label(network, k, h));
    if (fold.open) rows.replaceChildren(...values.flatMap((h, k) => parameterRows(h, k, n)));
    if (n === FIVE) offer(values);

    const deviation = meanDistance(found, BEFORE);
    bench.says.classList.toggle("right", n === FIVE && deviation <= ENOUGH);
    const off = output.value ? ` The output is off by ${meanDistance(found.map(sigmoid), GOAL).toFixed(3)} on average.` : "";
    return told(n, deviation, found) + off;
  });
}

const rounded = (value) => Math.round(value * 100) / 100 || 0; // −0 is 0.
const subscript = (k) => String(k).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

// The heights of so many other bumps that keep the shape: the mean of what was there.
function redistributed(values, count) {
  const points = 20;
  const at = (x) => values[Math.min(values.length - 1, Math.floor(x * values.length))];
  return Array.from({ length: count }, (_, k) => {
    const inside = Array.from({ length: points }, (_, i) => at((k + (i + 0.5) / points) / count));
    return inside.reduce((sum, h) => sum + h, 0) / points;
  });
}

// The height of a pair stands between its two lines, next to the neurons.
function betweenPair(network, k) {
  const [up, down, to] = [network.neurons[1][2 * k], network.neurons[1][2 * k + 1], network.neurons[2][0]];
  const { text } = network.edges[1][0][2 * k];
  text.setAttribute("x", up.x + 0.32 * (to.x - up.x));
  text.setAttribute("y", 0.68 * ((up.y + down.y) / 2) + 0.32 * to.y + 4);
}

function label(network, k, h) {
  network.write(1, 2 * k, written(k / FIVE));
  network.write(1, 2 * k + 1, written((k + 1) / FIVE));
  network.weigh(2, 0, 2 * k, h);
  network.weigh(2, 0, 2 * k + 1, -h, "");
}

function told(n, deviation, found) {
  const now = `The average deviation is ${deviation.toFixed(3)}`;
  if (n !== FIVE) return `${now} with ${n} bumps.`;
  if (deviation <= ENOUGH) return `✓ ${now}, not above 0.40: the challenge is met.`;
  const shares = Array.from({ length: n }, (_, k) => {
    const from = Math.round((k * (XS.length - 1)) / n);
    const to = Math.round(((k + 1) * (XS.length - 1)) / n);
    return meanDistance(found.slice(from, to + 1), BEFORE.slice(from, to + 1));
  });
  const worst = shares.indexOf(Math.max(...shares));
  return `${now}; the challenge is 0.40 or below. Bump ${worst + 1} is furthest off, by ${written(shares[worst])} on average.`;
}

function parameterTable(rows) {
  const names = ["Hidden neuron", "step at s", "weight w", "bias b = −ws", "output weight"];
  const heads = names.map((name) => element("th", { scope: "col" }, name));
  return element("table", { tabindex: "0" }, element("thead", {}, element("tr", {}, ...heads)), rows);
}

const parameterRows = (h, k, n) =>
  [0, 1].map((second) => {
    const s = (k + second) / n;
    const cells = [s, STEEP, -STEEP * s, second ? -h : h].map((value) => element("td", { class: "number" }, written(value)));
    return element("tr", {}, element("td", {}, String(2 * k + second + 1)), ...cells);
  });

const handIn = () =>
  element("p", {}, "Hand it in: ",
    element("a", { href: "/exercises/five-bumps-by-dragging/" }, "by dragging"), " · ",
    element("a", { href: "/exercises/five-bumps-by-numbers/" }, "by numbers"));

// What one of the files below holds: the first list of five numbers, the starter's are 0.
function heightsIn(source) {
  const lists = Array.from(source.matchAll(/\[([^[\]]*)\]/g), ([, inside]) => inside.split(",").map(Number));
  return lists.find((values) => values.length === FIVE && values.every((h) => Math.abs(h) <= HIGHEST)) ?? [];
}

// The files that the exercises take.
const list = (values) => `[${values.map((h) => (Number.isInteger(h) ? h.toFixed(1) : String(h))).join(", ")}]`;

const heightsFile = (values) => `def heights():\n    return ${list(values)}\n`;

const parametersFile = (values) => `HEIGHTS = ${list(values)}  # one a bump, from left to right

import numpy as np

WEIGHT = ${STEEP}.0


def parameters():
    """Ten hidden neurons that step at the borders of five bumps, and the output weights that are their heights."""
    borders = np.linspace(0, 1, 6)
    steps = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w1 = np.full((10, 1), WEIGHT)
    b1 = -WEIGHT * steps
    w2 = np.array([[sign * h for h in HEIGHTS for sign in (1, -1)]])
    b2 = np.zeros(1)
    return w1, b1, w2, b2
`;
