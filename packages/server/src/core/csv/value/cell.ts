import type { RowErrorCode } from '../contract.ts';

/** A parsed cell; null is an empty one. Dates are `YYYY-MM-DD`, datetimes UTC epoch ms, currency units × 10,000. */
export type CellValue = string | number | boolean | null;

/** Why a cell is not what its column wants. Shared constants: nothing is allocated for a bad cell. */
export class CellFault {
  readonly code: RowErrorCode;

  constructor(code: RowErrorCode) {
    this.code = code;
  }
}

/** Reads one cell. Surrounding white space does not matter; a cell of nothing else is null. */
export type CellParser = (text: string) => CellValue | CellFault;

/** Numbers, dates and booleans longer than this are not looked at, which bounds the work on hostile cells. */
export const MAX_VALUE_CHARS = 64;
