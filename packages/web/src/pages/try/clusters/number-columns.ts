import type { FileColumns } from '../file-columns.ts';

const NUMBER = /^[¥￥$€£]?\s*[-+△▲]?\s*[¥￥$€£]?\d[\d,.]*\s*[%％]?$/;
const NAMES = /(?:^|[ _-])(?:id|no|code|line|year)$|番号|コード|年$/i;

/** Columns that hold numbers and do not merely count or name rows: what rows can be compared by. */
export function numberColumns({ columns, rows }: FileColumns): readonly string[] {
  return columns.filter((name, i) => {
    const cells = rows.map((row) => row[i]?.trim() ?? '').filter((cell) => cell !== '');
    return (
      cells.length > 0 &&
      !NAMES.test(name) &&
      cells.every((cell) => NUMBER.test(cell)) &&
      new Set(cells).size > 1
    );
  });
}

/** The first column of words that are all different; '' where there is none. */
export function nameColumn({ columns, rows }: FileColumns): string {
  return (
    columns.find((_, i) => {
      const cells = rows.map((row) => row[i]?.trim() ?? '');
      const isText = cells.some((cell) => cell !== '' && !NUMBER.test(cell));
      return isText && cells.length > 1 && new Set(cells).size === cells.length;
    }) ?? ''
  );
}
