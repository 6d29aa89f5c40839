// Making elements, and following a pointer or the arrow keys.
const SVG = "http://www.w3.org/2000/svg";

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const element = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children);

export const drawn = (name, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, name), attributes, children);

// Calls `moved` with each pointer event from the press on, by mouse, pen or finger, until it is let go.
export function dragged(target, moved) {
  target.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    target.focus?.({ preventScroll: true });
    target.setPointerCapture(event.pointerId);
    moved(event);
  });
  target.addEventListener("pointermove", (event) => {
    if (target.hasPointerCapture(event.pointerId)) moved(event);
  });
}

// Calls `moved` with (steps right, steps up) for arrow keys: ten with Shift, and for Page Up and Page Down.
export function arrows(target, moved) {
  const steps = {
    ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 10], PageDown: [0, -10],
  };
  target.addEventListener("keydown", (event) => {
    if (!(event.key in steps)) return;
    event.preventDefault();
    const times = event.shiftKey ? 10 : 1;
    moved(steps[event.key][0] * times, steps[event.key][1] * times);
  });
}

export const clamped = (value, low, high) => Math.min(high, Math.max(low, value));

// As people write it: a true minus sign, no more digits than asked for, no trailing zeros.
export function written(value, digits = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 10 ** -digits || size >= 1e6) ? value.toExponential(1) : String(Number(value.toFixed(digits)));
  return text.replaceAll("-", "−");
}

// To so many digits that count, for numbers of any size: gradients, costs.
export function significant(value, digits = 3) {
  if (!Number.isFinite(value)) return written(value);
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits)));
  return text.replace("e+", "e").replaceAll("-", "−");
}
