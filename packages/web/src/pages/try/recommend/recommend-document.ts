import { z } from 'zod';

const number = z.number();

/** What `kizashi recommend FILE --json` prints, as far as it is shown; the rest stays for the download. */
export const recommendSchema = z.looseObject({
  model: z.string(),
  items: z.int(),
  itemsIgnored: z.int(),
  customers: z.array(
    z.looseObject({
      id: z.string(),
      status: z.enum(['ok', 'popular']),
      buyAgain: z.array(
        z.looseObject({
          item: z.string(),
          score: number,
          times: number,
          lastDate: z.string().nullable(),
          demand: number,
        }),
      ),
      discover: z.array(
        z.looseObject({
          item: z.string(),
          score: number,
          because: z.string().nullable(),
          demand: number,
        }),
      ),
    }),
  ),
  baskets: z.int(),
  rulesComplete: z.boolean(),
  rules: z.array(
    z.looseObject({
      antecedent: z.array(z.string()),
      consequent: z.string(),
      count: z.int(),
      support: number,
      confidence: number,
      lift: number,
    }),
  ),
  rows: z.object({ read: z.int(), rejected: z.int(), returns: z.int(), later: z.int() }),
});
export type RecommendFound = z.infer<typeof recommendSchema>;
