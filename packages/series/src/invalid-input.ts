/**
 * A caller broke a documented promise of a function: the wrong type, sign or range of an argument.
 * Facts about the data (too short, constant, missing) are never thrown; they travel in the result.
 *
 * The message names the argument, what was expected and what came:
 * `window: must be a whole number >= 2, got 1.5`.
 */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly code = 'SERIES_INVALID_INPUT';
  readonly argument: string;
  readonly reason: string;

  constructor(argument: string, reason: string) {
    super(`${argument}: ${reason}`);
    this.argument = argument;
    this.reason = reason;
  }
}

/** Throws unless `value` is a whole number in [min, max]. */
export function requireWhole(
  argument: string,
  value: number,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  const range = max === Number.MAX_SAFE_INTEGER ? `>= ${min}` : `from ${min} to ${max}`;
  throw new InvalidInput(argument, `must be a whole number ${range}, got ${show(value)}`);
}

/** Throws unless `value` lies strictly between 0 and 1. */
export function requireFraction(argument: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw new InvalidInput(argument, `must be a fraction between 0 and 1, got ${show(value)}`);
}

/** Throws unless every level lies strictly between 0 and 1. */
export function requireLevels(levels: readonly number[]): void {
  for (let i = 0; i < levels.length; i++) requireFraction(`levels[${i}]`, levels[i]!);
}

/** A short, safe picture of any value for an error message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return `${value}`;
  return Array.isArray(value) ? `an array of ${value.length}` : `a value of type ${typeof value}`;
}

/** Throws unless `value` is finite and above 0 (or 0, where that is allowed). */
export function requirePositive(argument: string, value: number, zeroAllowed = false): void {
  if (Number.isFinite(value) && (value > 0 || (zeroAllowed && value === 0))) return;
  const range = zeroAllowed ? '>= 0' : '> 0';
  throw new InvalidInput(argument, `must be a finite number ${range}, got ${show(value)}`);
}
