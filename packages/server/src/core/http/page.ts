import type { z } from 'zod';
import { httpErrors } from './errors.ts';

/**
 * A cursor is the sort key of the last row a caller saw, as opaque text. It names a place, not a number of rows,
 * so rows added or removed meanwhile neither repeat nor hide others.
 */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws CURSOR_INVALID when it is not one of ours or belongs to another list. */
export function decodeCursor<T>(cursor: string, key: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw httpErrors.CURSOR_INVALID({}, { cause });
  }
  const result = key.safeParse(value);
  if (!result.success) throw httpErrors.CURSOR_INVALID({}, { cause: result.error });
  return result.data;
}

/** Turns up to `limit + 1` rows in order into a page; the extra row only tells that there is more. */
export function pageOfRows<R>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => unknown,
): { items: R[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(keyOf(last)) : null };
}
