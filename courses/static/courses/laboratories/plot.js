// A plot that can be taken hold of: axes, curves, and handles that move by pointer and by arrow keys.
import { arrows, clamped, dragged, drawn, element, written } from "./elements.js";

const MARGIN = { left: 52, right: 12, top: 12, bottom: 44 };
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

export class Plot {
  // x, y : ranges [low, high]; xLabel, yLabel : what they are; label : what the plot shows.
  constructor(parent, { label, x = [0, 1], y, xLabel = "input x", yLabel, width = 460, height = 320 }) {
    this.x = x;
    this.y = y;
    this.size = { width, height };
    this.clip = `plot-${++ids}`;
    this.svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label, class: "plot" });
    const inside = {
      x: MARGIN.left,
      y: MARGIN.top,
      width: width - MARGIN.left - MARGIN.right,
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
    for (const value of ticks(this.x)) {
      const at = this.left(value);
      this.axes.append(
        drawn("line", { class: value === 0 ? "zero" : "grid", x1: at, x2: at, y1: y, y2: y + height }),
        drawn("text", { x: at, y: y + height + 18, "text-anchor": "middle" }, written(value, 3)),
      );
    }
    for (const value of ticks(this.y)) {
      const at = this.top(value);
      this.axes.append(
        drawn("line", { class: Math.abs(value) < 1e-12 ? "zero" : "grid", x1: x, x2: x + width, y1: at, y2: at }),
        drawn("text", { x: x - 8, y: at + 4, "text-anchor": "end" }, written(value, 3)),
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

  // Something of the plot's own, in numbers of the plot: a shape below the curves.
  shape(name, attributes = {}) {
    const shape = drawn(name, attributes);
    this.area.prepend(shape);
    return shape;
  }

  // A handle at a place. `moved(x, y)` is called with numbers of the plot; `axis` says along which it moves.
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
      moved(place.x + across * step, place.y + upward * step);
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
