import { type Delimiter, delimiters } from './contract.ts';
import { createCsvParser } from './parse.ts';

/** Rows looked at. */
const MAX_ROWS = 200;
const MAX_CHARS = 256 * 1024;

/**
 * The delimiter that cuts the rows of a sample most evenly, quotes honoured: the share of rows with the most frequent
 * number of columns, times the logarithm of that number. A comma when nothing cuts anything: one column.
 */
export function detectDelimiter(sample: string): Delimiter {
  const text = sample.slice(0, MAX_CHARS);
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = evenness(text, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function evenness(text: string, delimiter: Delimiter): number {
  const parser = createCsvParser({ delimiter, blockChars: Number.POSITIVE_INFINITY });
  parser.push(text);
  const { rows, faults } = parser.end();
  // The end of the sample may cut the last row.
  const whole = rows.slice(0, rows.length > 1 ? Math.min(rows.length - 1, MAX_ROWS) : 1);
  const rowsByWidth = new Map<number, number>();
  for (const { length } of whole) rowsByWidth.set(length, (rowsByWidth.get(length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of rowsByWidth) {
    best = Math.max(best, (count / (whole.length + faults.length)) * Math.log2(width));
  }
  return best;
}
