import { numberJson } from '../value-json.ts';
import type { ColumnBlock } from './compute-series.ts';

export interface NamedBlock extends ColumnBlock {
  readonly set: string;
}

/** Writes the row of any point as JSON, `{"set":{"feature":value,…},…}`, with the names spelled out only once. */
export function createRowJson(blocks: readonly NamedBlock[]): (i: number) => string {
  const before: string[] = [];
  const columns: Float64Array[] = [];
  for (const { set, names, values } of blocks) {
    for (const [k, name] of names.entries()) {
      const opens = k === 0 ? `${columns.length === 0 ? '{' : '},'}${JSON.stringify(set)}:{` : ',';
      before.push(`${opens}${JSON.stringify(name)}:`);
      columns.push(values[k]!);
    }
  }
  return (i) => {
    if (columns.length === 0) return '{}';
    let text = '';
    for (let k = 0; k < columns.length; k++) text += before[k]! + numberJson(columns[k]![i]!);
    return `${text}}}`;
  };
}
