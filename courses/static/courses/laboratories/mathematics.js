// What the laboratories compute; mlcore computes the same, and tests hold one against the other.

// Written in two halves, so that no exponential overflows.
export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
export const sigmoidPrime = (z) => sigmoid(z) * (1 - sigmoid(z));
export const sigmoidInverse = (a) => Math.log(a / (1 - a));

// The weight that makes a neuron a step, as in the chapter.
export const STEEP = 1000;

// A neuron that steps at s: σ(w(x − s)).
export const step = (x, s, weight = STEEP) => sigmoid(weight * (x - s));
