// A laboratory's bench: controls on one side, plots on the other, below them what is seen, in a sentence.
import { Choice, NumberControl, Switch } from "./controls.js";
import { element } from "./elements.js";
import { Plot } from "./plot.js";

const PAUSE_MS = 400; // A screen reader is told what is seen once the hand rests.

export class Bench {
  constructor(place) {
    place.querySelector(".needs-script")?.remove();
    this.place = place;
    this.controls = element("div", { class: "controls" });
    this.plots = element("div", { class: "views" });
    this.says = element("p", { class: "says" });
    this.told = element("p", { class: "for-screen-readers", "aria-live": "polite" });
    this.buttons = element("div", { class: "bar" });
    const reset = this.button("Reset", () => this.reset());
    reset.classList.add("quiet");
    const seen = element("div", { class: "seen" }, this.plots, this.says, this.told);
    place.append(element("div", { class: "bench" }, this.controls, seen), this.buttons);
    this.numbers = [];
    this.render = () => {};
    this.sentence = "";
  }

  // A number to drag, type, or step; `changed` is called besides the drawing.
  number(options, parent = this.controls) {
    return this.keep(new NumberControl(parent, options, () => this.show()));
  }

  choice(options, parent = this.controls) {
    return this.keep(new Choice(parent, options, () => this.show()));
  }

  switch(options, parent = this.controls) {
    return this.keep(new Switch(parent, options, () => this.show()));
  }

  keep(control) {
    this.numbers.push(control);
    return control;
  }

  plot(options, parent = this.plots) {
    return new Plot(parent, options);
  }

  button(text, pressed) {
    const button = element("button", { type: "button" }, text);
    button.addEventListener("click", pressed);
    this.buttons.append(button);
    return button;
  }

  // A group of controls under a name.
  group(name, parent = this.controls) {
    const group = element("fieldset", {}, element("legend", {}, name));
    parent.append(group);
    return group;
  }

  // `render` draws everything from the controls' values and returns the sentence that says what is seen.
  draws(render) {
    this.render = render;
  }

  // A file that an exercise takes, made of what is set here; the page around puts it into its editor.
  offers(source) {
    this.place.dispatchEvent(new CustomEvent("laboratory-source", { detail: source, bubbles: true }));
  }

  show() {
    this.sentence = this.render();
    this.says.textContent = this.sentence;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => (this.told.textContent = this.sentence), PAUSE_MS);
  }

  reset() {
    for (const control of this.numbers) control.reset();
    this.show();
  }
}
