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
    this.folds = [];
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

  // Two places for plots: side by side where there is room, else one below the other.
  pair({ large = false } = {}) {
    const places = [element("div"), element("div")];
    this.plots.append(element("div", { class: large ? "large pair" : "pair" }, ...places));
    return places;
  }

  button(text, pressed, parent = this.buttons) {
    const button = element("button", { type: "button" }, text);
    button.addEventListener("click", pressed);
    parent.append(button);
    return button;
  }

  // The numbers behind the picture, to compute with elsewhere: a fold with what `give` returns, as JSON.
  fold(summary, give) {
    const text = element("pre", { class: "numbers", tabindex: "0" });
    const fold = element("details", {}, element("summary", {}, summary), text);
    const fill = () => fold.open && (text.textContent = JSON.stringify(give()));
    fold.addEventListener("toggle", fill);
    this.place.append(fold);
    this.folds.push(fill);
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
    for (const fill of this.folds) fill();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => (this.told.textContent = this.sentence), PAUSE_MS);
  }

  reset() {
    for (const control of this.numbers) control.reset();
    this.show();
  }
}
