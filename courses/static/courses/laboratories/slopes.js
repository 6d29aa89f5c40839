// The quotient (f(x + h) − f(x))/h beside the slope, as h shrinks; and the chain rule, slope times slope.
import { LOGARITHMIC } from "./controls.js";
import { significant, written } from "./elements.js";
import { sigmoid, sigmoidPrime } from "./mathematics.js";
import { evenly } from "./plot.js";

const CURVES = {
  square: { words: "x²", at: (x) => x * x, slope: (x) => 2 * x },
  sine: { words: "sin x", at: Math.sin, slope: Math.cos },
  sigmoid: { words: "σ(x)", at: sigmoid, slope: sigmoidPrime },
  cubic: { words: "x³/3 − x", at: (x) => x ** 3 / 3 - x, slope: (x) => x * x - 1 },
  // A corner has no slope.
  modulus: { words: "|x|", at: Math.abs, slope: (x) => (x === 0 ? NaN : Math.sign(x)) },
};
const WORDS = Object.fromEntries(Object.entries(CURVES).map(([name, { words }]) => [name, words]));
const ENDS = [-3, 3];
const REACH = 2; // How far out the point may be, so that the second one stays in the picture.
const COUNT = 301;
const SMALLEST = 1e-6;

export function build(bench) {
  const outer = bench.choice({ label: "Curve f", options: WORDS, value: "square" });
  const x = bench.number({ label: "Point", symbol: "x", min: -REACH, max: REACH, value: 1 });
  const h = bench.number({ label: "Distance", symbol: "h", min: SMALLEST, max: 1, value: 1, scale: LOGARITHMIC });
  const left = bench.switch({ label: "Second point to the left of x", value: false });
  const chain = bench.switch({ label: "Chain rule: f of g(x)", value: false });
  const inner = bench.choice({ label: "Inner curve g", options: WORDS, value: "sine" });

  const picture = new Picture(bench.plot({ label: "The curve, with a handle on each of its two points", x: ENDS, y: [-1, 9] }), "");
  const { plot } = picture;
  plot.legend({ first: "the curve", second: "secant, through both points", "third dashed": "tangent at x" });
  const near = new Picture(
    bench.plot({ label: "The curve near the point, magnified until h is one unit", x: [-1.5, 1.5], y: [-3, 3],
      xLabel: "magnified: distance from x, in units of h", yLabel: "rise, in h", height: 230 }),
    "near ",
  );
  const [first, second] = bench.pair();
  const links = { g: linked(bench, first, "g", "x"), f: linked(bench, second, "f", "u") };

  const moved = (control, value) => {
    control.set(value);
    bench.show();
  };
  const far = plot.handle({ label: "Second point x + h", axis: "x", step: () => 0.09 * h.value }, (place) => {
    left.set(place < x.value);
    moved(h, Math.abs(place - x.value));
  });
  // By the mouse in steps of 0.02, so that a corner at 0 can be met.
  const point = plot.handle({ label: "Point x", axis: "x", step: 0.02 }, (place) => moved(x, Math.round(place / 0.02) * 0.02));

  bench.draws(() => {
    inner.row.hidden = first.parentElement.hidden = !chain.value;
    near.plot.svg.parentElement.hidden = chain.value;
    const f = CURVES[outer.value];
    const g = CURVES[inner.value];
    const curve = chain.value ? nested(f, g) : f;
    const at = x.value;
    const step = left.value ? -h.value : h.value;
    const seen = { at, step, y: curve.at(at), quotient: (curve.at(at + step) - curve.at(at)) / step, slope: curve.slope(at) };
    plot.labels.y = chain.value ? "f(g(x))" : "f(x)";
    plot.ranges(ENDS, around([...evenly(-REACH, REACH, 101).map(curve.at), curve.at(at + step)]));
    picture.draw(curve.at, seen);
    far.to(at + step, curve.at(at + step), `${written(at + step, 7)}, h = ${significant(h.value)}`);
    point.to(at, seen.y);
    if (!chain.value) {
      near.scaled(curve.at, seen);
      return told(seen, curve);
    }
    links.g(g, at, ENDS);
    const range = around(evenly(-REACH, REACH, 101).map(g.at));
    links.f(f, g.at(at), [Math.min(range[0], ENDS[0]), Math.max(range[1], ENDS[1])]);
    return toldOfChain(seen, g.at(at), g.slope(at), f.slope(g.at(at)));
  });
}

