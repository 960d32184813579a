import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';

export type Domain = 'temporal' | 'statistical' | 'spectral' | 'fractal';

const DOCUMENTATION =
  'TSFEL 0.2.0, List of available features; Barandas et al. (2020), SoftwareX 11, 100456';

interface Description {
  readonly formula: string;
  readonly unit: string;
  readonly cost?: SummaryFeature['cost'];
  readonly source?: string;
  readonly parameters?: SummaryFeature['parameters'];
}

/** A catalogue entry under the peer's name, `domain|name`; not defined for a series without values. */
export function entry(
  domain: Domain,
  name: string,
  { formula, unit, cost = 'n', source = DOCUMENTATION, parameters }: Description,
  compute: SummaryFeature['compute'],
): SummaryFeature {
  return {
    name: `${domain}|${name}`,
    alias: `tsfel_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`,
    formula,
    source,
    ...(parameters === undefined ? {} : { parameters }),
    unit,
    cost,
    missing: 'dropped',
    pointInTime: false,
    compute: (series: SharedSeries) => (series.n === 0 ? Number.NaN : compute(series)),
  };
}
