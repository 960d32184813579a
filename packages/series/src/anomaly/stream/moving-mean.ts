/** Mean of the last `window` values, of all while there are fewer. Takes one value at a time, in O(1). */
export function createMovingMean(window: number): (value: number) => number {
  const last = new Float64Array(window);
  let n = 0;
  let sum = 0;
  return (value) => {
    const place = n % window;
    sum += value - last[place]!;
    last[place] = value;
    n++;
    // Summed anew once a round, so that rounding does not add up.
    if (place === window - 1) {
      sum = 0;
      for (let i = 0; i < window; i++) sum += last[i]!;
    }
    return sum / Math.min(n, window);
  };
}
