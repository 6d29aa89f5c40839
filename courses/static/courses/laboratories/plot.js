// A plot that can be taken hold of: axes, curves, and handles that move by pointer and by arrow keys.
import { arrows, clamped, dragged, drawn, element, significant, written } from "./elements.js";

const MARGIN = { left: 52, right: 12, top: 12, bottom: 44 };
// The shapes of marks, drawn from their middle.
const SHAPES = {
  dot: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  ring: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  cross: "m-4-4l8 8m0-8l-8 8",
  dash: "m-9 0h18",
};
let ids = 0;

// Round numbers that divide the range into about `count` parts.
function ticks([low, high], count = 5) {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= raw * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

// Ticks of an axis whose numbers are the exponents of powers of ten.
export function powers([low, high]) {
  const every = Math.max(1, Math.ceil((high - low) / 8));
  const superscript = (exponent) =>
    String(exponent).replace(/./g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]));
  const at = [];
  for (let exponent = Math.ceil(low); exponent <= high; exponent += every)
    at.push([exponent, exponent === 0 ? "1" : exponent === 1 ? "10" : `10${superscript(exponent)}`]);
  return at;
}

// The range of such an axis: whole decades around the exponents, two of them at least, sixteen at most, with room above the
// highest for a number.
export function decades(exponents) {
  const finite = exponents.filter(Number.isFinite);
  if (!finite.length) return [-2, 0];
  const [lowest, highest] = [Math.min(...finite), Math.max(...finite)];
  const high = Math.ceil(highest + Math.max(0.3, 0.13 * (highest - lowest)));
  return [Math.max(Math.min(Math.floor(lowest - 0.3), high - 2), high - 16), high];
}

// One tick for each whole number.
export const wholes = ([low, high]) =>
  Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => [Math.ceil(low) + i, String(Math.ceil(low) + i)]);

const rounds = (range) => ticks(range).map((value) => [value, written(value, 3)]);

// As wide as there is room, so that letters keep their size on a phone.
const fitting = (parent) => clamped(parent.clientWidth || 460, 280, 560);

