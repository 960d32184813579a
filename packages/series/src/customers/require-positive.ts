import { InvalidInput } from '../invalid-input.ts';

/** Throws unless `value` is finite and above 0 (or 0, where that is allowed). */
export function requirePositive(argument: string, value: number, zeroAllowed = false): void {
  if (Number.isFinite(value) && (value > 0 || (zeroAllowed && value === 0))) return;
  throw new InvalidInput(
    argument,
    `must be a finite number ${zeroAllowed ? '>=' : '>'} 0, got ${value}`,
  );
}
