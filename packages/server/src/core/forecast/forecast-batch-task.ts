import { type ForecastPointsOptions, InvalidInput, type TimedPoints } from '@kizashi/series';
import { invalidInputWords } from '../invalid-input-words.ts';
import type { TimeKind } from '../series-source/contract.ts';
import { forecastErrors } from './errors.ts';
import { learnableEvents } from './known-days.ts';
import { draftSeries, type SeriesDraft, type UntoldForecast } from './series-forecast.ts';

/** One series and what is asked about it. */
export interface AskedForecast {
  readonly id: string;
  readonly points: TimedPoints;
  readonly timeKind: TimeKind;
  /** Rows of it that were put in order. */
  readonly unsorted: number;
  readonly options: ForecastPointsOptions;
  /** Name of the file that rows of the future come from. */
  readonly futureName: string;
}

/**
 * Runs in a worker thread where there are many series: forecasts some of them, in their order, all but their intervals.
 *
 * @throws FORECAST_OPTION_INVALID, FORECAST_FUTURE_IN_PAST
 */
export function run(batch: readonly AskedForecast[]): (SeriesDraft | UntoldForecast)[] {
  return batch.map(({ id, points, timeKind, unsorted, options, futureName }) => {
    const { events = [], ...additive } = options.additive ?? {};
    try {
      return draftSeries(
        points,
        { kind: timeKind, unsorted },
        {
          ...options,
          additive: { ...additive, events: learnableEvents(events, points.t) },
        },
      );
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      if (error.argument.startsWith('future.t')) {
        throw forecastErrors.FORECAST_FUTURE_IN_PAST({ name: futureName, series: id });
      }
      throw optionInvalid(error);
    }
  });
}

/** With the name that the option has for the caller. */
export function optionInvalid({ argument, reason }: InvalidInput) {
  const name = argument === 'm' ? 'season' : argument;
  return forecastErrors.FORECAST_OPTION_INVALID({
    reason: invalidInputWords({ argument: name, reason }),
  });
}
