import { createRandom } from '../../../testing/random.ts';

const DAY = 86_400_000;

/** Seeded daily series in long form: `n` points for each name. */
export function seriesCsv(names: readonly string[], n: number, seed = 1): string {
  const random = createRandom(seed);
  const rows = ['unique_id,ds,y'];
  for (let i = 0; i < n; i++) {
    const ds = new Date(Date.UTC(2024, 0, 1) + i * DAY).toISOString().slice(0, 10);
    for (const name of names) {
      rows.push(`${name},${ds},${(10 * Math.sin(i / 3) + random() * 4).toFixed(3)}`);
    }
  }
  return `${rows.join('\n')}\n`;
}
