import { z } from 'zod';

const number = z.number();

/** Beside the forecast of one series, in the document that `kizashi stock FILE --json` prints. */
const stockSchema = z.looseObject({
  status: z.enum(['order', 'enough']),
  orderQuantity: number,
  reorderPoint: number,
  safetyStock: number,
  demand: number,
  leadTimeDemand: number,
  orderUpTo: number,
  shortageWithoutOrder: number,
  onHand: number,
  onOrder: number,
  leadTime: number,
});
export type StockNeeded = z.infer<typeof stockSchema>;

const oneSchema = z.looseObject({
  model: z.string().nullable(),
  step: z.string().optional(),
  stock: stockSchema.nullable(),
});

/** All series by their names: every one is a row of the table. */
export const stockDocumentSchema = z
  .object({ series: z.record(z.string(), oneSchema) })
  .transform(({ series }) => new Map(Object.entries(series)));
export type StockFound = z.infer<typeof stockDocumentSchema>;
