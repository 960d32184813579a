import { isoDate } from '@kizashi/series';
import type { TimeKind } from './contract.ts';

const DAY = 86_400_000;

/** How a time of a series is written in what people and programs get: `2000-10-05`, `2000-10-05T03:00:00Z`, `17`. */
export function timeText(time: number, kind: TimeKind): string {
  if (kind === 'index') return String(time);
  if (kind === 'date') return isoDate(Math.floor(time / DAY));
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
