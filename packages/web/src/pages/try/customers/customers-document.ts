import { z } from 'zod';

const number = z.number().nullable();
const fit = {
  status: z.enum(['ok', 'degenerate', 'none']),
  logLikelihood: number,
  problems: z.array(z.looseObject({ code: z.string() })),
};
const next = z.looseObject({
  probability: z.number(),
  date: z.string(),
  lower: z.string(),
  upper: z.string(),
});

/** What `kizashi customers FILE --json` prints, as far as it is shown; the rest stays for the download. */
export const customersSchema = z.looseObject({
  until: z.string(),
  horizonDays: z.int(),
  months: z.int(),
  model: z.enum(['bg-nbd', 'pareto-nbd', 'nbd', 'none']),
  bgnbd: z.looseObject({ r: number, alpha: number, a: number, b: number, ...fit }),
  paretoNbd: z.looseObject({ r: number, alpha: number, s: number, beta: number, ...fit }),
  gammaGamma: z.looseObject({ p: number, q: number, v: number, ...fit }),
  nextPurchase: z.looseObject({
    horizonDays: z.number(),
    level: z.number(),
    measured: z.looseObject({ coverage: number }).nullable(),
  }),
  within: z
    .looseObject({
      status: z.string(),
      horizonDays: z.int(),
      measured: z.looseObject({ auc: number, share: z.number(), mean: z.number() }).nullable(),
    })
    .nullable(),
  customers: z.array(
    z.looseObject({
      id: z.string(),
      purchases: z.int(),
      lastDate: z.string(),
      spent: z.number(),
      pAlive: number,
      pAliveStatus: z.enum(['ok', 'one-purchase', 'no-dropout-model']),
      pAliveParetoNbd: number,
      expected: number,
      value: z.number(),
      lifetimeValue: number,
      segment: z.string(),
      next: next.nullable(),
      retention: z
        .looseObject({
          action: z.string(),
          atStake: z.number(),
          reasons: z.array(
            z.object({ code: z.string(), values: z.record(z.string(), z.number()) }),
          ),
        })
        .nullable(),
      within: z.looseObject({ probability: z.number() }).nullable(),
    }),
  ),
  rows: z.object({ read: z.int(), rejected: z.int(), returns: z.int(), later: z.int() }),
});
export type CustomersFound = z.infer<typeof customersSchema>;
export type CustomerFound = CustomersFound['customers'][number];

/** Probability of not having left; of one-time buyers BG/NBD says 1 whatever happened, which is no finding. */
export function aliveOf({ pAlive, pAliveStatus, pAliveParetoNbd }: CustomerFound): number | null {
  return pAliveStatus === 'ok' ? pAlive : pAliveParetoNbd;
}
