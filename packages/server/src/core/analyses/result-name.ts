import type { Locale } from '../errors.ts';

/** Name of the document in the folder of an analysis. */
export function resultName(locale: Locale): string {
  return `result.${locale}.json`;
}
