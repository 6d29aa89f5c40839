// What the laboratories compute; mlcore computes the same, and tests hold one against the other.

// Written in two halves, so that no exponential overflows.
export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
// Not σ(1 − σ): small slopes would be lost where σ rounds to 1.
export const sigmoidPrime = (z) => Math.exp(-Math.abs(z)) / (1 + Math.exp(-Math.abs(z))) ** 2;
export const sigmoidInverse = (a) => Math.log(a / (1 - a));

// The weight that makes a neuron a step, as in the chapter.
export const STEEP = 1000;

// A neuron that steps at s: σ(w(x − s)).
export const step = (x, s, weight = STEEP) => sigmoid(weight * (x - s));
