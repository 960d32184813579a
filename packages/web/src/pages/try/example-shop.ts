import { seeded } from './random.ts';

const CUSTOMERS = 240;
const DAYS = 540;
const DAY_MS = 86_400_000;
const tastes = [
  ['green tea', 'black tea', 'teapot', 'tea cups', 'biscuits', 'honey'],
  ['notebook', 'fountain pen', 'ink', 'paper', 'envelopes', 'stamps'],
] as const;

/** Purchases of a made-up shop: two tastes, customers who buy at their own pace until most of them leave. */
export function exampleShop(): File {
  const random = seeded(7);
  const rows = ['order,customer,date,item,quantity,price'];
  let order = 1000;
  for (let c = 1; c <= CUSTOMERS; c++) {
    const rate = 0.004 + 0.05 * random() ** 2;
    const leaving = 0.5 * random() ** 2;
    const dear = 0.5 + 3 * random() ** 3;
    const taste = tastes[c % 2]!;
    let day = Math.floor(0.7 * DAYS * random());
    do {
      order++;
      const first = Math.floor(taste.length * random());
      // What stands beside each other is often bought together.
      const items = random() < 0.6 ? [first, (first + 1) % taste.length] : [first];
      for (const item of items) {
        const date = new Date(Date.UTC(2025, 0, 1) + day * DAY_MS).toISOString().slice(0, 10);
        const price = (dear * (6 + item + 6 * random())).toFixed(2);
        const quantity = 1 + Math.floor(2 * random() ** 3);
        rows.push([order, `C${c}`, date, taste[item], quantity, price].join());
      }
      day += 1 + Math.floor(-Math.log(1 - random()) / rate);
    } while (day < DAYS && random() > leaving);
  }
  return new File([`${rows.join('\n')}\n`], 'shop.csv');
}
