// Finds the page's laboratories and builds each from the module of its name.
import { Bench } from "./bench.js";

for (const place of document.querySelectorAll("[data-laboratory]")) {
  const { build } = await import(`./${place.dataset.laboratory}.js`);
  const bench = new Bench(place);
  build(bench);
  bench.show();
}
