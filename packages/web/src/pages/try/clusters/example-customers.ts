import { seeded } from '../random.ts';

/** Three kinds of customers, made up: by visits a year, money a visit, and days since the last. */
const kinds = [
  { name: 'regular', visits: 40, spent: 18, days: 9 },
  { name: 'weekend', visits: 14, spent: 62, days: 24 },
  { name: 'once', visits: 3, spent: 33, days: 160 },
] as const;

/** A made-up file of customers in which three groups can be found. */
export function exampleCustomers(): File {
  const random = seeded(5);
  const around = (value: number) => value * (1 + 0.35 * (random() + random() + random() - 1.5));
  const rows = Array.from({ length: 180 }, (_, i) => {
    const { visits, spent, days } = kinds[i % kinds.length]!;
    return [
      `C${i + 1}`,
      Math.max(1, Math.round(around(visits))),
      around(spent).toFixed(2),
      Math.max(0, Math.round(around(days))),
    ].join();
  });
  const text = ['customer,visits,spent_per_visit,days_since', ...rows, ''].join('\n');
  return new File([text], 'customers.csv');
}
