import type { Delimiter } from '../../../core/csv/contract.ts';
import { delimiters } from '../../../core/csv/contract.ts';
import { createCsvParser } from '../../../core/csv/parse.ts';
import type { ManifestEntry } from './manifest.ts';
import { hashKind, toEntry } from './manifest-entry.ts';
import { manifestErrors } from './manifest-errors.ts';

const LINK_COLUMNS = ['url', 'link', 'address', 'uri', 'href', 'アドレス', 'リンク'];
const NAME_COLUMNS = ['name', 'filename', 'file', 'out', 'ファイル名', '名前'];
const HASH_COLUMNS = ['hash', 'checksum', 'digest', 'ハッシュ'];

export interface TableHeader {
  readonly delimiter: Delimiter;
  /** Physical line, from 1. */
  readonly line: number;
  /** Of the text: where the header begins. */
  readonly start: number;
  readonly link: number;
  readonly name: number;
  /** By column: kind of hash as it is headed, or empty where only its length tells. */
  readonly hashes: readonly (readonly [column: number, kind: string])[];
}

/** The header of a table, when the first line that says something is one: it names a column of addresses and holds none. */
export function findHeader(text: string): TableHeader | null {
  let start = 0;
  for (let line = 1; line <= 1000; line++) {
    const end = /\r\n|\n|\r/.exec(text.slice(start, start + 10_000));
    const words = text.slice(start, end === null ? start + 10_000 : start + end.index);
    if (words.trim() !== '' && !words.trimStart().startsWith('#'))
      return words.includes('://') ? null : headerOf(words, line, start);
    if (end === null) return null;
    start += end.index + end[0].length;
  }
  return null;
}

function headerOf(words: string, line: number, start: number): TableHeader | null {
  for (const delimiter of delimiters) {
    const parser = createCsvParser({ delimiter });
    parser.push(words);
    const cells = (parser.end().rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
    const link = cells.findIndex((cell) => LINK_COLUMNS.includes(cell));
    if (link === -1) continue;
    const hashes = cells.flatMap((cell, column): [number, string][] =>
      hashKind(cell) !== undefined
        ? [[column, cell]]
        : HASH_COLUMNS.includes(cell)
          ? [[column, '']]
          : [],
    );
    const name = cells.findIndex((cell) => NAME_COLUMNS.includes(cell.replace(/[ _-]/g, '')));
    return { delimiter, line, start, link, name, hashes };
  }
  return null;
}

export function* readTable(text: string, header: TableHeader): Generator<ManifestEntry> {
  const parser = createCsvParser({
    delimiter: header.delimiter,
    blockChars: Number.POSITIVE_INFINITY,
    maxRowChars: 64 * 1024,
  });
  parser.push(text.slice(header.start));
  const { rows, lines, faults } = parser.end();
  const before = header.line - 1;
  let fault = 0;
  for (let i = 1; i <= rows.length; i++) {
    const upTo = i === rows.length ? Number.POSITIVE_INFINITY : lines[i]!;
    for (; fault < faults.length && faults[fault]!.line < upTo; fault++) {
      const line = faults[fault]!.line + before;
      yield { line, error: manifestErrors.DOWNLOADS_MANIFEST_QUOTES({ line }) };
    }
    if (i === rows.length) return;
    const cells = rows[i]!;
    if (cells.every((cell) => cell.trim() === '') || cells[0]!.startsWith('#')) continue;
    yield toEntry({
      line: lines[i]! + before,
      link: cells[header.link] ?? '',
      fileName: header.name === -1 ? undefined : cells[header.name],
      hashes: header.hashes.map(([column, kind]) => [kind, cells[column] ?? '']),
    });
  }
}