export class Plot {
  // x, y : ranges [low, high]; xLabel, yLabel : what they are; label : what the plot shows; xTicks, yTicks : the ticks on a
  // range, [number, text] each; left : the room for the texts of yTicks.
  constructor(parent, { label, x = [0, 1], y, xLabel = "input x", yLabel, width = fitting(parent), height = width * 0.68, left = MARGIN.left, xTicks = rounds, yTicks = rounds }) {
    this.x = x;
    this.y = y;
    this.size = { width, height };
    this.ticks = { x: xTicks, y: yTicks };
    this.clip = `plot-${++ids}`;
    this.svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label, class: "plot" });
    const inside = {
      x: left,
      y: MARGIN.top,
      width: width - left - MARGIN.right,
      height: height - MARGIN.top - MARGIN.bottom,
    };
    this.axes = drawn("g", { "aria-hidden": "true" });
    this.area = drawn("g", { "clip-path": `url(#${this.clip})` });
    this.labels = { x: xLabel, y: yLabel };
    this.svg.append(
      drawn("defs", {}, drawn("clipPath", { id: this.clip }, drawn("rect", inside))),
      this.axes, this.area,
    );
    this.inside = inside;
    this.drawAxes();
    parent.append(element("div", { class: "view" }, this.svg));
  }

  // From numbers to places in the drawing, and back.
  left(x) {
    return this.inside.x + ((x - this.x[0]) / (this.x[1] - this.x[0])) * this.inside.width;
  }

  top(y) {
    return this.inside.y + ((this.y[1] - y) / (this.y[1] - this.y[0])) * this.inside.height;
  }

  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const across = (point.x - this.inside.x) / this.inside.width;
    const down = (point.y - this.inside.y) / this.inside.height;
    return [
      this.x[0] + clamped(across, 0, 1) * (this.x[1] - this.x[0]),
      this.y[1] - clamped(down, 0, 1) * (this.y[1] - this.y[0]),
    ];
  }

  // Other ranges, for axes that follow what is drawn.
  ranges(x, y) {
    this.x = x;
    this.y = y;
    this.drawAxes();
  }

  drawAxes() {
    const { x, y, width, height } = this.inside;
    // For whoever reads the drawing back as numbers.
    Object.assign(this.svg.dataset, { x: this.x.join(" "), y: this.y.join(" "), inside: [x, y, width, height].join(" ") });
    this.axes.replaceChildren();
    for (const [value, text] of this.ticks.x(this.x)) {
      const at = this.left(value);
      this.axes.append(
        drawn("line", { class: value === 0 ? "zero" : "grid", x1: at, x2: at, y1: y, y2: y + height }),
        drawn("text", { x: at, y: y + height + 18, "text-anchor": "middle" }, text),
      );
    }
    for (const [value, text] of this.ticks.y(this.y)) {
      const at = this.top(value);
      this.axes.append(
        drawn("line", { class: Math.abs(value) < 1e-12 ? "zero" : "grid", x1: x, x2: x + width, y1: at, y2: at }),
        drawn("text", { x: x - 8, y: at + 4, "text-anchor": "end" }, text),
      );
    }
    this.axes.append(
      drawn("text", { x: x + width / 2, y: this.size.height - 6, "text-anchor": "middle", class: "axis-label" }, this.labels.x),
      drawn("text", { transform: `translate(14 ${y + height / 2}) rotate(-90)`, "text-anchor": "middle", class: "axis-label" }, this.labels.y ?? ""),
    );
  }

  // A line through points; `data-curve` names it for whoever reads the drawing.
  curve(name, kind = "first") {
    const path = drawn("path", { class: `curve ${kind}`, "data-curve": name });
    this.area.append(path);
    return {
      path,
      through: (xs, ys) => {
        const points = Array.from(xs, (x, i) => `${this.left(x).toFixed(2)} ${this.top(clamped(ys[i], -1e6, 1e6)).toFixed(2)}`);
        path.setAttribute("d", points.length ? `M${points.join("L")}` : "");
      },
    };
  }

  // Bars that stand on the lower edge at 1, 2, 3, …, each with a number on it, or in a row at the top, where marks are in the
  // way. A bar of height −∞ has its number only.
  bars(name, kind = "first", { row = false } = {}) {
    const group = drawn("g", { class: `bars ${kind}${row ? " in-row" : ""}`, "data-bars": name });
    this.area.append(group);
    return {
      group,
      to: (heights, values) => {
        const foot = this.inside.y + this.inside.height;
        const room = this.inside.width / (this.x[1] - this.x[0]);
        const wide = Math.min(36, room * 0.5);
        // As many digits as have room.
        const texts = [3, 2, 1].map((digits) => values.map((value) => significant(value, digits)));
        const short = values.map((value) => (value === 0 ? "0" : value.toExponential(0).replace("e+", "e").replace("-", "−")));
        const fitting = [...texts, short].find((all) => all.every((text) => text.length * 6.8 < room)) ?? short;
        group.classList.toggle("tight", room < 36);
        const bar = (height, i) => {
          const [at, top] = [this.left(i + 1), this.top(clamped(height, ...this.y))];
          return [
            drawn("rect", { x: at - wide / 2, y: top.toFixed(2), width: wide, height: (foot - top).toFixed(2) }),
            drawn("text", { x: at, y: row ? this.inside.y + 14 : top - 6, "text-anchor": "middle" }, fitting[i]),
          ];
        };
        group.replaceChildren(...heights.flatMap(bar));
      },
    };
  }

  // Many points of one shape: "dot", "ring", "cross" or "dash".
  marks(name, kind = "first", shape = "dot") {
    const path = drawn("path", { class: `mark ${kind} ${shape}`, "data-marks": name });
    this.area.append(path);
    return {
      path,
      at: (xs, ys) => {
        const place = (x, i) => `M${this.left(x).toFixed(2)} ${this.top(ys[i]).toFixed(2)}${SHAPES[shape]}`;
        path.setAttribute("d", Array.from(xs, place).join(""));
      },
    };
  }

  // Something of the plot's own, in numbers of the plot: a shape below the curves.
  shape(name, attributes = {}) {
    const shape = drawn(name, attributes);
    this.area.prepend(shape);
    return shape;
  }

  // A dotted line across the plot at a number of an axis, "x" or "y"; `to()` without a number takes it away.
  guide(axis) {
    const line = this.shape("line", { class: "guide" });
    const { x, y, width, height } = this.inside;
    return {
      to: (value) => {
        line.toggleAttribute("hidden", !Number.isFinite(value));
        if (!Number.isFinite(value)) return;
        const at = (axis === "x" ? this.left(value) : this.top(value)).toFixed(2);
        const ends = axis === "x" ? { x1: at, x2: at, y1: y, y2: y + height } : { x1: x, x2: x + width, y1: at, y2: at };
        for (const [name, end] of Object.entries(ends)) line.setAttribute(name, end);
      },
    };
  }

  // Shaded stretches of the x axis, given as pairs [from, to].
  stretches(kind) {
    const path = this.shape("path", { class: `stretch ${kind}` });
    const { y, height } = this.inside;
    return {
      path,
      to: (pairs) => {
        const place = (x) => clamped(this.left(x), -1e4, 1e4).toFixed(2);
        path.setAttribute("d", pairs.map(([a, b]) => `M${place(a)} ${y}H${place(b)}v${height}H${place(a)}z`).join(""));
      },
    };
  }

  // What each kind of line, of stretch, or of mark ("first dot") is: in words below the plot.
  legend(lines, stretches = {}, marks = {}) {
    const sample = (shape) => drawn("svg", { viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" }, shape);
    const items = [
      ...Object.entries(lines).map(([kind, words]) => [drawn("path", { class: `curve ${kind}`, d: "M0 6H28" }), words]),
      ...Object.entries(stretches).map(([kind, words]) => [drawn("path", { class: `stretch ${kind}`, d: "M2 0H26V12H2z" }), words]),
      ...Object.entries(marks).map(([kind, words]) => [drawn("path", { class: `mark ${kind}`, d: `M14 6${SHAPES[kind.split(" ").at(-1)]}` }), words]),
    ];
    const list = element("ul", { class: "legend" }, ...items.map(([shape, words]) => element("li", {}, sample(shape), words)));
    this.svg.parentElement.append(list);
    return list;
  }

  // A handle at a place. `moved(x, y)` is called with numbers of the plot; `axis` says along which it moves; `step` is what
  // an arrow key moves it by, or a function that says so.
  handle({ label, axis = "both", step = 0.01, kind = "" }, moved) {
    const horizontal = axis === "x";
    const knob = drawn("g", {
      class: `handle ${axis} ${kind}`, tabindex: "0", role: "slider", "aria-label": label,
      "aria-orientation": horizontal ? "horizontal" : "vertical",
    }, drawn("circle", { class: "reach", r: 22 }), drawn("circle", { class: "knob", r: 8 }));
    this.svg.append(knob);
    const place = { x: 0, y: 0 };
    dragged(knob, (event) => moved(...this.at(event)));
    arrows(knob, (right, up) => {
      const across = axis === "y" ? 0 : axis === "x" ? right + up : right;
      const upward = axis === "x" ? 0 : axis === "y" ? up + right : up;
      const size = typeof step === "function" ? step() : step;
      moved(place.x + across * size, place.y + upward * size);
    });
    return {
      knob,
      to: (x, y, text) => {
        Object.assign(place, { x, y });
        knob.setAttribute("transform", `translate(${this.left(x).toFixed(2)} ${this.top(clamped(y, ...this.y)).toFixed(2)})`);
        const range = horizontal ? this.x : this.y;
        knob.setAttribute("aria-valuemin", range[0]);
        knob.setAttribute("aria-valuemax", range[1]);
        knob.setAttribute("aria-valuenow", Number((horizontal ? x : y).toFixed(4)));
        knob.setAttribute("aria-valuetext", text ?? written(horizontal ? x : y));
      },
    };
  }
}

// `count` numbers from low to high, both included.
export const evenly = (low, high, count) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