// A curve with its secant and tangent.
class Picture {
  constructor(plot, prefix) {
    this.plot = plot;
    this.triangle = plot.shape("path", { class: "guide", fill: "none" });
    this.lines = {
      curve: plot.curve(`${prefix}curve`),
      secant: plot.curve(`${prefix}secant`, "second"),
      tangent: plot.curve(`${prefix}tangent`, "third dashed"),
    };
  }

  draw(curve, { at, step, y, quotient, slope }) {
    const { plot, lines } = this;
    const xs = evenly(...plot.x, COUNT);
    lines.curve.through(xs, xs.map(curve));
    straight(lines.secant, plot.x, at, y, quotient);
    straight(lines.tangent, plot.x, at, y, slope);
    const corner = plot.top(y).toFixed(2);
    const end = plot.left(at + step).toFixed(2);
    this.triangle.setAttribute("d", `M${plot.left(at).toFixed(2)} ${corner}H${end}V${plot.top(y + quotient * step).toFixed(2)}`);
  }

  // The same with the point in the middle and |h| as the unit of both axes.
  scaled(curve, { at, step, y, quotient, slope }) {
    const size = Math.abs(step);
    const steepest = Math.max(1, 1.6 * Math.abs(quotient), 1.6 * Math.abs(slope || 0));
    this.plot.ranges(this.plot.x, [-steepest, steepest]);
    this.draw((t) => (curve(at + t * size) - y) / size, { at: 0, step: Math.sign(step), y: 0, quotient, slope });
  }
}

// A straight line of a slope through a point; none where there is no slope.
function straight(line, ends, x, y, slope) {
  line.through(Number.isNaN(slope) ? [] : ends, ends.map((end) => y + slope * (end - x)));
}

// The picture of one link of a chain: its curve with the tangent at a point.
function linked(bench, place, name, variable) {
  const label = `${name} over ${variable}, with its tangent`;
  const plot = bench.plot({ label, x: ENDS, y: [-1, 1], xLabel: variable, yLabel: `${name}(${variable})`, height: 230 }, place);
  const curve = plot.curve(name);
  const tangent = plot.curve(`${name} tangent`, "third dashed");
  const mark = plot.marks(`${name} point`);
  return ({ at, slope }, x, ends) => {
    const xs = evenly(...ends, COUNT);
    plot.ranges(ends, around(xs.map(at)));
    curve.through(xs, xs.map(at));
    straight(tangent, ends, x, at(x), slope(x));
    mark.at([x], [at(x)]);
  };
}

const nested = (f, g) => ({ at: (x) => f.at(g.at(x)), slope: (x) => f.slope(g.at(x)) * g.slope(x) });

// A range that holds all values, with some air.
function around(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(0.5, 0.15 * (high - low));
  return [low - air, high + air];
}

const seven = (value) => written(value, 7);
const six = (value) => written(value, 6);

function told({ at, step, y, quotient, slope }, curve) {
  if (Number.isNaN(slope)) {
    const sides = [1, -1].map((side) => (curve.at(at + side * Math.abs(step)) - curve.at(at)) / (side * Math.abs(step)));
    return `No slope at ${seven(at)}: to the right the quotient is ${six(sides[0])}, to the left ${six(sides[1])}, however small h is.`;
  }
  return (
    `From ${seven(at)} to ${seven(at + step)} the quotient is ${six(quotient)}. ` +
    `The slope at ${seven(at)} is ${six(slope)}: ${apart(quotient - slope, y, step)}.`
  );
}

function toldOfChain({ at, step, y, quotient }, u, inner, outer) {
  const missing = Number.isNaN(inner) ? `g has no slope at x = ${seven(at)}` : Number.isNaN(outer) ? `f has no slope at u = ${six(u)}` : "";
  if (missing) return `${missing[0].toUpperCase()}${missing.slice(1)}: the chain rule says nothing here. The quotient is ${six(quotient)}.`;
  return (
    `At x = ${seven(at)} the slope of g is ${six(inner)}; at u = g(x) = ${six(u)} that of f is ${six(outer)}. ` +
    `Their product ${six(inner * outer)} is the slope of f(g(x)). The quotient is ${six(quotient)}: ${apart(quotient - inner * outer, y, step)}.`
  );
}

// Both numbers of the quotient are rounded to sixteen digits, and their difference is divided by h.
function apart(difference, y, h) {
  if (Math.abs(difference) <= (1e-15 * (1 + Math.abs(y))) / Math.abs(h)) return "no difference but rounding";
  return `a difference of ${significant(Math.abs(difference), 2)}`;
}
