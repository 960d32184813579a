const LF = 10;
const CR = 13;

/** A physical line that is no row. Parsing goes on with the next physical line. */
export interface CsvFault {
  /** Physical line, from 1. */
  readonly line: number;
  readonly code: 'unterminated-quote' | 'text-after-quote' | 'row-too-long';
  /** The first 1,000 characters of that line. */
  readonly text: string;
}

/** Rows in file order. Empty lines are left out. */
export interface CsvBatch {
  readonly rows: string[][];
  /** `lines[i]`: physical line, from 1, on which `rows[i]` begins. */
  readonly lines: number[];
  readonly faults: CsvFault[];
  /** False when no cell of the batch holds NUL or U+FFFD; true when one may. */
  readonly suspect: boolean;
}

export interface CsvParser {
  /** Takes text in pieces cut anywhere. Returns null until a block is full. */
  push(text: string): CsvBatch | null;
  /** What is left after the last piece. */
  end(): CsvBatch;
}

export interface CsvParserOptions {
  /** One UTF-16 unit. */
  delimiter: string;
  /** One UTF-16 unit. Default `"`. */
  quote?: string;
  /** Longest row in UTF-16 units, line breaks in quotes included. Default 1,048,576: the bound on memory. */
  maxRowChars?: number;
  /** Text parsed at a time. Default 262,144. */
  blockChars?: number;
}

const EXCERPT_CHARS = 1000;

// Results below zero where an index is expected otherwise.
const MORE_TEXT_NEEDED = -1;
const NEVER_CLOSED = -2;
const TEXT_AFTER = -3;
const TOO_LONG = -4;
const FAULT_CODES: Readonly<Record<number, CsvFault['code']>> = {
  [NEVER_CLOSED]: 'unterminated-quote',
  [TEXT_AFTER]: 'text-after-quote',
  [TOO_LONG]: 'row-too-long',
};

/**
 * Streaming RFC 4180 parser: quoted cells, doubled quotes, line breaks in quotes; CRLF, LF and CR end a row.
 *
 * Departures, all of them on purpose:
 * - A quote inside a cell that does not begin with one is an ordinary character (`5" pipe`), as spreadsheets read it.
 * - A broken quote costs one physical line, not the rest of the file: the line on which the row began becomes a fault and
 *   reading resumes on the line after it. A cell that needs more than `maxRowChars` counts as never closed.
 * - A lone 0x1A at the very end (written by DOS programs) is dropped.
 *
 * Cost: O(n) in time, also on hostile input: an opening quote that is never closed proves that no odd run of quotes
 * follows within reach, so text scanned in vain is scanned once more at most. Memory: `blockChars` + `maxRowChars`.
 * Cells longer than 12 characters are slices that keep their block alive: copy what is kept beyond the batch.
 */
