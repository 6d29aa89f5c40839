// Controls of a laboratory. Each has `value`, `set(value)` and `reset()`, and calls `changed` when a person moves it.
import { clamped, element, written } from "./elements.js";

// How a slider's places stand for numbers: evenly, or ever wider apart for numbers of either sign that may be large.
const EVEN = { place: (value) => value, value: (place) => place };
export const WIDE = { place: Math.asinh, value: (place) => Number(Math.sinh(place).toPrecision(3)) };
// Equal ways are equal factors, for numbers above 0; a field then shows four digits that count, however small.
export const LOGARITHMIC = {
  place: Math.log10,
  value: (place) => Number((10 ** place).toPrecision(3)),
  shown: (value) => Number(value.toPrecision(4)),
};

let ids = 0;
const named = () => `control-${++ids}`;

// A number beside its slider: drag it, type it, or step it with the arrow keys.
export class NumberControl {
  constructor(parent, { label, symbol = "", min, max, step = 0.01, value, scale = EVEN }, changed) {
    this.scale = scale;
    this.range = { min, max, step };
    this.initial = this.value = value;
    const id = named();
    this.field = element("input", { type: "number", id, min, max, step: "any", value, inputmode: "decimal" });
    // Ends on the slider's own steps, so that 0 is one of its places; what lies beyond is clamped.
    const [from, to] = scale === EVEN ? [min, max] : [Math.floor(scale.place(min) / step) * step, Math.ceil(scale.place(max) / step) * step];
    this.slider = element("input", { type: "range", min: from, max: to, step, "aria-label": `${label}, slider` });
    this.slide();
    const caption = element("label", { for: id }, label);
    if (symbol) caption.append(" ", element("i", {}, symbol));
    this.row = element("div", { class: "control" }, caption, this.field, this.slider);
    parent.append(this.row);
    this.slider.addEventListener("input", () => this.moved(scale.value(this.slider.valueAsNumber), changed));
    this.field.addEventListener("input", () => this.typed(changed));
    this.field.addEventListener("change", () => this.set(this.value));
  }

  moved(value, changed) {
    this.set(value);
    changed();
  }

  slide() {
    this.slider.value = this.scale.place(this.value);
    if (this.scale !== EVEN) this.slider.setAttribute("aria-valuetext", written(this.value));
  }

  // What is no number yet is left to be typed on; the last number counts.
  typed(changed) {
    const value = this.field.valueAsNumber;
    if (!Number.isFinite(value)) return;
    this.value = clamped(value, this.range.min, this.range.max);
    this.slide();
    changed();
  }

  set(value) {
    this.value = clamped(value, this.range.min, this.range.max);
    this.slide();
    this.field.value = this.scale.shown?.(this.value) ?? Number(this.value.toFixed(4));
  }

  reset() {
    this.set(this.initial);
  }

  set hidden(hidden) {
    this.row.hidden = hidden;
  }
}

// One of several, as radio buttons where few, as a list where many: `options` maps each value to its words.
export class Choice {
  constructor(parent, { label, options, value }, changed) {
    this.initial = value;
    const id = named();
    this.field = element("select", { id });
    for (const [key, words] of Object.entries(options)) this.field.append(element("option", { value: key }, words));
    this.row = element("div", { class: "control" }, element("label", { for: id }, label), this.field);
    parent.append(this.row);
    this.set(value);
    this.field.addEventListener("change", changed);
  }

  get value() {
    return this.field.value;
  }

  set(value) {
    this.field.value = value;
  }

  reset() {
    this.set(this.initial);
  }
}

// On or off.
export class Switch {
  constructor(parent, { label, value }, changed) {
    this.initial = value;
    const id = named();
    this.field = element("input", { type: "checkbox", id });
    this.row = element("div", { class: "control switch" }, this.field, element("label", { for: id }, label));
    parent.append(this.row);
    this.set(value);
    this.field.addEventListener("change", changed);
  }

  get value() {
    return this.field.checked;
  }

  set(value) {
    this.field.checked = value;
  }

  reset() {
    this.set(this.initial);
  }
}
