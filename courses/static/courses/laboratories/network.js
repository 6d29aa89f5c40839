// Fully connected networks as in mlcore.networks: weights[l][to][from], biases[l][to], examples as rows.
// The output is one of sigmoids, the cost the cross-entropy, so that the output's δ is a − y.
import { sigmoid, sigmoidPrime } from "./mathematics.js";

export const ACTIVATIONS = {
  sigmoid: { at: sigmoid, slope: sigmoidPrime },
  // tanh z = 2σ(2z) − 1: its slope keeps its digits the same way.
  tanh: { at: Math.tanh, slope: (z) => 4 * sigmoidPrime(2 * z) },
  relu: { at: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0) },
};

// The standard deviation of the weights of a layer, from how many neurons there are before it and in it.
const DEVIATIONS = {
  large: () => 1,
  scaled: (from) => from ** -0.5,
  glorot: (from, to) => (2 / (from + to)) ** 0.5,
  he: (from) => (2 / from) ** 0.5,
};

export const INITIALIZATIONS = { large: "N(0, 1)", scaled: "N(0, 1/n)", glorot: "Glorot: N(0, 2/(n + m))", he: "He: N(0, 2/n)" };

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

// sizes : neurons of each layer, the inputs first. Biases are N(0, 1).
export function initial(sizes, { initialization, hidden, random }) {
  const layers = sizes.slice(1).map((to, l) => ({ from: sizes[l], to }));
  const weights = layers.map(({ from, to }) => {
    const deviation = DEVIATIONS[initialization](from, to);
    return times(to, () => times(from, () => random.normal(0, deviation)));
  });
  return { weights, biases: layers.map(({ to }) => times(to, () => random.normal())), hidden };
}

// z and a of each layer for one example, the input being the first a. Loops, as this is what a picture waits for.
function through({ weights, biases, hidden }, x) {
  const [zs, as] = [[], [x]];
  for (let l = 0; l < weights.length; l++) {
    const [rows, before] = [weights[l], as[l]];
    const activation = l === weights.length - 1 ? sigmoid : ACTIVATIONS[hidden].at;
    const z = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      let sum = biases[l][i];
      for (let j = 0; j < before.length; j++) sum += rows[i][j] * before[j];
      z[i] = sum;
    }
    zs.push(z);
    as.push(z.map(activation));
  }
  return { zs, as };
}

export const output = (network, x) => through(network, x).as.at(-1);

// The mean cross-entropy, from z, exact where a would round to 0 or 1.
export function loss(network, xs, ys) {
  let sum = 0;
  xs.forEach((x, i) =>
    through(network, x).zs.at(-1).forEach((z, k) => {
      sum += Math.max(z, 0) - z * ys[i][k] + Math.log1p(Math.exp(-Math.abs(z)));
    }),
  );
  return sum / xs.length;
}

// The gradient of the mean cost over the examples, shaped as weights and biases.
export function gradient(network, xs, ys) {
  const { weights, biases, hidden } = network;
  const slope = ACTIVATIONS[hidden].slope;
  const nablaW = weights.map((rows) => rows.map((row) => row.map(() => 0)));
  const nablaB = biases.map((row) => row.map(() => 0));
  xs.forEach((x, example) => {
    const { zs, as } = through(network, x);
    let delta = as.at(-1).map((a, k) => a - ys[example][k]);
    for (let l = weights.length - 1; l >= 0; l--) {
      for (let i = 0; i < delta.length; i++) {
        const share = delta[i] / xs.length;
        nablaB[l][i] += share;
        for (let j = 0; j < as[l].length; j++) nablaW[l][i][j] += share * as[l][j];
      }
      if (l > 0) delta = back(delta, weights[l], zs[l - 1], slope);
    }
  });
  return { weights: nablaW, biases: nablaB };
}

// δ of the layer before: (wᵀδ) times the slope of its activation.
function back(delta, rows, z, slope) {
  return z.map((value, j) => {
    let sum = 0;
    for (let i = 0; i < delta.length; i++) sum += delta[i] * rows[i][j];
    return sum * slope(value);
  });
}
