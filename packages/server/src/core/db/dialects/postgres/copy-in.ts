import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { PostgresCursor } from 'kysely';
import type { Value } from '../dialect.ts';

/** The part of pg's connection that COPY needs; pg documents it for pg-copy-streams only. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
  readonly stream: Writable;
}

const ROWS_AT_ONCE = 500;

/**
 * `COPY … FROM STDIN` as a pg query object: two to three times as fast as INSERT with arrays (75,000 against 190,000
 * rows of twelve columns a second). Kysely hands over the connection of a transaction only to a cursor, so this is one:
 * `connection.streamQuery('copy …', [rows])`, which has no row to read.
 */
export class CopyIn<T> implements PostgresCursor<T> {
  readonly #text: string;
  readonly #rows: readonly (readonly Value[])[];
  readonly #done = Promise.withResolvers<void>();

  constructor(text: string, parameters: unknown[]) {
    this.#text = text;
    this.#rows = parameters[0] as readonly (readonly Value[])[];
    // Also waited for in read(); without this a failure before that would end the process.
    this.#done.promise.catch(() => {});
  }

  async read(): Promise<T[]> {
    await this.#done.promise;
    return [];
  }

  async close(): Promise<void> {}

  submit(connection: CopyConnection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#send(connection).catch((error) => connection.sendCopyFail(String(error)));
  }

  handleError(error: Error): void {
    this.#done.reject(error);
  }

  handleReadyForQuery(): void {
    this.#done.resolve();
  }

  handleCommandComplete(): void {}

  async #send(connection: CopyConnection): Promise<void> {
    for (let start = 0; start < this.#rows.length; start += ROWS_AT_ONCE) {
      let text = '';
      for (const row of this.#rows.slice(start, start + ROWS_AT_ONCE)) text += copyLine(row);
      connection.sendCopyFromChunk(Buffer.from(text));
      await setImmediate();
      if (connection.stream.writableNeedDrain) await drained(connection.stream);
    }
    connection.endCopyFrom();
  }
}

/** One row in COPY's text format. */
function copyLine(row: readonly Value[]): string {
  return `${row.map(copyValue).join('\t')}\n`;
}

function copyValue(value: Value): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  return value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** Ends when the socket takes more, or is gone: the query object then gets the error. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      stream.off('drain', settle).off('close', settle);
      resolve();
    };
    stream.on('drain', settle).on('close', settle);
  });
}
