import {
  type AutoForecastResult,
  autoParts,
  finishForecast,
  type NoForecast,
  noForecast,
} from '../auto-forecast.ts';
import { type AutoForecastOptions, settle } from '../auto-options.ts';
import type { MeasuredCoverage } from '../conformal.ts';
import { poolErrors } from './pool-errors.ts';

/** One of several series. */
export interface PanelSeries {
  readonly id: string;
  /** n values at equal spacing, oldest first; one that is not finite counts as missing. */
  readonly y: Float64Array;
}

/** A series' forecast. */
export interface PanelForecast {
  readonly id: string;
  readonly result: AutoForecastResult | NoForecast;
}

/** Forecasts of many series. Plain data. */
export interface Panel {
  /** In the order given. */
  readonly forecasts: readonly PanelForecast[];
  /**
   * Over all series: the share of past values inside intervals made from what was known before them (other series' errors may
   * be newer), one entry per level; `width` is null, since units may differ.
   */
  readonly coverage: readonly MeasuredCoverage[];
}

/**
 * Series that learn the widths of their intervals from each other (`forecastPanel`, `poolPoints`) are at least this many: ten.
 * Fewer have little to tell each other; each is then by itself.
 */
export const FEWEST_POOLED_SERIES = 10;

/**
 * `autoForecast` for many series that are alike in kind, such as the products of a shop: each has its own model, and the widths
 * of the intervals are learnt from all together (`poolErrors`), which helps where each series is short.
 *
 * @param series any number; ids need not differ.
 * @param options for all of them, as of `autoForecast`. Seasons are detected for each series where they are not given.
 * @returns one forecast for each. With fewer than ten series the intervals are those of `autoForecast`.
 * @throws InvalidInput as `autoForecast`.
 *
 * Cost: that of `autoForecast` for each series; their past forecasts are kept until the end, 60 · h · 24 bytes each.
 */
export function forecastPanel(series: readonly PanelSeries[], options: AutoForecastOptions): Panel {
  const made = series.map(({ id, y }) => ({ id, y, parts: autoParts(y, settle(y, options)) }));
  const alike = made.flatMap(({ parts }) =>
    parts !== null && parts.options.h === options.h ? [parts.intervals] : [],
  );
  const belief = alike.length < FEWEST_POOLED_SERIES ? undefined : poolErrors(alike);
  const forecasts = made.map(({ id, y, parts }) => ({
    id,
    result: parts === null ? noForecast(y) : finishForecast(parts, belief),
  }));
  return { forecasts, coverage: coverageOf(forecasts) };
}

function coverageOf(forecasts: readonly PanelForecast[]): MeasuredCoverage[] {
  const results = forecasts.flatMap(({ result }) => (result.status === 'ok' ? [result] : []));
  return (results[0]?.coverage ?? []).map(({ level }, i) => {
    let tested = 0;
    let inside = 0;
    for (const { coverage } of results) {
      const one = coverage[i]!;
      tested += one.tested;
      inside += one.tested * (one.coverage ?? 0);
    }
    return { level, coverage: tested === 0 ? null : inside / tested, width: null, tested };
  });
}
