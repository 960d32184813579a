import { sampleVariance } from '../../stats/sample-variance.ts';
import type { SummaryFeature } from '../feature.ts';
import { createSharedSeries, type SharedSeries } from '../shared-series.ts';

/** A feature of the set; with the series as it is and, as `scaled.name`, with (y − mean) / sd. */
export interface Definition {
  readonly name: string;
  readonly formula: string;
  readonly source?: string;
  readonly unit: string;
  readonly cost?: SummaryFeature['cost'];
  readonly parameters?: SummaryFeature['parameters'];
  /** Whether it is defined for a series without values. */
  readonly always?: boolean;
  /** NaN where not defined. */
  compute(series: SharedSeries): number;
  /**
   * Its value for the standardised series: `same` where level and size do not matter, `again` to compute it anew, `none`
   * where the peer does not standardise; or a function of the series that knows a shorter way.
   */
  readonly scaled: 'same' | 'again' | 'none' | ((series: SharedSeries) => number);
}

const DOCUMENTATION =
  'Hyndman, Wang & Laptev (2015), Large-scale unusual time series detection; Nixtla tsfeatures 0.4.5';

/** The catalogue entries of a definition for a season length. */
export function entriesOf(definition: Definition, freq: number): readonly SummaryFeature[] {
  const {
    name,
    formula,
    source = DOCUMENTATION,
    unit,
    cost = 'n',
    parameters,
    scaled,
  } = definition;
  const shared = {
    source,
    cost,
    missing: 'dropped',
    pointInTime: false,
    ...(parameters === undefined ? {} : { parameters }),
  } as const;
  const compute = (series: SharedSeries) =>
    series.n === 0 && !definition.always
      ? Number.NaN
      : series.once(`tsfeatures.${name} ${freq}`, () => definition.compute(series));
  const raw: SummaryFeature = { ...shared, name, formula, unit, compute };
  if (scaled === 'none') return [raw];
  return [
    raw,
    {
      ...shared,
      name: `scaled.${name}`,
      alias: `scaled_${name}`,
      formula: `${formula} Of (y − mean) / sd, divisor n − 1.`,
      unit: '1',
      compute: (series) => {
        if (typeof scaled === 'function') {
          return series.n === 0 && !definition.always ? Number.NaN : scaled(series);
        }
        const standardised = standardisedSeries(series);
        if (standardised.n === 0) return Number.NaN;
        return compute(scaled === 'same' ? series : standardised);
      },
    },
  ];
}

/** (y − mean) / sd with divisor n − 1; without values for a constant series. */
export function standardisedSeries(series: SharedSeries): SharedSeries {
  return series.once('tsfeatures.standardised', () => {
    const sd = sampleDeviation(series);
    const z = new Float64Array(sd > 0 ? series.n : 0);
    for (let t = 0; t < z.length; t++) z[t] = series.centred[t]! / sd;
    return createSharedSeries(z);
  });
}

/** Standard deviation with divisor n − 1; exactly 0 for a constant series. */
export function sampleDeviation(series: SharedSeries): number {
  if (series.n > 1 && series.min === series.max) return 0;
  return series.once('sample deviation', () => Math.sqrt(sampleVariance(series.y)));
}
