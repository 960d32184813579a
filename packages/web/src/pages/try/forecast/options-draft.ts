import type { PointModel } from '@kizashi/series';
import type { AnalysisOptions } from '@kizashi/server/contract/analyses';
import type { z } from 'zod';
import { seriesOptions } from '../series-options.ts';
import { eventLines } from './event-lines.ts';

// By name and not from the library: its list would bring every model along.
const models: Readonly<Record<PointModel, true>> = {
  auto: true,
  ets: true,
  theta: true,
  ces: true,
  arima: true,
  stl: true,
  'holt-winters': true,
  holt: true,
  ses: true,
  tbats: true,
  prophet: true,
  lstm: true,
  croston: true,
  tsb: true,
  'seasonal-naive': true,
  naive: true,
  drift: true,
};
export const modelNames = Object.keys(models) as PointModel[];

export const levels = ['80', '90', '95', '99'] as const;
const DEFAULT_STEPS = 12;

/** What is typed and chosen before a file is analysed. Empty is found by itself. */
export interface OptionsDraft {
  readonly h: number | string;
  readonly season: number | string;
  readonly model: PointModel;
  /** In percent; at least one. */
  readonly levels: readonly string[];
  /** Two letters. */
  readonly country: string | null;
  /** For prophet: a line each, `2026-12-24, sale, -1:2`. */
  readonly events: string;
  readonly id: string;
  readonly time: string;
  readonly y: string;
}

export const emptyDraft: OptionsDraft = {
  h: DEFAULT_STEPS,
  season: '',
  model: 'auto',
  levels: ['80', '95'],
  country: null,
  events: '',
  id: '',
  time: '',
  y: '',
};

export function forecastOptions(draft: OptionsDraft): z.input<AnalysisOptions['forecast']> {
  return {
    ...seriesOptions(draft),
    h: typeof draft.h === 'number' ? draft.h : DEFAULT_STEPS,
    model: draft.model,
    levels: draft.levels.map((level) => Number(level) / 100).sort((a, b) => a - b),
    ...knownDaysOptions(draft),
  };
}

/** Holidays, and events for the model that knows any: others would refuse them. */
export function knownDaysOptions({
  model,
  country,
  events,
}: Pick<OptionsDraft, 'model' | 'country' | 'events'>) {
  return {
    ...(country !== null && { country }),
    ...(model === 'prophet' && events.trim() !== '' && { events: eventLines(events) }),
  };
}

export function anomaliesOptions(draft: OptionsDraft): z.input<AnalysisOptions['anomalies']> {
  return seriesOptions(draft);
}
