import { createReadStream } from 'node:fs';
import type { ColumnType, Delimiter, Encoding } from '../../../core/csv/contract.ts';
import type { DetectedFile } from '../../../core/csv/detect.ts';
import { inspectFile } from '../../../core/csv/inspect-file.ts';
import { readRows } from '../../../core/csv/read-rows.ts';
import type { CellValue } from '../../../core/csv/value/cell.ts';
import { type Field, fieldTypes, fitsField, type ImportMapping } from '../contract.ts';
import { chosenLayout, readOptions } from './file-layout.ts';
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
export async function preview({ file, ...task }: PreviewTask): Promise<PreviewRow[]> {
  const mapping = readable(task.mapping);
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
        inFileOrder[index] = shown(values[r] ?? null, type, mapping.columns[index]!.field);
      }
      rows.push({ line: batch.lines[i]!, values: inFileOrder, errors: [] });
    }
    for (const { line, cells, errors } of batch.rejected) {
      rows.push({ line, values: cells, errors });
    }
  }
  return rows.sort((a, b) => a.line - b.line).slice(0, PREVIEW_ROWS);
}

/** What cannot be read as chosen is told beside the preview (`mappingProblems`); in it, it is read as usual. */
function readable(mapping: ImportMapping): ImportMapping {
  const columns = mapping.columns.map((column) =>
    fitsField(column.field, column.type)
      ? column
      : { ...column, type: fieldTypes[column.field][0] },
  );
  return { ...mapping, columns };
}

/** Times as ISO 8601 in UTC, days as such, money in major units, codes as text. */
function shown(value: CellValue, type: ColumnType, field: Field): CellValue {
  if (typeof value !== 'number') return value;
  if (type === 'datetime') return new Date(value).toISOString();
  if (type === 'currency') return value / 10_000;
  const isCode = (fieldTypes[field] as readonly ColumnType[]).includes('text');
  return isCode ? String(value) : value;
}
