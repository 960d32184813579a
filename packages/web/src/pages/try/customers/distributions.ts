import { aliveOf, type CustomerFound } from './customers-document.ts';

export const distributions = ['alive', 'expected', 'segment', 'action'] as const;
export type Distribution = (typeof distributions)[number];

/** Customers of one kind: a range of numbers, `from` included and `to` not, or a name. */
export type Share =
  | { readonly from: number; readonly to: number | null; readonly count: number }
  | { readonly name: string; readonly count: number };

const TENTHS = Array.from({ length: 10 }, (_, i) => i / 10);
/** Few customers buy often: each range is twice as wide as the one before. */
const PURCHASES = [0, 0.25, 0.5, 1, 2, 4, 8, 16];

/** How customers are spread; those of whom it is not known are in no share. Names come by their number. */
export function distributionOf(
  customers: readonly CustomerFound[],
  distribution: Distribution,
): readonly Share[] {
  switch (distribution) {
    case 'alive':
      return ranges(customers.map(aliveOf), TENTHS, 1);
    case 'expected':
      return ranges(
        customers.map(({ expected }) => expected),
        PURCHASES,
        null,
      );
    case 'segment':
      return names(customers.map(({ segment }) => segment));
    case 'action':
      return names(customers.flatMap(({ retention }) => retention?.action ?? []));
  }
}

function ranges(values: readonly (number | null)[], starts: readonly number[], end: number | null) {
  const counts = starts.map(() => 0);
  for (const value of values) {
    if (value === null) continue;
    const place = starts.findLastIndex((start) => value >= start);
    if (place >= 0) counts[place]!++;
  }
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? end, count: counts[i]! }));
}

function names(values: readonly string[]) {
  return [...Map.groupBy(values, (name) => name)]
    .map(([name, all]) => ({ name, count: all.length }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
