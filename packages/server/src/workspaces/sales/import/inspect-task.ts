import { createReadStream } from 'node:fs';
import type { Delimiter, Encoding } from '../../../core/csv/contract.ts';
import type { DetectedFile } from '../../../core/csv/detect.ts';
import { readRows } from '../../../core/csv/read-rows.ts';
import type { CellValue } from '../../../core/csv/value/cell.ts';
import type { ImportMapping } from '../contract.ts';
import { chosenLayout, inspectFile, readOptions } from './file-layout.ts';
import { createLineMapper } from './line-mapper.ts';

const PREVIEW_ROWS = 50;
/** Bytes looked at for a preview: enough for fifty rows of any usual file. */
const PREVIEW_BYTES = 1 << 20;

export interface InspectTask {
  readonly file: string;
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly hasHeader?: boolean | undefined;
}

/** Looks at the beginning of a file; in a worker thread, since a megabyte of guesses takes some tenths of a second. */
export async function inspect({
  file,
  ...choices
}: InspectTask): Promise<DetectedFile | { readonly binary: string } | undefined> {
  return inspectFile(file, choices);
}

export interface PreviewTask {
  readonly file: string;
  readonly mapping: ImportMapping;
}

export interface PreviewRow {
  readonly line: number;
  /** One per column of the file. */
  readonly values: readonly CellValue[];
  readonly errors: readonly { column: string | null; code: string; value: string | null }[];
}

/** The first rows as the import would read them. Columns that are not used stay text. */
export async function preview({ file, mapping }: PreviewTask): Promise<PreviewRow[]> {
  const layout = await inspectFile(file, chosenLayout(mapping));
  if (layout === undefined || 'binary' in layout) return [];
  const names = layout.columns.map(({ name }) => name);
  const mapper = createLineMapper(mapping, names);
  const unused = mapping.columns
    .map((_, index) => ({
      name: names[index] ?? `column ${index + 1}`,
      index,
      type: 'text' as const,
    }))
    .filter(({ index }) => !mapper.rules.some((rule) => rule.index === index));
  const options = readOptions(mapping, mapper, layout.decimalMark);
  const rules = [...mapper.rules, ...unused];
  const rows: PreviewRow[] = [];
  const source = createReadStream(file, { end: PREVIEW_BYTES - 1 });
  for await (const batch of readRows(source, { ...options, rules })) {
    for (const [i, values] of batch.rows.entries()) {
      const inFileOrder: CellValue[] = mapping.columns.map(() => null);
      for (const [r, { index, type }] of rules.entries()) {
        inFileOrder[index] = shown(values[r] ?? null, type);
      }
      rows.push({ line: batch.lines[i]!, values: inFileOrder, errors: [] });
    }
    for (const { line, cells, errors } of batch.rejected) {
      rows.push({ line, values: cells, errors });
    }
  }
  return rows.sort((a, b) => a.line - b.line).slice(0, PREVIEW_ROWS);
}

/** Times as ISO 8601 in UTC, money in major units. */
function shown(value: CellValue, type: string): CellValue {
  if (typeof value !== 'number') return value;
  if (type === 'datetime') return new Date(value).toISOString();
  return type === 'currency' ? value / 10_000 : value;
}
