/** How far a series stands below its highest and above its lowest value so far. */
import { columnsByStream } from '../column-stream.ts';
import type { ColumnGroup, ColumnSet, FeatureInfo } from '../feature.ts';

const SOURCE = 'Magdon-Ismail & Atiya (2004), Maximum drawdown, Risk Magazine 17(10)';

/** P4 by time: `drawdown`, `drawup`, their relative forms, and the number of points since the extreme. */
export const drawdown: ColumnSet = {
  kind: 'columns',
  name: 'drawdown',
  pipeline: 'trend',
  version: 1,
  defaults: {},
  groups: () => [group()],
};

function group(): ColumnGroup {
  const info = (name: string, formula: string, unit: string): FeatureInfo => ({
    name,
    formula,
    source: SOURCE,
    unit,
    cost: 'n',
    missing: 'kept',
    pointInTime: true,
  });
  const columns = [
    info('drawdown', 'Highest value up to t less y(t), ≥ 0.', 'y'),
    info('drawdown_relative', 'drawdown / highest value up to t, where that is above 0.', '1'),
    info(
      'since_high',
      'Points since the highest value up to t (the latest of equal ones).',
      'samples',
    ),
    info('max_drawdown', 'Largest drawdown up to t.', 'y'),
    info('drawup', 'y(t) less the lowest value up to t, ≥ 0.', 'y'),
    info('drawup_relative', 'drawup / lowest value up to t, where that is above 0.', '1'),
    info(
      'since_low',
      'Points since the lowest value up to t (the latest of equal ones).',
      'samples',
    ),
    info('max_drawup', 'Largest drawup up to t.', 'y'),
  ];
  const stream = () => {
    let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [sinceHigh, sinceLow, maxDown, maxUp] = [0, 0, 0, 0];
    const now = new Float64Array(columns.length);
    return (y: number) => {
      sinceHigh++;
      sinceLow++;
      if (!Number.isFinite(y)) return now.fill(Number.NaN);
      if (y >= high) [high, sinceHigh] = [y, 0];
      if (y <= low) [low, sinceLow] = [y, 0];
      const [down, up] = [finite(high - y), finite(y - low)];
      if (down > maxDown) maxDown = down;
      if (up > maxUp) maxUp = up;
      now.set([
        down,
        high > 0 ? down / high : Number.NaN,
        sinceHigh,
        maxDown,
        up,
        low > 0 ? finite(up / low) : Number.NaN,
        sinceLow,
        maxUp,
      ]);
      return now;
    };
  };
  return {
    columns,
    compute: (series) => columnsByStream(columns.length, stream(), series),
    stream,
  };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
