import { InvalidInput, requireFraction, requireWhole, show } from '../../invalid-input.ts';
import type { Search } from './estimate.ts';

/** How the trend grows: in straight pieces, towards a limit, or not at all. */
export type Growth = 'linear' | 'logistic' | 'flat';

/** Whether an effect is added to the trend (unit of y) or is a share of it. */
export type EffectMode = 'additive' | 'multiplicative';

/** A repeating shape, written as a Fourier sum. */
export interface SeasonalityOption {
  /** Stands in the components of a forecast; each name once. */
  readonly name: string;
  /** Length in days, above 0: 7, 30.5, 365.25. */
  readonly periodDays: number;
  /** Number of sine and cosine pairs, whole number ≥ 1. More follow faster changes. */
  readonly order: number;
  readonly mode?: EffectMode;
  /** Standard deviation of the coefficients beforehand, in shares of the largest |y|. Default `seasonalityPriorScale`. */
  readonly priorScale?: number;
  /** Name of a condition of the points: the shape counts only where it holds. */
  readonly condition?: string;
}

/** Days with an effect of their own: a holiday, a campaign, an outage. */
export interface EventOption {
  readonly name: string;
  /** Days since 1970-01-01, past and future ones. */
  readonly days: readonly number[];
  /** Also this many days before, each with its own effect. Default 0. */
  readonly before?: number;
  /** Also this many days after. Default 0. */
  readonly after?: number;
  readonly mode?: EffectMode;
  readonly priorScale?: number;
}

/** A further measured quantity that y may follow; its values must be known for every time that is forecast. */
export interface RegressorOption {
  readonly name: string;
  readonly mode?: EffectMode;
  readonly priorScale?: number;
  /** Whether its mean is taken out and its deviation divided by. Default: unless all its values are 0 or 1. */
  readonly standardise?: boolean;
}

/** Default names and values are those of Prophet 1.x. */
export interface AdditiveOptions {
  /** Default `linear`. `logistic` needs `cap` in the points. */
  readonly growth?: Growth;
  /** Number of possible changes of the trend (default 25, evenly over the points), or their times. */
  readonly changepoints?: number | readonly number[];
  /** Share of the history, from its start, that changes are placed in. Default 0.8. */
  readonly changepointRange?: number;
  /** Mean size of a change of slope beforehand: larger bends more easily. Default 0.05. */
  readonly changepointPriorScale?: number;
  /** `auto` (default): order 10 when the history spans two years; a number is the order; false for none. */
  readonly yearly?: 'auto' | false | number;
  /** `auto` (default): order 3 from two weeks on, when times are closer than a week. */
  readonly weekly?: 'auto' | false | number;
  /** `auto` (default): order 4 from two days on, when times are closer than a day. */
  readonly daily?: 'auto' | false | number;
  readonly seasonalities?: readonly SeasonalityOption[];
  /** Of everything that does not say its own. Default `additive`. */
  readonly mode?: EffectMode;
  /** Default 10. */
  readonly seasonalityPriorScale?: number;
  readonly events?: readonly EventOption[];
  /** Also of regressors. Default 10. */
  readonly eventPriorScale?: number;
  readonly regressors?: readonly RegressorOption[];
  /** Whether the quantity cannot be negative: forecast and intervals are then cut at zero. Default false. */
  readonly nonNegative?: boolean;
  /** Zone in which days begin, for events and for times of day. Default UTC. */
  readonly timeZone?: string;
  /**
   * `exact`: the maximum of the posterior. `prophet`: the point near it where Prophet's own search stops, for results that agree
   * with Prophet's. Default `prophet`.
   */
  readonly search?: Search;
  /** Simulated futures behind an interval. Default 1,000. */
  readonly samples?: number;
  /** Of those futures. Default 1. */
  readonly seed?: number;
}

