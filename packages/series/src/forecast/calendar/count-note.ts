import type { SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';

type CountCode =
  | 'duplicates-combined'
  | 'times-rounded'
  | 'gaps'
  | 'rows-without-values'
  | 'rows-without-time'
  | 'closed-days';

/** Warns when the first number is above 0. */
export function note(
  warnings: SeriesWarning[],
  code: CountCode,
  values: Readonly<Record<string, number>>,
): void {
  if (Object.values(values)[0]! > 0) warnings.push(warning(code, values));
}
