import { InvalidInput, show } from '../../invalid-input.ts';
import type { ParameterValue } from './names.ts';

/** Checks one parameter of a calculator and gives it its type. @throws InvalidInput */
export type ParameterRule<T> = (name: string, value: ParameterValue | undefined) => T;

export const number: ParameterRule<number> = (name, value) => {
  const plain = typeof value === 'object' && value !== null && 'real' in value ? value.real : value;
  if (typeof plain === 'number') return plain;
  throw new InvalidInput(name, `must be a number, got ${show(value)}`);
};

export const share: ParameterRule<number> = (name, value) => {
  const plain = number(name, value);
  if (plain >= 0 && plain <= 1) return plain;
  throw new InvalidInput(name, `must be from 0 to 1, got ${show(plain)}`);
};

export function whole(least: number, most = Number.MAX_SAFE_INTEGER): ParameterRule<number> {
  return (name, value) => {
    const plain = number(name, value);
    if (Number.isSafeInteger(plain) && plain >= least && plain <= most) return plain;
    const range = most === Number.MAX_SAFE_INTEGER ? `>= ${least}` : `from ${least} to ${most}`;
    throw new InvalidInput(name, `must be a whole number ${range}, got ${show(plain)}`);
  };
}

export const flag: ParameterRule<boolean> = (name, value) => {
  if (typeof value === 'boolean') return value;
  throw new InvalidInput(name, `must be true or false, got ${show(value)}`);
};

export function oneOf<const T extends string>(...choices: readonly T[]): ParameterRule<T> {
  return (name, value) => {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    throw new InvalidInput(name, `must be one of ${choices.join(', ')}, got ${show(value)}`);
  };
}

export const numbers: ParameterRule<readonly number[]> = (name, value) => {
  if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value;
  throw new InvalidInput(name, `must be a list of numbers, got ${show(value)}`);
};

/** A parameter that may be left out (or given as null). */
export function optional<T>(rule: ParameterRule<T>): ParameterRule<T | undefined> {
  return (name, value) => (value === undefined || value === null ? undefined : rule(name, value));
}
