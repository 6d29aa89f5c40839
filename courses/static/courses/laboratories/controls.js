// Controls of a laboratory. Each has `value`, `set(value)` and `reset()`, and calls `changed` when a person moves it.
import { clamped, element } from "./elements.js";

let ids = 0;
const named = () => `control-${++ids}`;

// A number beside its slider: drag it, type it, or step it with the arrow keys.
export class NumberControl {
  constructor(parent, { label, symbol = "", min, max, step = 0.01, value }, changed) {
    this.range = { min, max, step };
    this.initial = this.value = value;
    const id = named();
    this.field = element("input", { type: "number", id, min, max, step: "any", value, inputmode: "decimal" });
    this.slider = element("input", { type: "range", min, max, step, value, "aria-label": `${label}, slider` });
    const caption = element("label", { for: id }, label);
    if (symbol) caption.append(" ", element("i", {}, symbol));
    this.row = element("div", { class: "control" }, caption, this.field, this.slider);
    parent.append(this.row);
    this.slider.addEventListener("input", () => this.moved(this.slider.valueAsNumber, changed));
    this.field.addEventListener("input", () => this.typed(changed));
    this.field.addEventListener("change", () => this.set(this.value));
  }

  moved(value, changed) {
    this.set(value);
    changed();
  }

  // What is no number yet is left to be typed on; the last number counts.
  typed(changed) {
    const value = this.field.valueAsNumber;
    if (!Number.isFinite(value)) return;
    this.value = clamped(value, this.range.min, this.range.max);
    this.slider.value = this.value;
    changed();
  }

  set(value) {
    this.value = clamped(value, this.range.min, this.range.max);
    this.slider.value = this.value;
    this.field.value = Number(this.value.toFixed(4));
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
