import { POINT_MODELS } from '@kizashi/series';
import { analysisOptions } from '@kizashi/server/contract/analyses';
import { describe, expect, it } from 'vitest';
import { anomaliesOptions, emptyDraft, forecastOptions, modelNames } from './options-draft.ts';

describe('the options of a file', () => {
  it('have a default each', () => {
    expect(forecastOptions(emptyDraft)).toEqual({ h: 12, model: 'auto', levels: [0.8, 0.95] });
    expect(anomaliesOptions(emptyDraft)).toEqual({});
  });

  it('are those that the server takes', () => {
    const draft = {
      ...emptyDraft,
      h: 3,
      season: 7,
      levels: ['95', '80'],
      country: 'JP',
      time: ' day ',
      y: 'sold',
    };
    const forecast = analysisOptions.forecast.parse(forecastOptions(draft));
    expect(forecast).toMatchObject({ h: 3, season: 7, levels: [0.8, 0.95], country: 'JP' });
    expect(forecast.layout).toEqual({ time: 'day', y: 'sold', timeZone: 'UTC' });
    const anomalies = analysisOptions.anomalies.parse(anomaliesOptions(draft));
    expect(anomalies).toMatchObject({ season: 7, layout: { time: 'day', y: 'sold' } });
  });

  it('offer every model of the library', () => {
    expect([...modelNames].sort()).toEqual([...POINT_MODELS].sort());
  });
});
