import { setImmediate } from 'node:timers/promises';
import { deletePoints, lastPosition, nextPosition, usedPositions } from '../store/series.ts';
import type { FeaturesQuery } from '../store/tables.ts';

/**
 * Deletes the points of series that a later import replaced, and of imports that never ended, one series at a time.
 * Imports under way are left alone.
 * @param limit ends after so many series
 * @returns how many series' points were deleted
 */
export async function removeUnusedPoints(query: FeaturesQuery, limit: number): Promise<number> {
  const live = await query
    .selectFrom('features_imports')
    .select('number')
    .where('state', 'in', ['checking', 'checked', 'storing'])
    .execute();
  const spared = new Set(live.map(({ number }) => number));
  let removed = 0;
  for (let number = await nextNumber(query, -1); number !== undefined; ) {
    if (!spared.has(number)) {
      const used = await usedPositions(query, number);
      // All of them, as of most imports: no need to look at each.
      const isWhole = used.size === (await lastPosition(query, number)) + 1;
      let position: number | undefined = isWhole
        ? undefined
        : await nextPosition(query, number, -1);
      while (position !== undefined) {
        if (!used.has(position)) {
          if (removed === limit) return removed;
          await deletePoints(query, number, position);
          removed++;
          await setImmediate();
        }
        position = await nextPosition(query, number, position);
      }
    }
    number = await nextNumber(query, number);
  }
  return removed;
}

/** Import numbers that have points, one after the other: a look at the key for each. */
async function nextNumber(query: FeaturesQuery, after: number): Promise<number | undefined> {
  const row = await query
    .selectFrom('features_points')
    .select('import_number')
    .where('import_number', '>', after)
    .orderBy('import_number')
    .limit(1)
    .executeTakeFirst();
  return row?.import_number;
}
