import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import type { SeriesWarning } from '../types.ts';
import { note } from './count-note.ts';
import { detectIndexStep, detectStep } from './detect-step.ts';
import type { RegularOptions } from './regular-series.ts';
import { createDays, createTimeGrid, type TimeGrid } from './time-grid.ts';
import { fixedLength, NAMED_STEPS, type TimeStep } from './time-step.ts';

/** Closed days with values make up at most this share of them. */
const MOST_OPEN = 0.1;

/** The places of a series, as asked for or as its times lie; `regular` is false where they have no common spacing. */
export function gridFor(
  times: Float64Array,
  options: RegularOptions,
  isIndex: boolean,
  timeZone: string,
  warnings: SeriesWarning[],
): TimeGrid & { readonly regular: boolean } {
  const chosen = typeof options.step === 'string' ? NAMED_STEPS[options.step] : options.step;
  if (options.step !== undefined && chosen === undefined) {
    throw new InvalidInput(
      'step',
      `must be one of ${Object.keys(NAMED_STEPS).join(', ')}, got ${show(options.step)}`,
    );
  }
  const first = times[0]!;
  if (isIndex) {
    const step = chosen ?? detectIndexStep(times);
    return {
      ...createTimeGrid({ ...step, unit: 'index' }, { origin: first, timeZone }),
      regular: true,
    };
  }
  if (chosen !== undefined) requireWhole('step.every', chosen.every, 1);
  const days = createDays(timeZone);
  const found =
    chosen === undefined ? detectStep(times, timeZone) : { step: chosen, regular: true };
  const length = fixedLength(found.step);
  if (length !== null) {
    // Where times lie beside their places, those are on the clock: full minutes, quarters of an hour.
    const exact = times.every((time) => (time - first) % length === 0);
    const start = days.startOf(days.dayOf(first));
    const origin = exact ? first : start + place(first - start) * length;
    return { ...createTimeGrid(found.step, { origin, timeZone }), regular: found.regular };
    function place(sinceMidnight: number): number {
      return Math.round(sinceMidnight / length!);
    }
  }
  const clock = first - days.startOf(days.dayOf(first));
  const sameClock = times.every((time) => time - days.startOf(days.dayOf(time)) === clock);
  const closedDays = closedOf(times, found.step, options.closedDays ?? [], days.dayOf);
  const during = closedDays.filter(
    (day) => day > days.dayOf(first) && day < days.dayOf(times.at(-1)!),
  );
  note(warnings, 'closed-days', { days: during.length });
  const grid = createTimeGrid(found.step, {
    origin: first,
    timeZone,
    closedDays,
    clock: sameClock ? clock : 0,
  });
  return { ...grid, regular: found.regular };
}

/** The closed days, where the series keeps to them. */
function closedOf(
  times: Float64Array,
  { unit, openWeekdays }: TimeStep,
  closedDays: readonly number[],
  dayOf: (t: number) => number,
): readonly number[] {
  if (unit !== 'day' || openWeekdays === undefined) return [];
  const sorted = [...new Set(closedDays)].sort((a, b) => a - b);
  const from = dayOf(times[0]!);
  const to = dayOf(times.at(-1)!);
  const during = new Set(sorted.filter((day) => day >= from && day <= to));
  const taken = new Set<number>();
  for (const time of times) {
    const day = dayOf(time);
    if (during.has(day)) taken.add(day);
  }
  if (taken.size > MOST_OPEN * during.size) return [];
  return sorted.filter((day) => !taken.has(day));
}
