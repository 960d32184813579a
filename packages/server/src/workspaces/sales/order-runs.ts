import { LINE_KIND } from './store/tables.ts';

/** Each 1 for the first line of its order, of the order's product, of the order's hour; else 0. */
export interface FirstOf {
  ofOrder: 0 | 1;
  ofProduct: 0 | 1;
  ofHour: 0 | 1;
}

const NEITHER: FirstOf = { ofOrder: 0, ofProduct: 0, ofHour: 0 };

/**
 * Marks, in the order in which lines are stored, where an order, a product of it and an hour of it first occur, so
 * that distinct orders become sums. Looks at runs: an order that comes back after another one is marked again, and
 * is found (two first lines) and counted one by one. Only sales count; other lines pass between without a mark.
 */
export function createOrderRuns() {
  let order: string | undefined;
  const products = new Set<number>();
  const hours = new Set<number>();
  return {
    /** @param hour any number that tells the order's hours apart. */
    next(
      line: { readonly order_code: string; readonly kind: number },
      product: number,
      hour: number,
    ): FirstOf {
      if (line.kind !== LINE_KIND.sale) return NEITHER;
      const isNew = line.order_code !== order;
      if (isNew) {
        order = line.order_code;
        products.clear();
        hours.clear();
      }
      const first: FirstOf = {
        ofOrder: isNew ? 1 : 0,
        ofProduct: products.has(product) ? 0 : 1,
        ofHour: hours.has(hour) ? 0 : 1,
      };
      products.add(product);
      hours.add(hour);
      return first;
    },
  };
}
