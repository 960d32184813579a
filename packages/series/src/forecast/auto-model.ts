import { InvalidInput } from '../invalid-input.ts';
import { averageModels } from './average.ts';
import { planRolling, rollForecasts } from './backtest/rolling-forecasts.ts';
import type { FoldForecast } from './backtest/rolling-origins.ts';
import {
  type CandidateChoice,
  candidateModels,
  type ModelChoice,
  type SeriesShape,
} from './candidates.ts';
import { demandClass } from './intermittent/demand-class.ts';
import {
  averageFolds,
  type CandidateTest,
  type Member,
  NOTHING_TESTED,
  normalised,
  type RolledCandidate,
  testCandidates,
} from './model-choice.ts';
import { ONE_SIGMA } from './one-sigma.ts';
import {
  outliersMislead,
  rememberedCleaning,
  replaceRecentOutliers,
  withoutOutliers,
} from './outliers.ts';
import { isConstant, LARGEST_VALUE } from './prepared-series.ts';
import type { Fit, FittedModel, Forecast, SeriesWarning } from './types.ts';
import { warning } from './warnings.ts';
import { shareWork } from './work-budget.ts';

/** A member of the answer by name. */
export interface AutoMember {
  readonly choice: CandidateChoice;
  /** The model as a statistician writes it. */
  readonly model: string;
  /** Share of the average; those of all members add up to 1. */
  readonly weight: number;
}

/** The model that was chosen for a series, fitted, and how it would have done. */
export interface AutoModel {
  readonly choice: ModelChoice;
  readonly fitted: FittedModel;
  readonly members: readonly AutoMember[];
  /** What it would have said at past origins, with one deviation to either side; empty for a series too short. */
  readonly folds: readonly FoldForecast[];
  readonly test: CandidateTest;
  readonly warnings: readonly SeriesWarning[];
}

export interface AutoModelOptions extends Omit<SeriesShape, 'n'> {
  readonly h: number;
  readonly model?: ModelChoice | undefined;
  readonly candidates: readonly CandidateChoice[];
  readonly folds: number;
  /** Values visited. */
  readonly work: number;
}

/** Past origins at which every candidate is tried. */
const ORIGINS = 60;
/** Origins at which the replacement of outliers is tested. */
const OUTLIER_ORIGINS = 5;
/** A forecast this many ranges of the history away from it, or as many as horizons in it, is an explosion. */
const FARTHEST = 3;

/** Chooses and fits the model of `autoForecast` for a history with at least one value that is present. */
export function fitAutoModel(
  history: Float64Array,
  options: AutoModelOptions,
  onProgress: (done: number) => void = () => {},
): AutoModel {
  const { m, h, model } = options;
  const shape = { n: history.length, m, seasons: options.seasons };
  const present = history.filter((value) => Number.isFinite(value));
  if (isConstant(present)) {
    const value = present[0]!;
    const note =
      present.length === 1 ? warning('single-value', { value }) : warning('constant', { value });
    const naive = candidateModels(shape, ['seasonal-naive'])[0]!;
    return {
      choice: 'seasonal-naive',
      fitted: naive.fit(history),
      members: [{ choice: 'seasonal-naive', model: 'Seasonal naive', weight: 1 }],
      folds: [],
      test: NOTHING_TESTED,
      warnings: [note],
    };
  }
  const warnings: SeriesWarning[] = [];
  const choices = wantedChoices(present, options);
  const plan = planRolling(history, m, { h, origins: ORIGINS });
  const { chosen, leftOut } = shareWork(candidateModels(shape, choices), {
    work: options.work,
    fits: options.folds,
    passes: plan.origins.length,
  });
  if (leftOut > 0) warnings.push(warning('models-left-out', { left: leftOut, work: options.work }));
  const prepare = outlierHandling(history, { m, h, origins: plan.origins }, warnings);
  const limits = plausibleRange(present, h);
  const rolled = chosen.flatMap((candidate, i): RolledCandidate[] => {
    // The last share is the fits to the whole history.
    onProgress(i / (chosen.length + 1));
    const fit = prepare(candidate.fit);
    const folds = attempt(() => rollForecasts(history, fit, plan, { h, fits: candidate.pastFits }));
    const usable = folds?.every(({ forecast }) => isPlausible(forecast, EVERYTHING));
    return usable ? [{ ...candidate, fit, folds: folds! }] : [];
  });
  const { test, members, naiveAhead } = testCandidates(history, rolled, { plan, m, h });
  const asked = rolled.find(({ choice }) => choice === model);
  const wanted = asked ? [{ candidate: asked, weight: 1 }] : members;
  const fitted = fitMembers(history, wanted, rolled, { h, limits });
  const choice = fitted.members.length === 1 ? fitted.members[0]!.choice : 'average';
  if (test.candidates.length === 0) {
    warnings.push(warning('too-short-for-backtest', { n: history.length, h }));
  } else if (naiveAhead && !asked) {
    const code = choice === 'seasonal-naive' ? 'seasonal-naive-not-beaten' : 'seasonal-naive-ahead';
    warnings.push(warning(code, { folds: test.origins.length }));
  }
  return { choice, ...fitted, test, warnings };
}

