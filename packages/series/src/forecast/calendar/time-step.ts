/** How far two neighbouring values of a series lie apart. Plain data. */
export interface TimeStep {
  /** `index`: whole numbers instead of times. A quarter is three months, a year twelve. */
  readonly unit: 'index' | 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month';
  /** Whole number ≥ 1 of units. */
  readonly every: number;
  /** For days: which weekdays, Sunday first, have values at all; left out when all seven do. */
  readonly openWeekdays?: readonly boolean[];
  /** For months: the day that stands for one, 1 to 31, where a shorter month has its last day; or `end`. */
  readonly monthDay?: number | 'end';
}

export const MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Monday to Friday. */
export const BUSINESS_DAYS: readonly boolean[] = [false, true, true, true, true, true, false];

/** Steps by the names that people use. */
export const NAMED_STEPS = {
  second: { unit: 'second', every: 1 },
  minute: { unit: 'minute', every: 1 },
  hour: { unit: 'hour', every: 1 },
  day: { unit: 'day', every: 1 },
  'business-day': { unit: 'day', every: 1, openWeekdays: BUSINESS_DAYS },
  week: { unit: 'week', every: 1 },
  month: { unit: 'month', every: 1 },
  quarter: { unit: 'month', every: 3 },
  year: { unit: 'month', every: 12 },
} as const satisfies Record<string, TimeStep>;

export type StepName = keyof typeof NAMED_STEPS;

/** Whether the unit has a fixed length in ms. */
export function fixedLength({ unit, every }: TimeStep): number | null {
  if (unit === 'millisecond') return every;
  if (unit === 'second' || unit === 'minute' || unit === 'hour') return every * MS[unit];
  return null;
}

/** A length in ms in the largest unit that divides it. */
export function fixedStep(length: number): TimeStep {
  for (const unit of ['hour', 'minute', 'second'] as const) {
    if (length % MS[unit] === 0) return { unit, every: length / MS[unit] };
  }
  return { unit: 'millisecond', every: length };
}

/** Season lengths, in steps, that are usual for a step, the commonest first: a day and a week of hours, a year of months. */
export function usualSeasons(step: TimeStep): readonly number[] {
  const { unit, every, openWeekdays } = step;
  const whole = (length: number) => (Number.isInteger(length) && length > 1 ? [length] : []);
  const length = fixedLength(step);
  if (length !== null) {
    return [
      ...whole(MS.day / length),
      ...whole((7 * MS.day) / length),
      ...(length < MS.hour ? whole(MS.hour / length) : []),
    ];
  }
  switch (unit) {
    case 'day':
      return openWeekdays === undefined
        ? whole(7 / every)
        : whole(openWeekdays.filter(Boolean).length / every);
    case 'week':
      return whole(52 / every);
    case 'month':
      return whole(12 / every);
    default:
      // Nothing is known of what an index counts.
      return [12, 7, 24, 4, 52];
  }
}

/**
 * The spacing of a series for people, in English: `hour`, `15-minute`, `business-day`, `open-day` (other closed weekdays),
 * `month`, `quarter`, `year`, `index` (no calendar).
 */
export function stepLabel({ unit, every, openWeekdays }: TimeStep): string {
  const named =
    unit === 'month' && every === 3
      ? 'quarter'
      : unit === 'month' && every === 12
        ? 'year'
        : openWeekdays === undefined
          ? undefined
          : openWeekdays.every((open, i) => open === BUSINESS_DAYS[i])
            ? 'business-day'
            : 'open-day';
  if (named !== undefined) return named;
  return every === 1 ? unit : `${every}-${unit}`;
}
