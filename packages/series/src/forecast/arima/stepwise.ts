import type { ArimaDesign } from './design.ts';
import { type ArimaEstimate, estimateArima } from './estimate.ts';
import type { ArimaOrder } from './order.ts';
import { isAdmissible } from './roots.ts';

/** Bounds of a search. */
export interface SearchLimits {
  readonly p: number;
  readonly q: number;
  readonly P: number;
  readonly Q: number;
  /** At most this many models are estimated. */
  readonly models: number;
  /** The search ends when its estimations have taken about this many multiplications. */
  readonly work: number;
}

export interface Candidate {
  readonly order: ArimaOrder;
  readonly estimate: ArimaEstimate;
}

export interface SearchResult {
  /** All admissible candidates, the best first. */
  readonly candidates: readonly Candidate[];
  /** How many models were estimated. */
  readonly models: number;
  readonly work: number;
}

export interface SearchOptions {
  readonly limits: SearchLimits;
  readonly method: 'exact' | 'conditional';
  /** The design for the given constant; null when it leaves nothing to explain. */
  design(constant: boolean): ArimaDesign | null;
  readonly start: ArimaOrder;
  /** Whether models with and without a constant both count. */
  readonly optionalConstant: boolean;
}

type Step = readonly [p: number, q: number, P: number, Q: number];

/** In the order in which they are tried. */
const STEPS: readonly Step[] = [
  [0, 0, -1, 0],
  [0, 0, 0, -1],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0, 0, -1, -1],
  [0, 0, -1, 1],
  [0, 0, 1, -1],
  [0, 0, 1, 1],
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [-1, -1, 0, 0],
  [-1, 1, 0, 0],
  [1, -1, 0, 0],
  [1, 1, 0, 0],
];

/**
 * Looks for the orders with the least AICc: from four simple models to ever better neighbours, one or two orders away, until no
 * neighbour is better.
 *
 * Source: Hyndman & Khandakar (2008), Journal of Statistical Software 27(3), 3.2, in the order of steps of R forecast 8.20.
 */
export function stepwiseSearch(options: SearchOptions): SearchResult {
  const { limits, start, optionalConstant } = options;
  const tried = new Map<string, Candidate | null>();
  let work = 0;
  const spent = () => tried.size >= limits.models || work >= limits.work;

  let best: Candidate | null = null;
  const attempt = (order: ArimaOrder): Candidate | null => {
    const key = `${order.p} ${order.q} ${order.P} ${order.Q} ${order.constant}`;
    const known = tried.get(key);
    if (known !== undefined) return null;
    const design = options.design(order.constant);
    const possible = design !== null && design.used > order.p + order.q + order.P + order.Q + 1;
    const toBeat = best?.estimate.aicc;
    const estimate = possible
      ? estimateArima(
          { ...design, order },
          { method: options.method, precision: 'search', ...(toBeat && { toBeat }) },
        )
      : null;
    work += estimate?.work ?? 0;
    const good =
      estimate !== null &&
      estimate.aicc < Number.POSITIVE_INFINITY &&
      isAdmissible(estimate.coefficients, order);
    const candidate = good ? { order, estimate } : null;
    tried.set(key, candidate);
    return candidate;
  };

  const improve = (order: ArimaOrder): boolean => {
    const candidate = attempt(order);
    if (candidate === null) return false;
    if (best !== null && candidate.estimate.aicc >= best.estimate.aicc) return false;
    best = candidate;
    return true;
  };

  for (const order of firstModels(start, limits, optionalConstant)) improve(order);
  let moved = best !== null;
  while (moved && !spent()) {
    moved = false;
    const from = (best as unknown as Candidate).order;
    for (const [p, q, P, Q] of STEPS) {
      const next = { ...from, p: from.p + p, q: from.q + q, P: from.P + P, Q: from.Q + Q };
      if (!within(next, limits) || spent()) continue;
      if (improve(next)) {
        moved = true;
        break;
      }
    }
    if (!moved && optionalConstant && !spent()) {
      moved = improve({ ...from, constant: !from.constant });
    }
  }
  const candidates = [...tried.values()]
    .filter((candidate) => candidate !== null)
    .sort((a, b) => a.estimate.aicc - b.estimate.aicc);
  return { candidates, models: tried.size, work };
}

function firstModels(
  start: ArimaOrder,
  limits: SearchLimits,
  optionalConstant: boolean,
): ArimaOrder[] {
  const none = { ...start, p: 0, q: 0, P: 0, Q: 0 };
  const models = [
    start,
    none,
    { ...none, p: Math.min(1, limits.p), P: Math.min(1, limits.P) },
    { ...none, q: Math.min(1, limits.q), Q: Math.min(1, limits.Q) },
  ];
  if (optionalConstant) models.push({ ...none, constant: false });
  return models;
}

function within({ p, q, P, Q }: ArimaOrder, limits: SearchLimits): boolean {
  return (
    Math.min(p, q, P, Q) >= 0 && p <= limits.p && q <= limits.q && P <= limits.P && Q <= limits.Q
  );
}
