/** X[k] = Σ y[t] exp(−2πi k t / n), term by term. */
export function fourierByDefinition(
  re: Float64Array,
  im: Float64Array,
): { re: Float64Array; im: Float64Array } {
  const n = re.length;
  const out = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < n; t++) {
      const angle = (-2 * Math.PI * ((k * t) % n)) / n;
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      out.re[k] = out.re[k]! + re[t]! * cos - im[t]! * sin;
      out.im[k] = out.im[k]! + re[t]! * sin + im[t]! * cos;
    }
  }
  return out;
}
