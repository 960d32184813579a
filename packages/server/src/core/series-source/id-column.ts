import type { SeriesLayout } from './contract.ts';
import type { Source } from './source.ts';

/** Columns that name what a row belongs to, besides those that are always taken for that. */
const ID_NAMES =
  /^(?:(?:item|store|shop|product|sku|customer)?[ _-]?(?:id|code)|item|store|shop|product|sku|店舗|商品|品目|店舗名|商品名|(?:店舗|商品)コード)$/i;

/** A column that is called so and repeats itself, where none was named; a number of the row does not. */
export function idColumn({ columns, samples }: Source, layout: SeriesLayout): string | undefined {
  const taken = new Set([layout.time, layout.y, layout.loto, ...(layout.exogenous ?? [])]);
  return columns.find((name, i) => {
    if (taken.has(name) || !ID_NAMES.test(name.trim())) return false;
    const values = samples[i]!;
    return values.length > 1 && new Set(values).size <= values.length / 2;
  });
}
