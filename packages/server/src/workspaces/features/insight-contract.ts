import { z } from 'zod';

// What the pages look into: the parts of one series, its patterns, the quality of what was computed, number games.

const loto = z.string().min(1).max(255);
const uniqueId = z.string().min(1).max(255);
const column = z.array(z.number().nullable());
const whole = z.coerce.number().int();

/** GET /api/features/insight/decomposition?loto&uniqueId&period&robust */
export const decompositionQuery = z.object({
  loto,
  uniqueId,
  /** Samples; the strongest of the usual ones when left out. */
  period: whole.min(2).max(100_000).optional(),
  robust: z.enum(['true', 'false']).default('false'),
});
export const decompositionSchema = z.object({
  /** Everything below is empty unless `ok`. */
  status: z.enum(['ok', 'no-values', 'no-season', 'too-short', 'too-long']),
  period: z.int().nullable(),
  /** One value for each point, in the order of the points. */
  trend: column,
  seasonal: column,
  remainder: column,
  /** 0..1: how much of what is not the other part it explains. */
  trendStrength: z.number().nullable(),
  seasonStrength: z.number().nullable(),
});
export type SeriesDecomposition = z.infer<typeof decompositionSchema>;

/** GET /api/features/insight/patterns?loto&uniqueId&window&top */
export const patternsQuery = z.object({
  loto,
  uniqueId,
  /** Points; a tenth of the series, at most 50, when left out. */
  window: whole.min(3).max(100_000).optional(),
  top: whole.min(1).max(20).default(3),
});
export const patternsSchema = z.object({
  status: z.enum(['ok', 'no-values', 'too-short', 'too-long']),
  window: z.int().nullable(),
  /** Windows most alike, by the place of their first points; distance 0 … 2√window after scaling. */
  motifs: z.array(z.object({ first: z.int(), second: z.int(), distance: z.number() })),
  /** Windows most unlike every other. */
  discords: z.array(z.object({ start: z.int(), distance: z.number() })),
});
export type SeriesPatterns = z.infer<typeof patternsSchema>;

/** GET /api/features/insight/quality?table=stat&loto&correlation=0.95 */
export const qualityQuery = z.object({
  table: z.enum(['hist', 'stat']).default('stat'),
  loto: loto.optional(),
  /** Pairs at least this much correlated, whatever the sign, are listed. */
  correlation: z.coerce.number().min(0.5).max(1).default(0.95),
});
export const qualitySchema = z.object({
  /** Rows and series there are, and those that were looked at. */
  rows: z.int(),
  series: z.int(),
  rowsRead: z.int(),
  seriesRead: z.int(),
  features: z.array(
    z.object({
      set: z.string(),
      name: z.string(),
      /** 0..1 of the rows that were looked at. */
      missing: z.number(),
      infinite: z.number(),
      /** One and the same value in all rows that have one. */
      constant: z.boolean(),
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
  ),
  /** The most correlated pairs; values as `set: name`. */
  pairs: z.array(z.object({ a: z.string(), b: z.string(), correlation: z.number() })),
  pairsFound: z.int(),
  /** Features that correlations were computed for: those that vary and are not mostly missing. */
  featuresCompared: z.int(),
  rowsCompared: z.int(),
});
export type FeatureQuality = z.infer<typeof qualitySchema>;

/** GET /api/features/insight/lotteries: groups with series called N1, N2 … */
export const lotteriesSchema = z.object({
  items: z.array(z.object({ loto: z.string(), draws: z.int() })),
});

/** GET /api/features/insight/lottery?loto&window */
export const lotteryQuery = z.object({ loto, window: whole.min(2).max(10_000).default(30) });
const chiSquare = z.object({
  statistic: z.number().nullable(),
  freedom: z.number().nullable(),
  pValue: z.number().nullable(),
});
const group = z.object({ numbers: z.array(z.int()), count: z.int() });
export const lotterySchema = z.object({
  loto: z.string(),
  /** `set`: different numbers of one pool; `digits`: drawn one by one; `blocks`: each place from numbers of its own. */
  kind: z.enum(['set', 'digits', 'blocks']),
  lowest: z.int(),
  highest: z.int(),
  /** Numbers in a draw. */
  perDraw: z.int(),
  draws: z.int(),
  window: z.int(),
  timeKind: z.enum(['date', 'datetime', 'index']),
  first: z.number(),
  last: z.number(),
  newest: z.array(z.int()),
  numbers: z.array(
    z.object({
      number: z.int(),
      count: z.int(),
      recent: z.int(),
      /** 1: a standard deviation more often than chance in the last `window` draws; −1: as much less. */
      heat: z.int().min(-1).max(1),
      /** Draws since it came last, 0 in the newest. */
      gap: z.int().nullable(),
      longestGap: z.int(),
      streak: z.int(),
    }),
  ),
  /** Draws that a number stays away on average. */
  expectedGap: z.number(),
  pairs: z.array(group),
  /** How often chance brings two given numbers together in as many draws. */
  expectedPair: z.number(),
  triples: z.array(group),
  /** Small p-values would speak against independent draws. */
  tests: z.object({
    /** Every number equally often. */
    frequencies: chiSquare,
    /** The sums of the draws in no order. */
    runs: z.object({
      runs: z.int(),
      expected: z.number().nullable(),
      statistic: z.number().nullable(),
      pValue: z.number().nullable(),
    }),
    /** The sum of a draw independent of the one before. */
    serial: chiSquare,
  }),
  /** Money carried over to the next draw, where the data say it. */
  carryOver: z.object({ t: z.array(z.number()), y: column }).nullable(),
});
export type LotteryInsight = z.infer<typeof lotterySchema>;
