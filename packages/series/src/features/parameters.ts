import { InvalidInput, requireWhole } from '../invalid-input.ts';
import type { SetParameters } from './feature.ts';

/** A parameter that is a list of different whole numbers ≥ min. @throws InvalidInput */
export function wholeNumbers(
  parameters: SetParameters,
  name: string,
  min: number,
): readonly number[] {
  const values = parameters[name] as readonly number[];
  values.forEach((value, i) => {
    requireWhole(`${name}[${i}]`, value, min);
  });
  if (new Set(values).size < values.length) {
    throw new InvalidInput(name, `must name each value once, got ${values.join(', ')}`);
  }
  return values;
}