export function createCsvParser(options: CsvParserOptions): CsvParser {
  const { delimiter, quote = '"', maxRowChars = 1 << 20, blockChars = 1 << 18 } = options;
  const delimiterCode = delimiter.charCodeAt(0);
  const quoteCode = quote.charCodeAt(0);
  const excerptChars = Math.min(EXCERPT_CHARS, maxRowChars);

  let pending: string[] = [];
  let pendingChars = 0;
  /** The beginning of a row that the text so far does not finish. */
  let carry = '';
  let line = 1;
  let lineFeedFollows = false;
  let skippingLine = false;

  let rows: string[][] = [];
  let lines: number[] = [];
  let faults: CsvFault[] = [];

  function takeText(): string {
    const text = carry + (pending.length === 1 ? pending[0] : pending.join(''));
    pending = [];
    pendingChars = 0;
    return text;
  }

  function takeBatch(text: string): CsvBatch {
    const suspect = text.includes('\0') || text.includes('\uFFFD');
    const batch = { rows, lines, faults, suspect };
    rows = [];
    lines = [];
    faults = [];
    return batch;
  }

  /** Index after the line break at `at`, or `at` itself when there is none. */
  function afterBreak(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (code === LF) return at + 1;
    if (code !== CR) return at;
    if (at + 1 === text.length) lineFeedFollows = true;
    return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }

  function lineEnd(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === LF || code === CR) return i;
    }
    return -1;
  }

  /** Rejects the physical line at `rowStart`; returns where reading goes on, or that more text must come first. */
  function reject(text: string, rowStart: number, code: CsvFault['code'], final: boolean): number {
    const end = lineEnd(text, rowStart);
    if (end === -1 && !final && text.length - rowStart <= maxRowChars) return MORE_TEXT_NEEDED;
    const excerptEnd = Math.min(end === -1 ? text.length : end, rowStart + excerptChars);
    faults.push({ line, code, text: text.slice(rowStart, excerptEnd) });
    if (end === -1) {
      skippingLine = !final;
      return text.length;
    }
    line++;
    return afterBreak(text, end);
  }

  /** Set by `readQuoted`. */
  let quotedText = '';
  let breaksInside = 0;

  /** Reads the quoted cell that opens at `open`: index after its closing quote, or why there is none. */
  function readQuoted(text: string, open: number, lastAllowed: number, final: boolean): number {
    let from = open + 1;
    let value = '';
    for (let at = from; ; at++) {
      if (at > lastAllowed) return NEVER_CLOSED;
      if (at >= text.length) return final ? NEVER_CLOSED : MORE_TEXT_NEEDED;
      const code = text.charCodeAt(at);
      if (code === quoteCode) {
        if (at + 1 === text.length && !final) return MORE_TEXT_NEEDED;
        if (text.charCodeAt(at + 1) !== quoteCode) {
          quotedText = value + text.slice(from, at);
          return at + 1;
        }
        value += text.slice(from, at + 1);
        at++;
        from = at + 1;
      } else if (code === CR || (code === LF && text.charCodeAt(at - 1) !== CR)) {
        breaksInside++;
      }
    }
  }

  /**
   * Reads the row at `rowStart` into `cells`. Returns the index of its line break or of the end of the text, or a reason.
   * The reason depends on the text from `rowStart` on only, never on where a block ends.
   */
  function readRow(text: string, rowStart: number, cells: string[], final: boolean): number {
    const n = text.length;
    const lastAllowed = rowStart + maxRowChars;
    for (let i = rowStart; ; i++) {
      if (i > lastAllowed) return TOO_LONG;
      let code = -1;
      if (i < n && text.charCodeAt(i) === quoteCode) {
        i = readQuoted(text, i, lastAllowed, final);
        if (i < 0) return i;
        if (i < n) code = text.charCodeAt(i);
        cells.push(quotedText);
        if (code !== delimiterCode && code !== LF && code !== CR && code !== -1) return TEXT_AFTER;
      } else {
        const from = i;
        for (; i < n; i++) {
          code = text.charCodeAt(i);
          if (code === delimiterCode || code === LF || code === CR) break;
        }
        if (i > lastAllowed) return TOO_LONG;
        if (i === n) code = -1;
        cells.push(text.slice(from, i));
      }
      if (code === delimiterCode) continue;
      return code === -1 && !final ? MORE_TEXT_NEEDED : i;
    }
  }

  /** Parses all complete rows and returns where the first incomplete one begins. */
  function parse(text: string, final: boolean): number {
    const n = text.length;
    let i = 0;
    if (lineFeedFollows && n > 0) {
      lineFeedFollows = false;
      if (text.charCodeAt(0) === LF) i = 1;
    }
    if (skippingLine) {
      const end = lineEnd(text, i);
      if (end === -1) return n;
      skippingLine = false;
      line++;
      i = afterBreak(text, end);
    }
    while (i < n) {
      const code = text.charCodeAt(i);
      if (code === LF || code === CR) {
        i = afterBreak(text, i);
        line++;
        continue;
      }
      const cells: string[] = [];
      breaksInside = 0;
      const end = readRow(text, i, cells, final);
      if (end === MORE_TEXT_NEEDED) return i;
      if (end < 0) {
        const next = reject(text, i, FAULT_CODES[end]!, final);
        if (next === MORE_TEXT_NEEDED) return i;
        i = next;
        continue;
      }
      rows.push(cells);
      lines.push(line);
      line += breaksInside;
      i = end;
      if (i < n) {
        i = afterBreak(text, i);
        line++;
      }
    }
    return n;
  }

  return {
    push(text) {
      pending.push(text);
      pendingChars += text.length;
      if (pendingChars < blockChars) return null;
      const block = takeText();
      carry = block.slice(parse(block, false));
      return takeBatch(block);
    },
    end() {
      const block = takeText();
      carry = '';
      parse(block, true);
      const last = rows.at(-1);
      if (last?.length === 1 && last[0] === '\x1a') {
        rows.pop();
        lines.pop();
      }
      return takeBatch(block);
    },
  };
}
