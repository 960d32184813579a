import type { ValueFormat } from '../csv/contract.ts';
import { createMeasureParser } from './cells.ts';

// What guessing which column is what is made of.

/** Share of cells that are numbers in a column of numbers that nobody named. */
export const MOSTLY = 0.9;

/** Whether at least this share of the cells that hold something are numbers. */
export function looksMeasured(
  samples: readonly string[],
  format: ValueFormat,
  share: number,
): boolean {
  const measure = createMeasureParser(format);
  const texts = filled(samples);
  if (texts.length === 0) return false;
  const numbers = texts.filter((text) => measure(text) !== undefined).length;
  return numbers >= texts.length * share;
}

export function filled(samples: readonly string[]): readonly string[] {
  return samples.filter((text) => text.trim() !== '');
}

/** The column called the first of these names that one is called, where it fits. */
export function bestNamed(
  known: readonly string[],
  names: readonly string[],
  fits: (index: number) => boolean,
): number | null {
  const plainNames = names.map(plainName);
  for (const name of known) {
    const index = plainNames.findIndex((other, i) => other === name && fits(i));
    if (index !== -1) return index;
  }
  return null;
}

/** A column's name without the ways to write it. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./()#:*]/g, '');
}
