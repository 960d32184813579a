import type { PointModel } from '@kizashi/series';
import type { AnalysisOptions } from '@kizashi/server/contract/analyses';
import type { z } from 'zod';

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
  id: '',
  time: '',
  y: '',
};

export function forecastOptions(draft: OptionsDraft): z.input<AnalysisOptions['forecast']> {
  return {
    ...shared(draft),
    h: typeof draft.h === 'number' ? draft.h : DEFAULT_STEPS,
    model: draft.model,
    levels: draft.levels.map((level) => Number(level) / 100).sort((a, b) => a - b),
    ...(draft.country !== null && { country: draft.country }),
  };
}

export function anomaliesOptions(draft: OptionsDraft): z.input<AnalysisOptions['anomalies']> {
  return shared(draft);
}

function shared({ season, id, time, y }: OptionsDraft) {
  const named = Object.entries({ id, time, y })
    .map(([name, column]) => [name, column.trim()] as const)
    .filter(([, column]) => column !== '');
  return {
    ...(named.length > 0 && { layout: Object.fromEntries(named) }),
    ...(typeof season === 'number' && { season }),
  };
}
