import type { Language } from './figure-text.ts';

const steps = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

/** A stretch of time in its two largest units: `2 min 5 sec`, `450 ms`. */
export function durationText(ms: number, language: Language): string {
  const at = steps.findIndex((step) => ms >= step.ms);
  if (at === -1) return amount(Math.round(ms), 'millisecond', language);
  const { unit, ms: size } = steps[at]!;
  if (unit === 'second') {
    return amount(ms < 10_000 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000), unit, language);
  }
  const next = steps[at + 1]!;
  const rest = Math.floor((ms % size) / next.ms);
  const whole = amount(Math.floor(ms / size), unit, language);
  return rest === 0 ? whole : `${whole} ${amount(rest, next.unit, language)}`;
}

function amount(value: number, unit: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    value,
  );
}
