/** Frequencies as the peer labels them: two decimals, halves to even, never without a decimal point: `25.0Hz`, `3.12Hz`. */
export function frequencyNames(frequencies: readonly number[]): readonly string[] {
  return frequencies.map((frequency) => {
    const rounded = roundHalfEven(frequency * 100) / 100;
    return `${Number.isInteger(rounded) ? rounded.toFixed(1) : rounded}Hz`;
  });
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
