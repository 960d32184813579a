import type { ChartCell, ChartTableColumn } from '../../charts/chart-table.ts';
import { timeText } from '../../charts/time-text.ts';
import { type Language, MISSING, percentText } from '../../ui/figure-text.ts';
import { valueText } from '../../ui/value-text.ts';

type Column = (key: string, title: string) => ChartTableColumn;

/** Columns of a table of results, in the language of the page. */
export function tableColumns(language: Language) {
  const number = (digits: number): Column => {
    const style = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
    return (key, title) => ({
      ...{ key, title, numeric: true },
      text: (cell) => (typeof cell === 'number' ? style.format(cell) : MISSING),
    });
  };
  const shown = (cell: ChartCell) => (cell === null ? MISSING : String(cell));
  return {
    text: ((key, title) => ({ key, title, numeric: false, text: shown })) satisfies Column,
    /** Any size: six significant digits. */
    value: ((key, title) => ({
      ...{ key, title, numeric: true },
      text: (cell) => valueText(cell as number | null, language),
    })) satisfies Column,
    number,
    share: ((key, title) => ({
      ...{ key, title, numeric: true },
      text: (cell) => (typeof cell === 'number' ? percentText(cell, language) : MISSING),
    })) satisfies Column,
    /** Of `YYYY-MM-DD`. */
    day: ((key, title) => ({
      ...{ key, title, numeric: false },
      text: (cell) =>
        cell === null ? MISSING : timeText(Date.parse(String(cell)), 'date', language),
    })) satisfies Column,
  };
}
