import type { Clock } from '../../../core/clock.ts';
import type { Compute } from '../../../core/compute/compute.ts';
import type { ErrorCatalogue } from '../../../core/errors.ts';
import type { ReportFormat } from '../../../core/reports/format.ts';
import type { OrganisationSettings } from '../../../core/settings/settings.ts';
import type { DownloadAnalytics } from '../contract.ts';
import type { AnalysisTask } from './analysis-task.ts';
import { analyticsErrors } from './errors.ts';
import type { AnalyticsFigures } from './figures.ts';
import { recommendationText } from './recommendations.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
/** One row for each day is given: bounded. */
const MAX_DAYS = 3660;

export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Asks a worker thread for the figures of a range. @throws DOWNLOADS_RANGE_INVALID */
export async function analyse(
  deps: {
    readonly compute: Compute;
    readonly databaseUrl: string;
    readonly clock: Clock;
    readonly settings: OrganisationSettings;
  },
  range: Range,
): Promise<AnalyticsFigures> {
  // To the end of this millisecond: what has just happened is part of it.
  const to = range.to ?? deps.clock.now() + 1;
  const from = range.from ?? Math.max(0, to - DEFAULT_DAYS * DAY_MS);
  if (from >= to || to - from > MAX_DAYS * DAY_MS) {
    throw analyticsErrors.DOWNLOADS_RANGE_INVALID({ days: MAX_DAYS });
  }
  const { timeZone } = await deps.settings.get();
  const task: AnalysisTask = { databaseUrl: deps.databaseUrl, from, to, timeZone };
  return deps.compute.run(new URL('./analysis-task.ts', import.meta.url), task);
}

/** The figures with their words. `errors` has texts for failures that kept none. */
export function inWords(
  figures: AnalyticsFigures,
  words: ReportFormat,
  errors: ErrorCatalogue,
): DownloadAnalytics {
  return {
    ...figures,
    failures: figures.failures.map(({ message, hosts, ...failure }) => ({
      ...failure,
      hosts: [...hosts],
      message: message?.[words.locale] ?? textOf(failure.code, words, errors),
    })),
    recommendations: figures.recommendations.map((advice) => ({
      code: advice.code,
      text: recommendationText(advice, words),
      numbers: { ...advice.numbers },
    })),
  };
}

function textOf(code: string, words: ReportFormat, errors: ErrorCatalogue): string {
  // Without its parameters, which belong to one failure and not to all of them.
  return errors[code]?.[words.locale].replaceAll(/\{\w+\}/g, '…') ?? code;
}
