import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { journalPath, type ResponseFacts } from './transfer.ts';

/** What makes two answers parts of the same file. Nothing of the address: that changes and is secret. */
export interface FileIdentity {
  readonly sizeBytes: number;
  /** As sent, weak ones too; null without one. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface JournalContent {
  readonly identity: FileIdentity;
  /** What the server said of the file, for when nothing more has to be asked. */
  readonly facts: ResponseFacts;
  /** In the order they were written. */
  readonly records: readonly PieceRecord[];
}

/** Bytes that came in one go, as they were written. */
export interface PieceRecord {
  readonly start: number;
  readonly length: number;
  readonly crc32: number;
}

const FIRST_LINE = 'kizashi download journal 1';

/**
 * What is known of an unfinished file, beside it: lines that are only ever appended, so `kill -9` can at most tear the last one,
 * which does not count then. `f` names the file and forgets all before it, `p` is a piece with its CRC-32, `d` drops one.
 * A record may be lost and then its bytes are fetched again; a record whose bytes are not there is found out by the CRC.
 */
export class Journal {
  readonly #path: string;
  #file: number | null = null;
  #failed = false;
  readonly #onFailure: (error: Error) => void;

  constructor(partPath: string, onFailure: (error: Error) => void) {
    this.#path = journalPath(partPath);
    this.#onFailure = onFailure;
  }

  /** What was kept; null without a journal that can be read. */
  async load(): Promise<JournalContent | null> {
    let file: FileHandle;
    try {
      file = await open(this.#path, 'r+');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const kept = parseJournal(await file.readFile('utf8'));
    // What is appended from now on must not follow half a line.
    await file.truncate(kept?.goodBytes ?? 0);
    await file.close();
    return kept;
  }

  /** Begins anew: what was recorded before does not count any more. */
  name(identity: FileIdentity, facts: ResponseFacts): void {
    this.#append(`f ${JSON.stringify({ ...identity, facts })}`);
  }

  add({ start, length, crc32 }: PieceRecord): void {
    this.#append(`p ${start} ${length} ${crc32.toString(16).padStart(8, '0')}`);
  }

  drop(start: number, length: number): void {
    this.#append(`d ${start} ${length} -`);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  /**
   * Forty bytes into the page cache, in microseconds, while this thread waits: behind the writes of megabytes in the thread pool
   * they came milliseconds late, and a kill lost twice as much.
   */
  #append(line: string): void {
    if (this.#failed) return;
    try {
      if (this.#file === null) {
        this.#file = openSync(this.#path, 'a');
        if (fstatSync(this.#file).size === 0) writeSync(this.#file, `${FIRST_LINE}\n`);
      }
      writeSync(this.#file, `${line}\n`);
    } catch (error) {
      this.#failed = true;
      this.#onFailure(error as Error);
    }
  }
}

/** Reads up to the first line that is torn or makes no sense. */
export function parseJournal(text: string): (JournalContent & { goodBytes: number }) | null {
  if (!text.startsWith(`${FIRST_LINE}\n`)) return null;
  let named: Omit<JournalContent, 'records'> | null = null;
  let records: PieceRecord[] = [];
  let at = FIRST_LINE.length + 1;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    if (end === -1) break;
    const line = text.slice(at, end);
    const piece = /^([pd]) (\d{1,15}) (\d{1,15}) ([0-9a-f]{8}|-)$/.exec(line);
    if (piece) {
      const start = Number(piece[2]);
      const length = Number(piece[3]);
      if (piece[1] === 'p') records.push({ start, length, crc32: Number.parseInt(piece[4]!, 16) });
      else
        records = records.filter(
          (one) => one.start + one.length <= start || one.start >= start + length,
        );
    } else {
      const next = namedBy(line);
      if (!next) break;
      named = next;
      records = [];
    }
    at = end + 1;
  }
  return named && { ...named, records, goodBytes: Buffer.byteLength(text.slice(0, at)) };
}

/** Written by ourselves, but a disk may give back anything. */
function namedBy(line: string): Omit<JournalContent, 'records'> | null {
  if (!line.startsWith('f {')) return null;
  let read: unknown;
  try {
    read = JSON.parse(line.slice(2));
  } catch {
    return null;
  }
  const { sizeBytes, etag, lastModified, facts } = read as FileIdentity & { facts?: ResponseFacts };
  const isName = (value: unknown): boolean => value === null || typeof value === 'string';
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return null;
  if (!isName(etag) || !isName(lastModified) || typeof facts?.host !== 'string') return null;
  if (!isName(facts.etag) || !isName(facts.contentType) || !isName(facts.fileName)) return null;
  return { identity: { sizeBytes, etag, lastModified }, facts };
}
