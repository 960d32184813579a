import { describe, expect, it } from 'vitest';
import { palettes } from './palette.ts';

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each(Object.entries(palettes))('the %s palette', (_, palette) => {
  it('has text that stands out at 4.5 to 1', () => {
    expect(contrast(palette.text, palette.surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['actual', 'forecast', 'previous', 'alarm'] as const)(
    'has a line for %s that stands out at 3 to 1',
    (line) => {
      expect(contrast(palette[line], palette.surface)).toBeGreaterThanOrEqual(3);
    },
  );
});
