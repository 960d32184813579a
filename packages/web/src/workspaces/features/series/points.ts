import type { pointsSchema } from '@kizashi/server/workspaces/features';
import type { z } from 'zod';
import type { ChartTable, ChartTableColumn } from '../../../charts/chart-table.ts';
import { timeText } from '../../../charts/time-text.ts';
import type { Language } from '../../../ui/figure-text.ts';
import { valueText } from '../../../ui/value-text.ts';
import type { SeriesName } from '../queries.ts';
import type { ExplorerSearch } from './ExplorerPage.tsx';

export type Points = z.infer<typeof pointsSchema>;

/** What every panel of the explorer is given. */
export interface PanelProps {
  readonly name: SeriesName;
  readonly points: Points;
  readonly search: ExplorerSearch;
  readonly onChange: (change: Partial<ExplorerSearch>) => void;
}

export interface NamedColumn {
  readonly key: string;
  readonly title: string;
  readonly y: readonly (number | null)[];
}

/** Columns over the times of a series as the table behind a chart. */
export function pointsTable(
  { t, timeKind }: Pick<Points, 't' | 'timeKind'>,
  timeTitle: string,
  columns: readonly NamedColumn[],
  language: Language,
): ChartTable {
  return {
    columns: [
      {
        key: 't',
        title: timeTitle,
        text: (cell) => timeText(timeOf(cell), timeKind, language),
        numeric: timeKind === 'index',
      },
      ...columns.map(({ key, title }) => numberColumn(key, title, language)),
    ],
    rows: t.map((time, i) => [
      timeKind === 'index' ? time : new Date(time).toISOString().replace('T00:00:00.000Z', ''),
      ...columns.map(({ y }) => y[i] ?? null),
    ]),
  };
}

export function numberColumn(key: string, title: string, language: Language): ChartTableColumn {
  return { key, title, numeric: true, text: (cell) => valueText(cell as number | null, language) };
}

function timeOf(cell: string | number | null): number {
  return typeof cell === 'string' ? Date.parse(cell) : (cell ?? 0);
}

/** Name for a file with something of a series. */
export function fileName({ loto, uniqueId }: SeriesName, what: string): string {
  return `${loto}-${uniqueId}-${what}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
}
