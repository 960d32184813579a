/**
 * The standard theta method as Assimakopoulos & Nikolopoulos (2000) define it: decompose into the regression line (θ = 0) and
 * the line with twice the curvature (θ = 2), extrapolate the second by simple smoothing, average the two.
 *
 * @param alpha smoothing weight; the level before the first value is the one with the least squared error.
 */
export function thetaByDefinition(y: readonly number[], alpha: number, h: number): number[] {
  const n = y.length;
  const meanTime = (n + 1) / 2;
  const meanValue = y.reduce((sum, value) => sum + value, 0) / n;
  let covariance = 0;
  let variance = 0;
  y.forEach((value, i) => {
    covariance += (i + 1 - meanTime) * (value - meanValue);
    variance += (i + 1 - meanTime) ** 2;
  });
  const slope = covariance / variance;
  const line = (time: number) => meanValue + slope * (time - meanTime);
  const curved = y.map((value, i) => 2 * value - line(i + 1));

  // Errors are linear in the first level: e_t = (errors from level 0) − level · (1 − α)^t.
  let fromZero = 0;
  let top = 0;
  let bottom = 0;
  curved.forEach((value, t) => {
    const weight = (1 - alpha) ** t;
    top += (value - fromZero) * weight;
    bottom += weight ** 2;
    fromZero += alpha * (value - fromZero);
  });
  let level = top / bottom;
  for (const value of curved) level += alpha * (value - level);
  return Array.from({ length: h }, (_, i) => (level + line(n + 1 + i)) / 2);
}
