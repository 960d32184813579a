import { InvalidInput } from '../../invalid-input.ts';
import type { FeatureInfo, FeatureParameter, SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { aliasOf, featureName, type Parameters, type ParameterValue } from './names.ts';
import type { ParameterRule } from './parameter-rules.ts';

/** One of tsfresh's calculators: a way to make a feature of any parameters it allows. */
export interface Calculator {
  readonly name: string;
  /** Names of its parameters. */
  readonly parameters: readonly string[];
  /** @throws InvalidInput for parameters it does not have or allow */
  feature(parameters: Parameters): SummaryFeature;
}

/** `P`: the checked parameters. */
interface Description<P> {
  readonly name: string;
  readonly formula: string;
  readonly unit: string;
  readonly cost?: FeatureInfo['cost'];
  /** The paper behind it; tsfresh's page describes it in any case. */
  readonly source?: string;
  readonly parameters?: { readonly [K in keyof P]: ParameterRule<P[K]> };
  /** Parameters that appear in the name even where they were left out. */
  readonly defaults?: Parameters;
  /** Called once for each feature with its parameters; the function it gives is called for each series. */
  readonly create: (parameters: P) => (series: SharedSeries) => number;
}

const DOCUMENTATION =
  'tsfresh 0.21, feature_extraction.feature_calculators; Christ et al. (2018), Neurocomputing 307, 72–77';

export function calculator<P extends object>(description: Description<P>): Calculator {
  const {
    name,
    formula,
    unit,
    cost = 'n',
    source,
    parameters: rules,
    defaults,
    create,
  } = description;
  const known = Object.keys(rules ?? {});
  return {
    name,
    parameters: known,
    feature(given) {
      const parameters = { ...defaults, ...given };
      for (const key of Object.keys(parameters)) {
        if (known.includes(key)) continue;
        const names = known.join(', ') || 'none';
        throw new InvalidInput(key, `is not a parameter of ${name}; it has ${names}`);
      }
      const checked = Object.fromEntries(
        Object.entries<ParameterRule<unknown>>(rules ?? {}).map(([key, rule]) => [
          key,
          rule(key, parameters[key]),
        ]),
      ) as P;
      const fullName = featureName(name, parameters);
      const alias = aliasOf(fullName);
      return {
        name: fullName,
        ...(alias === fullName ? {} : { alias }),
        formula,
        source: source === undefined ? DOCUMENTATION : `${source}; ${DOCUMENTATION}`,
        ...(known.length === 0 ? {} : { parameters: plain(parameters) }),
        unit,
        cost,
        missing: 'dropped',
        pointInTime: false,
        compute: create(checked),
      };
    },
  };
}

function plain(parameters: Parameters): Record<string, FeatureParameter> {
  const out: Record<string, FeatureParameter> = {};
  for (const [key, value] of Object.entries(parameters)) {
    const known = plainValue(value);
    if (known !== null) out[key] = known;
  }
  return out;
}

function plainValue(value: ParameterValue): FeatureParameter | null {
  return typeof value === 'object' && value !== null && 'real' in value ? value.real : value;
}
