export type TestName = 'frequencies' | 'runs' | 'serial';

/** `unusual`: one in twenty fair games shows as much; `against`: fewer than one in a thousand. */
export type Verdict = 'random' | 'unusual' | 'against' | 'unknown';

const UNUSUAL = 0.05;
const AGAINST = 0.001;

/** What a p-value of "the draws are independent" says. */
export function verdictOf(pValue: number | null): Verdict {
  if (pValue === null) return 'unknown';
  if (pValue < AGAINST) return 'against';
  return pValue < UNUSUAL ? 'unusual' : 'random';
}
