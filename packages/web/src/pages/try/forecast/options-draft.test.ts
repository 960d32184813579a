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

  it('have events for prophet alone, a line each', () => {
    const draft = { ...emptyDraft, events: '2026/12/24, sale, -1:2\n\n2027-01-02、初売り\n' };
    expect(forecastOptions(draft)).not.toHaveProperty('events');
    const { events } = analysisOptions.forecast.parse(
      forecastOptions({ ...draft, model: 'prophet' }),
    );
    expect(events).toEqual([
      { date: '2026-12-24', name: 'sale', window: '-1:2' },
      { date: '2027-01-02', name: '初売り' },
    ]);
  });

  it('offer every model of the library', () => {
    expect([...modelNames].sort()).toEqual([...POINT_MODELS].sort());
  });
});
