/**
 * Adam: steps of gradient descent scaled by running moments of the gradient, for losses that are seen in parts.
 *
 * @param d number of weights.
 * @returns moves `weights` against `gradient` in place.
 *
 * Source: Kingma & Ba (2015), algorithm 1, with its defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 */
export function createAdam(
  d: number,
  rate: number,
): (weights: Float64Array, gradient: Float64Array) => void {
  const first = new Float64Array(d);
  const second = new Float64Array(d);
  let power1 = 1;
  let power2 = 1;
  return (weights, gradient) => {
    power1 *= 0.9;
    power2 *= 0.999;
    for (let i = 0; i < d; i++) {
      const g = gradient[i]!;
      first[i] = 0.9 * first[i]! + 0.1 * g;
      second[i] = 0.999 * second[i]! + 0.001 * g * g;
      const size = Math.sqrt(second[i]! / (1 - power2)) + 1e-8;
      weights[i]! -= (rate * (first[i]! / (1 - power1))) / size;
    }
  };
}
