import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One line of a sale to a known customer: positive quantity and price, no cancellation. */
export interface RetailLine {
  readonly invoice: string;
  readonly stock: string;
  readonly quantity: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly price: number;
  readonly customer: string;
}

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../shared/reference');

/** Folder of the reference data on forecasting, or null (which is said) where it is not at hand. */
export function referenceFolder(): string | null {
  const folder = join(root, 'forecast');
  if (existsSync(folder)) return folder;
  console.log(`skipped: no reference data at ${folder}; set KIZASHI_REFERENCE`);
  return null;
}

/** UCI Online Retail (Chen 2015, doi 10.24432/C5BW33, CC BY 4.0), cleaned as the peers' figures were. */
export function readOnlineRetail(folder: string): RetailLine[] {
  const text = gunzipSync(readFileSync(join(folder, 'sales/online_retail.csv.gz'))).toString();
  return text.split('\n').flatMap((line) => {
    const [invoice, stock, quantity, time, price, customer] = line.split(',');
    if (!customer || invoice!.startsWith('C') || !(Number(quantity) > 0 && Number(price) > 0)) {
      return [];
    }
    const day = Date.parse(`${time!.slice(0, 10)}T00:00Z`) / 86_400_000;
    return [
      {
        invoice: invoice!,
        stock: stock!,
        quantity: Number(quantity),
        day,
        price: Number(price),
        customer,
      },
    ];
  });
}

/** Codes 0, 1, 2 … of names, in the order they come. */
export function coder(): { code(name: string): number; readonly names: string[] } {
  const known = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    code(name) {
      let code = known.get(name);
      if (code === undefined) {
        code = names.push(name) - 1;
        known.set(name, code);
      }
      return code;
    },
  };
}
