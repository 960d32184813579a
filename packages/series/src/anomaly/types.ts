/** The shapes that every anomaly detector of this library shares. Plain data except `AnomalyDetector`. */

/** Stable codes, so that a page can say the same in its reader's language. */
export type AnomalyReasonCode =
  /** Values of the last `points` points are above (below) what they usually are. */
  | 'high'
  | 'low'
  /** The mean of the last `points` points rose (fell) against the four times longer stretch that ends here. */
  | 'rise'
  | 'fall'
  /** Usual as such, but not at this time of the day or week, or this place of the season. */
  | 'high-for-the-time'
  | 'low-for-the-time'
  /** The course of the last `points` points has not been seen before. */
  | 'new-shape'
  /** The steps between the last `points` points are larger (smaller) than they usually are. */
  | 'restless'
  | 'still'
  /** Off what a model forecast. */
  | 'above-forecast'
  | 'below-forecast'
  /** The series changed its level or spread about `points` points ago. */
  | 'changed';

/** Why a value is called unusual, the strongest reason first. */
export interface AnomalyReason {
  readonly code: AnomalyReasonCode;
  /** How many points it is about, the latest one included. */
  readonly points: number;
  /** −log₁₀ of how often something as unusual was seen: 2 is one in a hundred. */
  readonly surprise: number;
}

/** What a detector says of one value. */
export interface AnomalyPoint {
  /**
   * In [0, 1]: the logarithm of how rarely something as unusual comes in usual times. 0.5 is one in 400 points, 0.77 one in
   * 10,000, 1 one in 160,000 or rarer. Within an incident that was told already it stays below the threshold.
   */
  readonly score: number;
  /** The same without the rule of one alarm an incident. */
  readonly surprise: number;
  /** What the past let expect, in the unit of the values; null until a value has come. */
  readonly expected: number | null;
  /** Ends of the range that holds the share `level` of usual values; null until a value has come. lower ≤ expected ≤ upper. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Whether the score has reached the threshold: an incident begins. */
  readonly anomaly: boolean;
  /** Of anomalies only; empty for all others. */
  readonly reasons: readonly AnomalyReason[];
}

/** Judges a series value by value. It changes with every `push` and belongs to one series. */
export interface AnomalyDetector {
  /**
   * Judges a value by what came before it, and then learns it.
   *
   * @param value in any unit. One that is not finite counts as missing: it gets score 0 and is not learnt.
   * @param time  UTC epoch ms; lets methods know the time of the day and of the week. Order and spacing are free. Left out or
   *              not finite: the place in the season where `m` was given, else nothing.
   */
  push(value: number, time?: number): AnomalyPoint;
}

/** What a method says of a value before it learns it; `createDetector` makes the rest of it. */
export interface Verdict {
  /** −log₁₀ of a tail probability, ≥ 0, finite. */
  readonly surprise: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/** One way of detecting; given finite values within ±1e150 only. */
export interface Method {
  judge(value: number, time: number): Verdict;
  /** What is expected next; null before the first value. Changes nothing. */
  expect(time: number): Omit<Verdict, 'surprise'> | null;
  /** A value did not come: places in a season move on. */
  pass?(): void;
  /** Reasons for the last verdict, strongest first. Asked for anomalies only. */
  reasons(): readonly AnomalyReason[];
}
