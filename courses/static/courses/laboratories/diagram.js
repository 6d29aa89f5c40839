// A network as circles and lines, with numbers in and on them that follow the controls.
import { drawn, element, written } from "./elements.js";

export class Diagram {
  // layers : how many neurons each has, the inputs first; names : what stands in each input and output.
  constructor(parent, { label, layers, width = 260, height = 200, radius = 22 }) {
    this.radius = radius;
    this.svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "diagram" });
    parent.append(element("div", { class: "view" }, this.svg));
    const across = (layer) => 28 + (layer * (width - 56)) / (layers.length - 1);
    const down = (layer, i) => (height * (i + 0.5)) / layers[layer];
    this.neurons = layers.map((count, layer) =>
      Array.from({ length: count }, (_, i) => ({ x: across(layer), y: down(layer, i) })),
    );
    this.edges = [];
    for (let layer = 1; layer < layers.length; layer++)
      this.edges.push(this.neurons[layer].map((to) => this.neurons[layer - 1].map((from) => this.edge(from, to))));
    // No line runs over a number.
    for (const { text } of this.edges.flat(2)) this.svg.append(text);
    for (const neuron of this.neurons.flat()) this.neuron(neuron);
  }

  edge(from, to) {
    const line = drawn("line", { class: "edge", x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    const text = drawn("text", {
      class: "on-edge", "text-anchor": "middle", x: from.x * 0.45 + to.x * 0.55, y: from.y * 0.45 + to.y * 0.55 - 6,
    });
    this.svg.append(line, text);
    return { line, text };
  }

  neuron(neuron) {
    neuron.text = drawn("text", { x: neuron.x, y: neuron.y + 4, "text-anchor": "middle" });
    this.svg.append(drawn("circle", { class: "neuron", cx: neuron.x, cy: neuron.y, r: this.radius }), neuron.text);
  }

  // What stands in a neuron, and on the line that leads to neuron `to` of a layer from neuron `from` of the one before.
  write(layer, i, text) {
    this.neurons[layer][i].text.textContent = text;
  }

  // What stands below a neuron: its bias.
  note(layer, i, text) {
    const neuron = this.neurons[layer][i];
    neuron.note ??= this.svg.appendChild(
      drawn("text", { x: neuron.x, y: neuron.y + this.radius + 18, "text-anchor": "middle" }),
    );
    neuron.note.textContent = text;
  }

  weigh(layer, to, from, weight, text = written(weight)) {
    const { line, text: label } = this.edges[layer - 1][to][from];
    label.textContent = text;
    line.classList.toggle("negative", weight < 0);
    line.setAttribute("stroke-width", 1 + Math.min(4, Math.abs(weight)));
  }
}
