/** What the calendar says of the day of each value: known in advance, the values themselves play no part. */
import { civilDate, dayNumber } from '../../calendar/day.ts';
import { isoWeek } from '../../calendar/week.ts';
import { InvalidInput, show } from '../../invalid-input.ts';
import { columnsByStream } from '../column-stream.ts';
import type { ColumnGroup, ColumnSet } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import { type DayColumns, dayInfo } from './day-columns.ts';
import { holidayColumns } from './holidays.ts';

/**
 * P12. Year to ISO week, starts and ends, leap years, positions on circles, Fourier terms; with `holidays` (days since
 * 1970-01-01) also holidays and the days since and until the nearest. Everything is `NaN` for a series without days.
 */
export const calendar: ColumnSet = {
  kind: 'columns',
  name: 'calendar',
  pipeline: 'calendar',
  version: 1,
  defaults: { fourier_periods: [7, 30, 365.25], fourier_orders: [1, 2], holidays: [] },
  groups(parameters) {
    const holidays = parameters.holidays as readonly number[];
    return [
      dateParts(),
      fourierTerms(
        periods(parameters.fourier_periods as readonly number[]),
        wholeNumbers(parameters, 'fourier_orders', 1),
      ),
      ...(holidays.length === 0 ? [] : [byDay(holidayColumns(holidays))]),
    ];
  },
};

/** The last day that JavaScript dates reach. */
const LAST_DAY = 100_000_000;

function byDay({ columns, write }: DayColumns): ColumnGroup {
  const stream = () => {
    const now = new Float64Array(columns.length);
    return (_: number, day: number) => {
      if (Number.isInteger(day) && Math.abs(day) <= LAST_DAY) write(day, now);
      else now.fill(Number.NaN);
      return now;
    };
  };
  return {
    columns,
    compute: (series) => columnsByStream(columns.length, stream(), series),
    stream,
  };
}

type DatePart = readonly [name: string, formula: string, of: (date: DateParts) => number];

function dateParts(): ColumnGroup {
  const dates: readonly DatePart[] = [
    ['year', 'Year.', ({ year }) => year],
    ['quarter', 'Quarter, 1 … 4.', ({ month }) => Math.ceil(month / 3)],
    ['month', 'Month, 1 … 12.', ({ month }) => month],
    ['week', 'Week of ISO 8601, 1 … 53.', ({ week }) => week],
    ['iso_year', 'Year that the week of ISO 8601 belongs to.', ({ isoYear }) => isoYear],
    ['day', 'Day of the month, 1 … 31.', ({ day }) => day],
    ['dayofweek', 'Day of the week, Monday 0 … Sunday 6.', ({ weekday }) => weekday],
    ['dayofyear', 'Day of the year, 1 … 366.', ({ dayOfYear }) => dayOfYear],
    ['days_in_month', 'Days of the month, 28 … 31.', ({ daysInMonth }) => daysInMonth],
    ['is_weekend', '1 on Saturday and Sunday.', ({ weekday }) => Number(weekday >= 5)],
    ['is_month_start', '1 on the first day of a month.', ({ day }) => Number(day === 1)],
    [
      'is_month_end',
      '1 on the last day of a month.',
      ({ day, daysInMonth }) => Number(day === daysInMonth),
    ],
    [
      'is_quarter_start',
      '1 on the first day of a quarter.',
      ({ day, month }) => Number(day === 1 && month % 3 === 1),
    ],
    [
      'is_quarter_end',
      '1 on the last day of a quarter.',
      ({ day, month, daysInMonth }) => Number(day === daysInMonth && month % 3 === 0),
    ],
    ['is_year_start', '1 on 1 January.', ({ dayOfYear }) => Number(dayOfYear === 1)],
    [
      'is_year_end',
      '1 on 31 December.',
      ({ dayOfYear, daysInYear }) => Number(dayOfYear === daysInYear),
    ],
    ['is_leap_year', '1 in years of 366 days.', ({ daysInYear }) => Number(daysInYear === 366)],
  ];
  const circles: readonly DatePart[] = [
    ...circle('month', '(month − 1) / 12', ({ month }) => (month - 1) / 12),
    ...circle('day', '(day − 1) / days in month', (d) => (d.day - 1) / d.daysInMonth),
    ...circle('dayofweek', 'dayofweek / 7', ({ weekday }) => weekday / 7),
    ...circle(
      'dayofyear',
      '(dayofyear − 1) / days in year',
      (d) => (d.dayOfYear - 1) / d.daysInYear,
    ),
  ];
  const group = (parts: readonly DatePart[]): ColumnGroup =>
    byDay({
      columns: parts.map(([name, formula]) => dayInfo(name, formula)),
      write(day, out) {
        const date = datePartsOf(day);
        for (let i = 0; i < parts.length; i++) out[i] = parts[i]![2](date);
      },
    });
  return {
    ...group([...dates, ...circles]),
    device: { kernel: 'calendar-circles', dates: group(dates) },
  };
}

function circle(
  name: string,
  formula: string,
  turn: (date: DateParts) => number,
): readonly DatePart[] {
  return [
    [`${name}_sin`, `sin(2π · ${formula}).`, (d: DateParts) => Math.sin(2 * Math.PI * turn(d))],
    [`${name}_cos`, `cos(2π · ${formula}).`, (d: DateParts) => Math.cos(2 * Math.PI * turn(d))],
  ];
}

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Monday 0 … Sunday 6. */
  readonly weekday: number;
  readonly dayOfYear: number;
  readonly daysInMonth: number;
  readonly daysInYear: number;
  readonly week: number;
  readonly isoYear: number;
}

function datePartsOf(number: number): DateParts {
  const { year, month, day, weekday } = civilDate(number);
  const { year: isoYear, week } = isoWeek(number);
  const yearStart = dayNumber(year, 1, 1);
  return {
    year,
    month,
    day,
    weekday: (weekday + 6) % 7,
    dayOfYear: number - yearStart + 1,
    daysInMonth: dayNumber(year, month + 1, 1) - (number - day + 1),
    daysInYear: dayNumber(year + 1, 1, 1) - yearStart,
    week,
    isoYear,
  };
}

function periods(values: readonly number[]): readonly number[] {
  values.forEach((value, i) => {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new InvalidInput(`fourier_periods[${i}]`, `must be above 0 days, got ${show(value)}`);
    }
  });
  return values;
}

/** `fourier_sin_<period>_<k>` and `fourier_cos_<period>_<k>`. */
function fourierTerms(lengths: readonly number[], orders: readonly number[]): ColumnGroup {
  const terms = lengths.flatMap((period) => orders.map((order) => ({ period, order })));
  const group = byDay({
    columns: terms.flatMap(({ period, order }) =>
      ['sin', 'cos'].map((wave) => ({
        ...dayInfo(
          `fourier_${wave}_${period}_${order}`,
          `${wave}(2π · ${order} · day / ${period}), day counted from 1970-01-01.`,
        ),
        parameters: { period, order },
      })),
    ),
    write(day, out) {
      terms.forEach(({ period, order }, i) => {
        const angle = (2 * Math.PI * ((order * day) % period)) / period;
        out[2 * i] = Math.sin(angle);
        out[2 * i + 1] = Math.cos(angle);
      });
    },
  });
  return { ...group, device: { kernel: 'fourier', terms } };
}
