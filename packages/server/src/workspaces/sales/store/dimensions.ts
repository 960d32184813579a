import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension } from '../filters.ts';
import { DIMENSION_TABLES } from './statement.ts';

/** Values of a dimension that have sales, most revenue first; `search` anywhere in name or code. */
export async function dimensionValues(
  analytics: Analytics,
  dimension: SalesDimension,
  search: string,
  limit: number,
): Promise<readonly { value: string; label: string }[]> {
  return analytics.query(
    `SELECT code AS value, name AS label FROM ${DIMENSION_TABLES[dimension]}
    WHERE revenue IS NOT NULL
      AND (contains(lower(name), lower($1)) OR contains(lower(code), lower($1)))
    ORDER BY revenue DESC, code LIMIT $2`,
    [search, limit],
  );
}

/** First and last day with a line, and how many lines there are; the days are null when there is none. */
export async function dataRange(
  analytics: Analytics,
): Promise<{ from: number | null; to: number | null; lines: number }> {
  const rows = await analytics.query<{ from: number | null; to: number | null; lines: number }>(
    `SELECT min(day) AS "from", max(day) AS "to", coalesce(sum(line_count), 0) AS lines FROM sales_days`,
  );
  return rows[0]!;
}
