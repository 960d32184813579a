import {
  type FeatureParameter,
  type FeatureSet,
  featureSets,
  InvalidInput,
  parametersOf,
  type SetParameters,
} from '@kizashi/series';
import type { Words } from '../../core/errors.ts';
import { invalidInputWords } from '../../core/invalid-input-words.ts';
import { featuresErrors } from './errors.ts';

type Overrides = Readonly<Record<string, FeatureParameter>>;

/** @throws FEATURES_SET_UNKNOWN */
export function findSet(name: string): FeatureSet {
  const set = featureSets.find((known) => known.name === name);
  if (set !== undefined) return set;
  const sets = featureSets.map((known) => known.name).join(', ');
  throw featuresErrors.FEATURES_SET_UNKNOWN({ set: name, sets });
}

/**
 * The parameters of a set with what a caller overrides, checked by making the set once.
 * @throws FEATURES_PARAMETER_INVALID
 */
export function checkedParameters(set: FeatureSet, overrides: Overrides): SetParameters {
  try {
    const parameters = parametersOf(set, overrides);
    if (set.kind === 'summary') set.features(parameters);
    else set.groups(parameters);
    return parameters;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw featuresErrors.FEATURES_PARAMETER_INVALID(
      { set: set.name, reason: invalidInputWords(error) },
      { cause: error },
    );
  }
}

/**
 * `name=value` as people type it, the value read as the type that the set's parameter has; a list of numbers with commas.
 * @throws FEATURES_PARAMETER_INVALID
 */
export function readParameters(set: FeatureSet, pairs: readonly string[]): Overrides {
  const overrides: Record<string, FeatureParameter> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, at));
    overrides[name] = readParameter(set, name, pair, pair.slice(at + 1));
  }
  return overrides;
}

function readParameter(
  set: FeatureSet,
  name: string,
  pair: string,
  text: string,
): FeatureParameter {
  const fail = (reason: Words) =>
    featuresErrors.FEATURES_PARAMETER_INVALID({ set: set.name, reason });
  const known = set.defaults[name];
  if (known === undefined) {
    const names = Object.keys(set.defaults).join(', ') || '—';
    throw fail({
      en: `${pair}: name=value, with a name of ${names}`,
      ja: `${pair}: 名前=値 の形で指定してください。名前: ${names}`,
    });
  }
  const number = (part: string): number => {
    const value = part.trim() === '' ? Number.NaN : Number(part);
    if (!Number.isFinite(value))
      throw fail(invalidInputWords({ argument: name, reason: `must be a number, got ${part}` }));
    return value;
  };
  if (Array.isArray(known)) return text.split(',').map(number);
  if (typeof known === 'number') return number(text);
  if (typeof known === 'boolean') {
    if (text !== 'true' && text !== 'false') {
      throw fail(invalidInputWords({ argument: name, reason: 'must be true or false' }));
    }
    return text === 'true';
  }
  return text;
}
