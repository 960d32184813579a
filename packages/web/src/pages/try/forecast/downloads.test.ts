import { describe, expect, it } from 'vitest';
import { documentSchema } from './documents.ts';
import { anomaliesCsv, documentJson, forecastCsv } from './downloads.ts';

const one = {
  model: 'Naive',
  t: ['2026-01-02'],
  mean: [-5],
  lower: { '80': [-7.5], '95': [-9] },
  upper: { '80': [-2.5], '95': [1] },
  backtest: null,
  warnings: [],
};
const none = { ...one, model: null, t: [], mean: [], lower: {}, upper: {} };
const forecasts = { series: { '=1+1': one, 'a,"b"': one, short: none } };

describe('files of a result', () => {
  it('hold the forecasts of all series; names cannot be formulas, numbers stay numbers', () => {
    const text = forecastCsv(documentSchema.parse(forecasts));
    expect(text.split('\r\n')).toEqual([
      'series,model,t,mean,lower_80,upper_80,lower_95,upper_95',
      "'=1+1,Naive,2026-01-02,-5,-7.5,-2.5,-9,1",
      '"a,""b""",Naive,2026-01-02,-5,-7.5,-2.5,-9,1',
      '',
    ]);
  });

  it('hold the document as it came', () => {
    const text = documentJson(documentSchema.parse(forecasts));
    expect(JSON.parse(text)).toEqual(forecasts);
  });

  it('hold the anomalies alone', () => {
    const point = { t: 3, y: 1, score: 0.1, lower: 0, upper: 2, anomaly: false };
    const reasons = [
      { code: 'high', points: 1 },
      { code: 'rise', points: 4 },
    ];
    const points = [point, { ...point, t: 4, y: 9, score: 0.7, anomaly: true, reasons }];
    const text = anomaliesCsv(documentSchema.parse({ series: { '@a': { points } } }));
    expect(text).toBe("series,t,y,lower,upper,score,reasons\r\n'@a,4,9,0,2,0.7,high:1 rise:4\r\n");
  });
});
