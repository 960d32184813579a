import type { SeriesLayout } from '@kizashi/server/contract/series-source';

/** How a file should be read, as it is typed; what is empty is found by itself. */
export interface LayoutDraft {
  readonly name: string;
  readonly loto: string;
  readonly id: string;
  readonly time: string;
  readonly y: string;
  /** Columns that are a series each, with commas. */
  readonly series: string;
  readonly numbers: string;
  readonly exogenous: string;
  readonly timeZone: string;
}

export const emptyDraft: LayoutDraft = {
  name: '',
  loto: '',
  id: '',
  time: '',
  y: '',
  series: '',
  numbers: '',
  exogenous: '',
  timeZone: '',
};

/** The layout as the server takes it. */
export function layoutOf(draft: LayoutDraft): Partial<SeriesLayout> {
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim());
  const list = (value: string) => {
    const parts = value.split(/[,、]/).map((part) => part.trim());
    const filled = parts.filter((part) => part !== '');
    return filled.length === 0 ? undefined : filled;
  };
  const { series, exogenous, ...single } = draft;
  const all = {
    ...Object.fromEntries(Object.entries(single).map(([key, value]) => [key, text(value)])),
    series: list(series),
    exogenous: list(exogenous),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
