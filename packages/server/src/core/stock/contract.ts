import { z } from 'zod';

// Runs in the browser too: imports nothing but the schema library.

const column = z.string().min(1).max(1000);
/** A number for all series, or the column of the file whose last value it is for each. */
const quantity = (least: z.ZodNumber) => z.union([least, column]);
const notNegative = z.number().min(0).max(1e12);

/** How stock is kept, besides the forecast of demand. Times are in steps of the file. */
export const stockChoices = {
  /** From an order to its arrival. */
  leadTime: quantity(z.number().min(0).max(5000)),
  /** Standard deviation of the lead time. */
  leadTimeDeviation: z.number().min(0).max(5000).default(0),
  /** From one order to the next. */
  reviewPeriod: z.number().gt(0).max(5000).default(1),
  /** Probability of no shortage until the next order arrives. */
  serviceLevel: z.number().gt(0).lt(1).default(0.95),
  /** Correlation of the forecast's errors of different steps. */
  errorCorrelation: z.number().min(0).max(1).default(0),
  onHand: quantity(z.number().min(-1e12).max(1e12)).default(0),
  /** Ordered and not yet there. */
  onOrder: quantity(notNegative).default(0),
  /** Orders are whole multiples of this; 0 for any quantity. */
  lotSize: quantity(notNegative).default(1),
};
export const stockChoicesSchema = z.object(stockChoices);
export type StockChoices = z.output<typeof stockChoicesSchema>;
