import { z } from 'zod';

const number = z.number().nullable();

/** What `kizashi cluster FILE --json` prints, as far as it is shown; the rest stays for the download. */
export const clusterSchema = z.looseObject({
  method: z.string(),
  columns: z.array(z.string()),
  k: z.int(),
  chosen: z.enum(['asked', 'found']),
  silhouette: number,
  clusters: z.array(
    z.looseObject({
      cluster: z.int(),
      size: z.int(),
      share: z.number(),
      centre: z.record(z.string(), z.number()),
      silhouette: number,
    }),
  ),
  counts: z
    .array(z.looseObject({ k: z.int(), silhouette: number, gap: z.number(), gapError: z.number() }))
    .nullable(),
  rows: z.array(
    z.looseObject({ line: z.int(), id: z.string().optional(), cluster: z.int().nullable() }),
  ),
  sample: z.array(z.looseObject({ line: z.int(), cluster: z.int(), values: z.array(z.number()) })),
  rowsSkipped: z.int(),
  rowsRejected: z.int(),
  warnings: z.array(z.looseObject({ code: z.string(), message: z.string() })),
});
export type ClusterFound = z.infer<typeof clusterSchema>;
