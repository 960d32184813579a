/**
 * tsfresh's feature names: the calculator and its parameters in alphabetical order, written as Python writes them:
 * `change_quantiles__f_agg_"mean"__isabs_False__qh_0.2__ql_0.0`.
 */
import { InvalidInput, show } from '../../invalid-input.ts';

/** A floating-point number where Python tells `0.0` from `0`, which only shows in names. */
export interface Real {
  readonly real: number;
}

export type ParameterValue = number | string | boolean | null | readonly number[] | Real;
export type Parameters = Readonly<Record<string, ParameterValue>>;

export function real(value: number): Real {
  return { real: value };
}

export function featureName(calculator: string, parameters: Parameters): string {
  const parts = Object.keys(parameters)
    .toSorted()
    .map((key) => `${key}_${written(parameters[key]!)}`);
  return [calculator, ...parts].join('__');
}

function written(value: ParameterValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return writtenNumber(value);
  if ('real' in value) {
    const text = writtenNumber(value.real);
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
  return `(${value.map(writtenNumber).join(', ')}${value.length === 1 ? ',' : ''})`;
}

/** The shortest digits that give the number back, with an exponent where Python writes one. */
function writtenNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (value === 0 || (exponent >= -4 && exponent < 16)) return `${value}`;
  const size = `${Math.abs(exponent)}`.padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** The calculator and parameters a name stands for. @throws InvalidInput (`feature`) for what is no such name */
export function parseFeatureName(name: string): { calculator: string; parameters: Parameters } {
  const [calculator, ...parts] = name.split('__');
  const parameters: Record<string, ParameterValue> = {};
  for (const part of parts) {
    const at = part.search(/_(?!.*_)/);
    const value = at > 0 ? readValue(part.slice(at + 1)) : undefined;
    if (value === undefined) {
      throw new InvalidInput('feature', `has a part that is not name_value: ${show(part)}`);
    }
    parameters[part.slice(0, at)] = value;
  }
  return { calculator: calculator!, parameters };
}

function readValue(text: string): ParameterValue | undefined {
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (/^".*"$/.test(text)) return text.slice(1, -1);
  if (/^[([].*[)\]]$/.test(text)) {
    const values = text.slice(1, -1).split(',');
    if (values.at(-1)?.trim() === '') values.pop();
    const list = values.map((each) => readNumber(each.trim()));
    return list.every((each) => each !== undefined) ? list : undefined;
  }
  const value = readNumber(text);
  return value !== undefined && /^-?\d+\.0$/.test(text) ? real(value) : value;
}

function readNumber(text: string): number | undefined {
  if (text === 'nan') return Number.NaN;
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A short name of letters, digits and underscores: rounds what binary fractions make long, keeps signs. */
export function aliasOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\d+\.\d{12,}/g, (digits) => `${Number(Number(digits).toPrecision(12))}`)
    .replace(/(\d)\.0(?!\d)/g, '$1')
    .replace(/([_( ])-(\d)/g, '$1minus_$2')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_+/g, '_')
    .replace(/^_|_$/g, '');
}
