// A function of two inputs as a surface over the unit square, seen from above at an angle that a person turns.
import { arrows, clamped, dragged, drawn, element, written } from "./elements.js";

const WIDTH = 460;
const HEIGHT = 360;
const SIDE = 210; // how long the square's sides are drawn
const RISE = 150; // how high the range of values is drawn
const TILT = 0.5; // how much the square is seen from the side
// From low to high, of even steps in lightness (after viridis); readable on light and on dark.
const COLORS = ["#443a83", "#31688e", "#21908d", "#35b779", "#8fd744", "#fde725"];

// The color of a share from 0 to 1.
function color(share) {
  const at = clamped(share, 0, 1) * (COLORS.length - 1);
  const low = Math.min(Math.floor(at), COLORS.length - 2);
  const channel = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map((i) => {
    const [from, to] = [COLORS[low], COLORS[low + 1]].map((hex) => channel(hex, i));
    return Math.round(from + (to - from) * (at - low)).toString(16).padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}

export class Surface {
  // cells : how many patches along a side; z : the range of values; turned : degrees, changed by dragging or arrow keys.
  constructor(parent, { label, cells = 32, z = [0, 1] }) {
    this.cells = cells;
    this.z = z;
    this.turned = 30;
    this.patches = drawn("g");
    this.frame = drawn("g", { "aria-hidden": "true" });
    this.svg = drawn("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot surface", tabindex: "0", role: "slider", "aria-label": `${label}. Arrow keys turn it`,
      "aria-valuemin": "-180", "aria-valuemax": "180",
    }, this.frame, this.patches);
    parent.append(element("div", { class: "view" }, this.svg));
    let from = 0;
    dragged(this.svg, (event) => {
      if (event.type !== "pointerdown") this.turn(this.turned + (from - event.clientX) / 3);
      from = event.clientX;
    });
    arrows(this.svg, (right, up) => this.turn(this.turned + 5 * (right + up)));
  }

  turn(degrees) {
    this.turned = ((Math.round(degrees) + 540) % 360) - 180;
    this.draw();
  }

  // Shows f(x, y); `z` is the range that the colors and the height stand for.
  shows(f, z = this.z) {
    this.f = f;
    this.z = z;
    this.draw();
  }

  // Where a point of space is drawn, and how far back it lies.
  place(x, y, value) {
    const angle = (this.turned * Math.PI) / 180;
    const [u, v] = [x - 0.5, y - 0.5];
    const across = u * Math.cos(angle) + v * Math.sin(angle);
    const back = -u * Math.sin(angle) + v * Math.cos(angle);
    const share = (value - this.z[0]) / (this.z[1] - this.z[0]);
    return [WIDTH / 2 + across * SIDE * 1.35, HEIGHT - 95 - back * SIDE * TILT - share * RISE, back];
  }

  draw() {
    const { cells } = this;
    this.svg.setAttribute("aria-valuenow", this.turned);
    this.svg.setAttribute("aria-valuetext", `turned by ${written(this.turned)} degrees`);
    const patches = [];
    for (let i = 0; i < cells; i++)
      for (let j = 0; j < cells; j++) patches.push(this.patch(i / cells, j / cells, 1 / cells));
    patches.sort((a, b) => b.back - a.back);
    this.patches.replaceChildren(...patches.map(({ shape }) => shape));
    this.drawFrame();
  }

  patch(x, y, size) {
    const corners = [[x, y], [x + size, y], [x + size, y + size], [x, y + size]];
    const values = corners.map(([cx, cy]) => clamped(this.f(cx, cy), ...this.z));
    const places = corners.map(([cx, cy], i) => this.place(cx, cy, values[i]));
    const mean = values.reduce((sum, value) => sum + value) / 4;
    const fill = color((mean - this.z[0]) / (this.z[1] - this.z[0]));
    const points = places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ");
    return { shape: drawn("polygon", { points, fill, stroke: fill }), back: places.reduce((sum, [, , back]) => sum + back, 0) };
  }

  // The square's edges, named, and the scale of values.
  drawFrame() {
    const corner = (x, y) => this.place(x, y, this.z[0]);
    const square = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
    const points = square.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ");
    const name = (x, y, text) => {
      const [left, top] = corner(x, y);
      return drawn("text", { x: left, y: top + 5, "text-anchor": "middle" }, text);
    };
    this.frame.replaceChildren(
      drawn("polygon", { points, class: "floor" }),
      name(0.5, -0.12, "x →"), name(-0.12, 0.5, "y →"), name(-0.06, -0.06, "0"),
      name(1.08, -0.06, "1"), name(-0.06, 1.08, "1"),
      ...COLORS.map((fill, i) => drawn("rect", { x: 12, y: 112 - 20 * i, width: 14, height: 20, fill })),
      drawn("text", { x: 32, y: 22 }, written(this.z[1])), drawn("text", { x: 32, y: 132 }, written(this.z[0])),
    );
  }
}
