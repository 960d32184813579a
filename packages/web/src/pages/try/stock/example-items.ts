import { seeded } from '../random.ts';

const DAYS = 180;
const DAY_MS = 86_400_000;
/** Made-up items: pieces sold a day, how much more at weekends, and what is left. */
const items = [
  { name: 'green tea', daily: 14, weekend: 1.8, stock: 60 },
  { name: 'notebook', daily: 6, weekend: 0.6, stock: 240 },
  { name: 'teapot', daily: 1.4, weekend: 1.5, stock: 9 },
] as const;

/** Daily sales of a made-up shop with the stock at the end of each day. */
export function exampleItems(): File {
  const random = seeded(3);
  const rows = items.flatMap(({ name, daily, weekend, stock }) =>
    Array.from({ length: DAYS }, (_, i) => {
      const day = new Date(Date.UTC(2026, 0, 1) + i * DAY_MS);
      const factor = [0, 6].includes(day.getUTCDay()) ? weekend : 1;
      const sold = Math.max(0, Math.round(daily * factor * (0.5 + random())));
      return [
        name,
        day.toISOString().slice(0, 10),
        sold,
        i === DAYS - 1 ? stock : stock + sold,
      ].join();
    }),
  );
  return new File([['item,date,sold,stock', ...rows, ''].join('\n')], 'items.csv');
}
