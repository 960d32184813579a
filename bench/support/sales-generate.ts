/**
 * Seeded sales as CSV, in the shape of a shop of three years: 2.5 lines an order, a quarter of the orders without a
 * customer, 90 % of the customers in one country and 0.2 % of the orders elsewhere, a few customers and products with most
 * of the sales, 2 % cancelled.
 *
 *   node bench/sales-generate.ts <lines> <file.csv>
 *
 * 10,000,000 lines give 4 million orders and 189,000 customers in about 550 MB. The same number gives the same bytes.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const LINES_AN_ORDER = 2.5;
const ORDERS_A_CUSTOMER = 21;
const PRODUCTS = 4_000;
const DAYS = 1_096;
const FIRST_DAY = Date.UTC(2022, 0, 1);
const PIECE = 1 << 20;

/** Lehmer's generator with Park and Miller's multiplier, in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export const generatedHeader = 'order,time,product,quantity,price,customer,country\n';

/** Writes `lines` rows and returns the size in bytes. */
export async function generateSales(path: string, lines: number, seed = 42): Promise<number> {
  const random = createRandom(seed);
  const orders = Math.ceil(lines / LINES_AN_ORDER);
  const customers = Math.max(
    50,
    Math.round((orders * 0.75 * LINES_AN_ORDER) / ORDERS_A_CUSTOMER / 1.9),
  );
  const file = createWriteStream(path);
  let text = generatedHeader;
  let written = 0;
  for (let order = 0; written < lines; order++) {
    const minute = Math.floor((order / orders) * DAYS) * 1440 + 480 + Math.floor(random() * 600);
    const time = new Date(FIRST_DAY + minute * 60_000).toISOString().slice(0, 16).replace('T', ' ');
    const who = random() < 0.25 ? 0 : 10_000 + Math.floor(customers * random() ** 1.6);
    const customer = who === 0 ? '' : String(who);
    // A customer stays in one country but for two orders in a thousand.
    const home = who === 0 || random() < 0.002 ? Math.floor(random() * 370) : (who * 7_919) % 370;
    const country = home >= 37 ? 'United Kingdom' : `Country ${home}`;
    const count = order % 2 === 0 ? 3 : 2;
    const cancelled = random() < 0.02;
    for (let i = 0; i < count && written < lines; i++, written++) {
      const product = 20_000 + Math.floor(PRODUCTS * random() ** 2);
      const quantity = (1 + Math.floor(random() * 10)) * (cancelled ? -1 : 1);
      const price = (0.5 + Math.floor(random() * 2000) / 100).toFixed(2);
      text += `${cancelled ? 'C' : ''}${500_000 + order},${time},${product},${quantity},${price},${customer},${country}\n`;
    }
    if (text.length > PIECE) {
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
  }
  file.end(text);
  await finished(file);
  return file.bytesWritten;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [lines, path] = process.argv.slice(2);
  if (lines === undefined || path === undefined) {
    console.log('node bench/sales-generate.ts <lines> <file.csv>');
  } else {
    console.log(`${await generateSales(path, Number(lines))} bytes in ${path}`);
  }
}
