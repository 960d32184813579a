import { describe, expect, it } from 'vitest';
import { type PreviewPoint, previewShape } from './preview-shape.ts';

const box = { width: 100, height: 50 };
const point = (y: number | null, lower: number | null = null, upper: number | null = null) =>
  ({ t: '2011-01-01', y, lower, upper, fires: false }) satisfies PreviewPoint;

describe('previewShape', () => {
  it('breaks the line where a value is missing', () => {
    const { line } = previewShape([point(1), point(2), point(null), point(3), point(4)], box);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line.match(/L/g)).toHaveLength(2);
    expect(line).toMatch(/^M0 /);
  });

  it('keeps everything inside the box', () => {
    const shape = previewShape([point(-5, -9, 3), point(8, -2, 12)], box);
    for (const value of [-9, -5, 8, 12]) {
      expect(shape.y(value)).toBeGreaterThanOrEqual(0);
      expect(shape.y(value)).toBeLessThanOrEqual(50);
    }
    expect(shape.x(1)).toBe(100);
  });

  it('draws an interval as an area and a threshold as one line', () => {
    const interval = previewShape([point(1, 0, 2), point(1, 0, 3)], box);
    expect(interval.band).toMatch(/^M.*Z$/);
    expect(interval.limits).toEqual([]);
    const threshold = previewShape([point(1, null, 5), point(2, null, 5)], box);
    expect(threshold).toMatchObject({ band: '', limits: [5] });
  });

  it('does not go below zero for values that never do', () => {
    expect(previewShape([point(0), point(10)], box).low).toBe(0);
  });

  it.each([[[]], [[point(null)]], [[point(0)]], [[point(3), point(3)]]])(
    'has a finite axis for %j',
    (points) => {
      const { low, high, x, y } = previewShape(points, box);
      expect(high).toBeGreaterThan(low);
      expect(Number.isFinite(x(0)) && Number.isFinite(y(low))).toBe(true);
    },
  );
});