export const DEFAULTS = {
  growth: 'linear',
  changepoints: 25,
  changepointRange: 0.8,
  changepointPriorScale: 0.05,
  yearly: 'auto',
  weekly: 'auto',
  daily: 'auto',
  seasonalities: [],
  mode: 'additive',
  seasonalityPriorScale: 10,
  events: [],
  eventPriorScale: 10,
  regressors: [],
  nonNegative: false,
  timeZone: 'UTC',
  search: 'prophet',
  samples: 1000,
  seed: 1,
} as const satisfies Required<AdditiveOptions>;

export type SettledOptions = Required<AdditiveOptions>;

/** Columns of the design are held in memory, one value a point each. */
const MOST_COLUMNS = 2000;

/** @throws InvalidInput naming the option. */
export function settleOptions(options: AdditiveOptions): SettledOptions {
  const settled: SettledOptions = { ...DEFAULTS, ...options };
  if (!['linear', 'logistic', 'flat'].includes(settled.growth)) {
    throw new InvalidInput(
      'growth',
      `must be linear, logistic or flat, got ${show(settled.growth)}`,
    );
  }
  if (typeof settled.changepoints === 'number') {
    requireWhole('changepoints', settled.changepoints, 0, MOST_COLUMNS);
  } else {
    settled.changepoints.forEach((time, i) => {
      if (!Number.isFinite(time)) {
        throw new InvalidInput(`changepoints[${i}]`, `must be a time in ms, got ${show(time)}`);
      }
    });
  }
  if (settled.changepointRange !== 1) requireFraction('changepointRange', settled.changepointRange);
  requirePositive('changepointPriorScale', settled.changepointPriorScale);
  requirePositive('seasonalityPriorScale', settled.seasonalityPriorScale);
  requirePositive('eventPriorScale', settled.eventPriorScale);
  requireMode('mode', settled.mode);
  requireWhole('samples', settled.samples, 1, 1_000_000);
  for (const name of ['yearly', 'weekly', 'daily'] as const) {
    const order = settled[name];
    if (typeof order === 'number') requireWhole(name, order, 1, MOST_COLUMNS / 2);
  }
  const names = new Set(['trend', 'additive', 'multiplicative']);
  const claim = (argument: string, name: string) => {
    if (names.has(name))
      throw new InvalidInput(`${argument}.name`, `is used already: ${show(name)}`);
    names.add(name);
  };
  settled.seasonalities.forEach((seasonality, i) => {
    const argument = `seasonalities[${i}]`;
    claim(argument, seasonality.name);
    requirePositive(`${argument}.periodDays`, seasonality.periodDays);
    requireWhole(`${argument}.order`, seasonality.order, 1, MOST_COLUMNS / 2);
    requireOwn(argument, seasonality);
  });
  settled.events.forEach((event, i) => {
    const argument = `events[${i}]`;
    claim(argument, event.name);
    requireWhole(`${argument}.before`, event.before ?? 0, 0, 366);
    requireWhole(`${argument}.after`, event.after ?? 0, 0, 366);
    event.days.forEach((day, j) => {
      if (Number.isSafeInteger(day)) return;
      throw new InvalidInput(
        `${argument}.days[${j}]`,
        `must be a whole day number, got ${show(day)}`,
      );
    });
    requireOwn(argument, event);
  });
  settled.regressors.forEach((regressor, i) => {
    claim(`regressors[${i}]`, regressor.name);
    requireOwn(`regressors[${i}]`, regressor);
  });
  return settled;
}

function requireOwn(
  argument: string,
  { mode, priorScale }: { readonly mode?: EffectMode; readonly priorScale?: number },
): void {
  if (mode !== undefined) requireMode(`${argument}.mode`, mode);
  if (priorScale !== undefined) requirePositive(`${argument}.priorScale`, priorScale);
}

function requireMode(argument: string, mode: EffectMode): void {
  if (mode === 'additive' || mode === 'multiplicative') return;
  throw new InvalidInput(argument, `must be additive or multiplicative, got ${show(mode)}`);
}

function requirePositive(argument: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new InvalidInput(argument, `must be above 0, got ${show(value)}`);
}
