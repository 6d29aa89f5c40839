// Around its steps a table of bumps fails while the weight is not endless; overlapping tables share that error among them.
import { WIDE } from "./controls.js";
import { element, significant, written } from "./elements.js";
import { evenly } from "./plot.js";
import { beforeSigmoid, failing, meanDistance, median, middle, overlappingTables, weightedSum } from "./universality.js";

// The two ends are left out of means: there the first table stops.
const MEASURED = evenly(0.05, 0.95, 1001);
const MEASURED_GOAL = MEASURED.map(beforeSigmoid);
const TABLES = [1, 2, 4, 8];
const VIEWS = { all: [0, 1], part: [0.4, 0.6] };
const RULES = { middle, median };

export function build(bench) {
  const count = bench.choice({ label: "Bumps in a table", options: { 5: "5", 10: "10", 20: "20" }, value: "20" });
  const tables = bench.choice({
    label: "Overlapping tables", options: Object.fromEntries(TABLES.map((m) => [m, m === 1 ? "1, no overlap" : String(m)])), value: "1",
  });
  const w = bench.number({ label: "Weight", symbol: "w", min: 20, max: 1000, value: 300, scale: WIDE });
  const rule = bench.choice({
    label: "Height of a bump", options: { middle: "the goal in its middle", median: "the goal's median" }, value: "middle",
  });
  const view = bench.choice({ label: "Look at", options: { all: "all inputs, 0 to 1", part: "some windows, 0.4 to 0.6" }, value: "all" });

  const plot = bench.plot({ label: "The weighted sum and its goal over the input", y: [-3, 2.5], yLabel: "weighted sum", height: 260 });
  const errors = bench.plot({
    label: "The error over the input, with a handle on the width of a window of failure", y: [0, 1], yLabel: "error |sum − goal|", height: 240,
  });
  const shaded = [plot, errors].map((each) => ({ first: each.stretches("first"), others: each.stretches("others") }));
  const goal = plot.curve("goal", "goal");
  const sum = plot.curve("sum");
  const error = errors.curve("error", "second");
  const kinds = { first: "windows of failure", others: "those of the other tables" };
  const legends = [plot.legend({ first: "weighted sum", goal: "goal, σ⁻¹(f(x))" }, kinds), errors.legend({ second: "error" }, kinds)];
  const rows = element("tbody");
  bench.plots.append(meansTable(rows));
  const handle = errors.handle({ label: "Half the width of a window of failure", axis: "x", step: 0.001 }, (x) => {
    w.set(Math.round(Math.log(99) / Math.max(x - held(), 1e-6)));
    bench.show();
  });
  // The window that can be widened is that of a step near the middle of the inputs.
  const held = () => Math.floor(Number(count.value) / 2) / Number(count.value);

  const known = new Map();
  const built = (n, m) => {
    const name = `${n} ${m} ${rule.value}`;
    if (!known.has(name)) known.set(name, overlappingTables(beforeSigmoid, n, m, RULES[rule.value]));
    return known.get(name);
  };

  bench.draws(() => {
    const [n, m] = [Number(count.value), Number(tables.value)];
    const [low, high] = VIEWS[view.value];
    const xs = evenly(low, high, 601);
    plot.ranges([low, high], plot.y);
    const means = TABLES.map((each) => meansOf(built(n, each), w.value, n));
    // The axis of one table's errors stays where it is while the tables become more.
    const top = Math.ceil(means[0].largest * 6) / 5;
    errors.ranges([low, high], [0, top]);
    const wanted = xs.map(beforeSigmoid);
    const found = weightedSum(built(n, m).flat(), xs, w.value);
    goal.through(xs, wanted);
    sum.through(xs, found);
    error.through(xs, wanted.map((value, i) => Math.abs(found[i] - value)));

    const half = failing(w.value);
    const around = (steps) => steps.map(([at]) => [at - half, at + half]);
    for (const { first, others } of shaded) {
      first.to(around(built(n, m)[0]));
      others.to(merged(around(built(n, m).slice(1).flat())));
    }
    for (const legend of legends) legend.lastChild.hidden = m === 1;
    handle.to(held() + half, top * 0.9, significant(half));
    rows.replaceChildren(...TABLES.map((each, i) => meansRow(each, means[i], each === m)));
    return told(n, m, w.value, means[0], means[TABLES.indexOf(m)]);
  });
}

// Mean errors: in the windows of failure of the first table, and over all that is measured.
function meansOf(tables, weight, n) {
  const found = weightedSum(tables.flat(), MEASURED, weight);
  const half = failing(weight);
  const inside = MEASURED.map((x) => Math.abs(x - Math.round(x * n) / n) < half);
  return {
    inside: meanDistance(found.filter((_, i) => inside[i]), MEASURED_GOAL.filter((_, i) => inside[i])),
    overall: meanDistance(found, MEASURED_GOAL),
    largest: found.reduce((most, value, i) => Math.max(most, Math.abs(value - MEASURED_GOAL[i])), 0),
  };
}

// Stretches that overlap as one, so that none is shaded twice.
function merged(pairs) {
  const joined = [];
  for (const [from, to] of pairs.sort((a, b) => a[0] - b[0])) {
    if (joined.length && from <= joined.at(-1)[1]) joined.at(-1)[1] = Math.max(to, joined.at(-1)[1]);
    else joined.push([from, to]);
  }
  return joined;
}

function meansTable(rows) {
  const heads = ["Tables", "Mean error in the first table's windows", "Mean error overall"];
  const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, name)));
  return element("table", { class: "means", tabindex: "0" }, element("thead", {}, head), rows);
}

function meansRow(tables, { inside, overall }, current) {
  const cells = [inside, overall].map((value) => element("td", { class: "number" }, value.toFixed(3)));
  const row = element("tr", {}, element("th", { scope: "row" }, current ? `▸ ${tables}` : String(tables)), ...cells);
  if (current) row.setAttribute("aria-current", "true");
  return row;
}

function told(n, m, weight, one, now) {
  const width = 2 * failing(weight);
  const fails = `A window of failure is about 9.2/w wide, here ${significant(width)}, and a bump ${written(1 / n)}.`;
  if (m === 1) return `${fails} In the windows the mean error is ${one.inside.toFixed(3)}, overall ${one.overall.toFixed(3)}.`;
  const most = Math.min(m, Math.floor(width * m * n + 1e-9) + 1);
  const where = most === 1 ? `Of ${m} tables at most one fails at any x` : `Of ${m} tables up to ${most} fail at the same x`;
  return `${fails} ${where}: in the first table's windows the mean error is ${now.inside.toFixed(3)}, with one table it was ${one.inside.toFixed(3)}.`;
}
