import { type ValueFormat, valueFormatSchema } from '../csv/contract.ts';
import type { TimeKind } from './cells.ts';
import { bestNamed, filled, looksMeasured, MOSTLY, plainName } from './column-guess.ts';
import type { SeriesLayout } from './contract.ts';
import { seriesSourceErrors } from './errors.ts';
import type { Source } from './source.ts';
import { findTime, timeKindOf } from './time-columns.ts';

/** Which columns of a table make series, as positions. */
export interface Columns {
  readonly timeKind: TimeKind;
  readonly time: number;
  /** Column with the group of each row; null where all rows are of `lotoName`. */
  readonly loto: number | null;
  readonly lotoName: string;
  /** Column that names the series of a row; null where the rows are of one series, or the columns name it. */
  readonly id: number | null;
  readonly values:
    | { readonly kind: 'long'; readonly column: number }
    | { readonly kind: 'wide'; readonly columns: readonly { index: number; id: string }[] }
    | { readonly kind: 'list'; readonly column: number };
  readonly exogenous: readonly { readonly index: number; readonly name: string }[];
  readonly format: ValueFormat;
}

const NAMES = {
  loto: ['loto', 'game', 'group', 'dataset', 'くじ', 'くじ種類', '種別', '種類'],
  id: ['uniqueid', 'seriesid', 'series', '系列', '系列名', '系列id'],
  y: ['y', 'value', '値', '数値', '実績', '実績値'],
  numbers: [
    ...['numbers', 'number', 'result', '当せん番号', '当選番号', '抽せん数字', '抽選数字'],
    ...['本数字', '数字', '当せん数字', '当選数字', '抽せん番号', '抽選番号', 'winningnumbers'],
  ],
} as const;
/** What names series where it repeats itself; of other tables it is a text of each row. */
const REPEATED_IDS = ['name', '名前', '名称', 'variable', '項目', '銘柄'];
/** Numbers of draws: never the values that somebody did not name. */
const COUNTERS = /^(?:draw|drawno|drawnumber|回|回号|回別|開催回|(?:抽せん|抽選)回)$/;
/** Columns that are one number of a draw each, and the names that the long form gives them. */
const WIDE: readonly [RegExp, string][] = [
  [/^(?:n|num|number|main)(\d{1,2})$/, 'N'],
  [/^(?:第|本数字|数字|当せん数字|当選数字)(\d{1,2})(?:数字)?$/, 'N'],
  [/^(?:b|bonus|bonusnumber|bonus数字|ボーナス数字|ボーナス)(\d{0,2})$/, 'B'],
];
const CARRY_OVER = /^(?:carryover|キャリーオーバー(?:額)?)$/;
/** Share of cells that are numbers in a column called y. */
const HALF = 0.5;
const LIST = /^[[(]?\s*\d+(?:\s*[,;、・|]\s*|\s+)\d+/;

/**
 * Decides which column is what: as chosen, else by name, else by what the first rows hold.
 * @throws SERIES_COLUMN_UNKNOWN, SERIES_COLUMN_TWICE, SERIES_NO_TIME, SERIES_TIME_UNREADABLE, SERIES_NO_VALUES
 */
export function columnsOf(source: Source, choices: SeriesLayout): Columns {
  const names = source.columns;
  const format = valueFormatSchema.parse({
    timeZone: choices.timeZone,
    dateOrder: choices.dateOrder ?? source.text?.dateOrder,
    decimalMark: source.text?.decimalMark,
    backslashIsYen: source.text?.encoding === 'shift_jis',
  });
  const used = new Set<number>();
  const take = (name: string | undefined): number | null => {
    if (name === undefined) return null;
    const index = names.indexOf(name);
    if (index === -1)
      throw seriesSourceErrors.SERIES_COLUMN_UNKNOWN({ column: name, columns: names.join(', ') });
    if (used.has(index)) throw seriesSourceErrors.SERIES_COLUMN_TWICE({ column: name });
    used.add(index);
    return index;
  };
  const guess = (known: readonly string[], fits: (i: number) => boolean = () => true) => {
    const index = bestNamed(known, names, (i) => !used.has(i) && fits(i));
    if (index !== null) used.add(index);
    return index;
  };
  const measures = (i: number): boolean => looksMeasured(source.samples[i]!, format, MOSTLY);
  // A column that is called so holds values even where many cells are bad, or the first ones are all missing.
  const oftenMeasures = (i: number): boolean => looksMeasured(source.samples[i]!, format, HALF);
  const isEmpty = (i: number): boolean => filled(source.samples[i]!).length === 0;
  const lists = (i: number): boolean => filled(source.samples[i]!).every((text) => LIST.test(text));
  const repeats = (i: number): boolean => {
    const texts = filled(source.samples[i]!);
    return !measures(i) && new Set(texts).size <= texts.length / 2;
  };

  // What was chosen is taken before anything is guessed.
  const chosen = {
    loto: take(choices.loto),
    id: take(choices.id),
    time: take(choices.time),
    y: take(choices.y),
    numbers: take(choices.numbers),
    series: choices.series?.map((name) => ({ index: take(name)!, id: name })),
    exogenous: choices.exogenous?.map((name) => ({ index: take(name)!, name })),
  };
  const time = chosen.time ?? findTime(source, format, used);
  if (time === null) throw seriesSourceErrors.SERIES_NO_TIME({ columns: names.join(', ') });
  used.add(time);
  const timeKind = timeKindOf(source, time, format);
  const loto = chosen.loto ?? guess(NAMES.loto);
  const id = chosen.id ?? guess(NAMES.id) ?? guess(REPEATED_IDS, repeats);
  const values = findValues();
  const exogenous = chosen.exogenous ?? otherMeasures();
  const lotoName = choices.name ?? source.name.replace(/\.[a-z0-9]+$/i, '');
  return { timeKind, time, loto, lotoName, id, values, exogenous, format };

  function findValues(): Columns['values'] {
    if (chosen.series !== undefined) return { kind: 'wide', columns: chosen.series };
    if (chosen.numbers !== null) return { kind: 'list', column: chosen.numbers };
    const y = chosen.y ?? guess(NAMES.y, (i) => oftenMeasures(i) || isEmpty(i));
    if (y !== null) return { kind: 'long', column: y };
    const list = guess(NAMES.numbers, lists) ?? onlyList();
    if (list !== null) return { kind: 'list', column: list };
    const wide = wideColumns(names).filter(({ index }) => !used.has(index) && oftenMeasures(index));
    // A bonus number stands beside others; alone, a column called b is a column like any other.
    if (wide.some(({ id }) => id.startsWith('N'))) {
      for (const { index } of wide) used.add(index);
      return { kind: 'wide', columns: wide };
    }
    const left = names.flatMap((name, i) =>
      used.has(i) || !measures(i) || COUNTERS.test(plainName(name)) ? [] : [i],
    );
    if (left.length !== 1) throw seriesSourceErrors.SERIES_NO_VALUES({ columns: names.join(', ') });
    used.add(left[0]!);
    return { kind: 'long', column: left[0]! };
  }

  /** The column of lists of numbers, where there is one and no more; `1 234` is one number. */
  function onlyList(): number | null {
    const found = names.flatMap((_, i) => {
      const isList = !used.has(i) && !isEmpty(i) && lists(i);
      return isList && !measures(i) ? [i] : [];
    });
    if (found.length !== 1) return null;
    used.add(found[0]!);
    return found[0]!;
  }

  function otherMeasures(): Columns['exogenous'] {
    return names.flatMap((name, index) =>
      !used.has(index) && (measures(index) || CARRY_OVER.test(plainName(name)))
        ? [{ index, name }]
        : [],
    );
  }
}

function wideColumns(names: readonly string[]): { index: number; id: string }[] {
  return names.flatMap((name, index) => {
    for (const [pattern, letter] of WIDE) {
      const match = pattern.exec(plainName(name));
      if (match !== null)
        return [{ index, id: `${letter}${match[1] === '' ? 1 : Number(match[1])}` }];
    }
    return [];
  });
}
