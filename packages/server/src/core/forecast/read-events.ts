import { isoDate } from '@kizashi/series';
import { valueFormatSchema } from '../csv/contract.ts';
import { createTimeParser } from '../series-source/cells.ts';
import type { TextChoices } from '../series-source/contract.ts';
import { openFile } from '../series-source/open-file.ts';
import { type EventDay, eventDaySchema } from './contract.ts';
import { forecastErrors } from './errors.ts';

const DAY = 86_400_000;
const COLUMNS = [
  { name: 'date', called: /^(?:date|day|ds|日付|年月日)$/i },
  { name: 'name', called: /^(?:name|event|holiday|名前|名称|イベント)$/i },
  { name: 'window', called: /^(?:window|days|前後|日数)$/i },
] as const;

/**
 * Reads a CSV or Parquet file of events: columns `date`, `name` and, where wanted, `window` (`2`: two days before and after;
 * `-1:3`: from one day before to three after).
 *
 * @throws FORECAST_EVENTS_INVALID, SERIES_FILE_…
 */
export async function readEvents(
  file: string,
  choices: TextChoices = {},
): Promise<readonly EventDay[]> {
  const source = await openFile(file, choices);
  try {
    const { name, columns } = source;
    const places = COLUMNS.map(({ called }) => columns.findIndex((one) => called.test(one.trim())));
    const [date, label, window] = places as [number, number, number];
    const invalid = (line: number, problem: { en: string; ja: string }) =>
      forecastErrors.FORECAST_EVENTS_INVALID({
        name,
        line,
        reason: problem.en,
        reasonJa: problem.ja,
      });
    if (date < 0 || label < 0) throw invalid(1, PROBLEMS.columns);
    const parse = createTimeParser(
      'date',
      valueFormatSchema.parse({
        timeZone: 'UTC',
        dateOrder: choices.dateOrder ?? source.text?.dateOrder,
      }),
    );
    const events: EventDay[] = [];
    for await (const { rows, lines } of source.read([
      date,
      label,
      ...(window < 0 ? [] : [window]),
    ])) {
      for (const [i, [day, event, around]] of rows.entries()) {
        const time = parse(day ?? null);
        if (typeof time !== 'number') throw invalid(lines[i]!, PROBLEMS.date);
        const row = eventDaySchema.safeParse({
          date: isoDate(Math.floor(time / DAY)),
          name: String(event ?? '').trim(),
          ...(String(around ?? '').trim() !== '' && { window: String(around).trim() }),
        });
        if (!row.success) {
          const isWindow = row.error.issues[0]?.path[0] === 'window';
          throw invalid(lines[i]!, isWindow ? PROBLEMS.window : PROBLEMS.name);
        }
        events.push(row.data);
      }
    }
    return events;
  } finally {
    await source.close();
  }
}

const PROBLEMS = {
  columns: {
    en: 'the columns must be called date, name and, where wanted, window',
    ja: '列名は date、name、必要なら window にしてください',
  },
  date: { en: 'the date cannot be read', ja: '日付を読めません' },
  name: { en: 'the name is missing or too long', ja: '名前がないか、長すぎます' },
  window: {
    en: 'the window must be days such as 2, or -1:3',
    ja: 'window は 2 や -1:3 のように日数で指定してください',
  },
} as const;