/** The candidates to try: those asked for, the forced one, the yardstick, and a model of demand where there is mostly none. */
function wantedChoices(
  present: Float64Array,
  { candidates, model }: AutoModelOptions,
): CandidateChoice[] {
  const choices = new Set<CandidateChoice>([...candidates, 'seasonal-naive']);
  if (model !== undefined && model !== 'average') choices.add(model);
  const isDemand =
    present.every((value) => value >= 0) &&
    ['intermittent', 'lumpy'].includes(demandClass(present).pattern);
  if (!isDemand && model !== 'intermittent') choices.delete('intermittent');
  return [...choices];
}

function outlierHandling(
  history: Float64Array,
  {
    m,
    h,
    origins,
  }: { readonly m: number; readonly h: number; readonly origins: readonly number[] },
  warnings: SeriesWarning[],
): (fit: Fit) => Fit {
  const outliers = replaceRecentOutliers(history, m).replaced.length;
  if (outliers === 0) return (fit) => fit;
  const complete = origins.filter((origin) => origin + h <= history.length);
  const tried = complete.length === 0 ? origins : complete;
  const every = Math.max(1, Math.ceil(tried.length / OUTLIER_ORIGINS));
  const some = tried.filter((_, i) => (tried.length - 1 - i) % every === 0);
  if (!outliersMislead(history, { m, h, origins: some })) return (fit) => fit;
  warnings.push(warning('outliers-replaced', { outliers, n: history.length }));
  const clean = rememberedCleaning(history, m);
  return (fit) => withoutOutliers(fit, m, clean);
}

/** Fits the members to the whole history; one whose forecast explodes is dropped, and if all do the seasonal naive is left. */
function fitMembers(
  history: Float64Array,
  wanted: readonly Member<RolledCandidate>[],
  rolled: readonly RolledCandidate[],
  { h, limits }: { readonly h: number; readonly limits: Range },
): Pick<AutoModel, 'fitted' | 'members' | 'folds'> {
  const good = wanted.flatMap(({ candidate, weight }) => {
    const fitted = attempt(() => candidate.fit(history));
    const plausible = fitted && isPlausible(fitted.forecast(h, [ONE_SIGMA]), limits);
    return plausible ? [{ candidate, weight, fitted }] : [];
  });
  if (good.length === 0) {
    const candidate = rolled.find(({ choice }) => choice === 'seasonal-naive')!;
    good.push({ candidate, weight: 1, fitted: candidate.fit(history) });
  }
  const members = normalised(good)
    .map(({ candidate, weight }, i) => ({ candidate, weight, fitted: good[i]!.fitted }))
    .sort((a, b) => b.weight - a.weight);
  const [first] = members;
  return {
    members: members.map(({ candidate, weight, fitted }) => ({
      choice: candidate.choice,
      model: fitted.name,
      weight,
    })),
    fitted:
      members.length === 1
        ? first!.fitted
        : averageModels(
            members.map(({ fitted }) => fitted),
            members.map((one) => `${Math.round(100 * one.weight)} % ${one.fitted.name}`).join(', '),
            members.map(({ weight }) => weight),
          ),
    folds: averageFolds(
      members.map(({ candidate, weight }) => ({ folds: candidate.folds, weight })),
    ),
  };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const EVERYTHING: Range = { low: -LARGEST_VALUE, high: LARGEST_VALUE };

function plausibleRange(present: Float64Array, h: number): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of present) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const reach = (high - low) * Math.max(FARTHEST, (FARTHEST * h) / present.length);
  return { low: low - reach, high: high + reach };
}

function isPlausible({ mean, intervals }: Forecast, { low, high }: Range): boolean {
  const within = mean.every((value) => value >= low && value <= high);
  return (
    within &&
    intervals.every(
      ({ lower, upper }) => lower.every(Number.isFinite) && upper.every(Number.isFinite),
    )
  );
}

/** What a candidate refuses to do it is not tried for; anything else is a bug and rises. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}
