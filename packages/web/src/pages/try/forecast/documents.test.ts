import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../app/api-error.ts';
import { documentSchema, forecastOf, pointsOf } from './documents.ts';

const point = { t: '2026-01-01', y: 1, score: 0, expected: 1, lower: 0, upper: 2, anomaly: false };

describe('documents', () => {
  it('give a series by its name, also by one that objects have already', () => {
    const text = `{"series":{"__proto__":{"points":[${JSON.stringify(point)}]},"b":{"points":[]}}}`;
    const document = documentSchema.parse(JSON.parse(text));
    expect([...document.keys()]).toEqual(['__proto__', 'b']);
    expect(pointsOf(document, '__proto__')).toHaveLength(1);
    expect(pointsOf(document, 'toString')).toBeUndefined();
  });

  it('are checked series by series', () => {
    const document = documentSchema.parse({ series: { good: { points: [point] }, bad: {} } });
    expect(pointsOf(document, 'good')?.[0]?.t).toBe('2026-01-01');
    expect(() => pointsOf(document, 'bad')).toThrow(ApiError);
    expect(() => forecastOf(document, 'good')).toThrow(ApiError);
  });

  it('of another shape are refused', () => {
    expect(documentSchema.safeParse({ points: [] }).success).toBe(false);
    expect(documentSchema.safeParse({ series: null }).success).toBe(false);
  });
});
