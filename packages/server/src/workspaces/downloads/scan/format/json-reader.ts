/** What is said of a JSON text while it is read; nothing of it is kept. Duplicate keys and wrong forms are only seen this way. */
export interface JsonListener {
  /** A value begins: objects and arrays are `undefined`. `path`: keys and indexes that lead to it. */
  value(path: readonly (string | number)[], value: JsonScalar | undefined, kind: JsonKind): void;
  duplicate?(path: readonly (string | number)[]): void;
}

export type JsonScalar = string | number | boolean | null;
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** The text is not JSON. */
export class NotJson extends Error {}

const MAX_DEPTH = 128;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const CONTROL = /[\u0000-\u001f]/;

/** Reads one JSON value that fills `text`. @throws NotJson */
export function readJson(text: string, listener: JsonListener): void {
  let at = 0;
  const path: (string | number)[] = [];
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return null;
    at += found[0].length;
    return found[0];
  };
  const string = (): string => {
    const start = at;
    if (text[at] !== '"') throw new NotJson();
    // By indexOf, because a regular expression keeps a way back for every character of a long string.
    let end = text.indexOf('"', at + 1);
    while (end >= 0 && isEscaped(text, end, start)) end = text.indexOf('"', end + 1);
    if (end < 0) throw new NotJson();
    at = end + 1;
    const inner = text.slice(start + 1, end);
    if (CONTROL.test(inner)) throw new NotJson();
    if (!inner.includes('\\')) return inner;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      throw new NotJson();
    }
  };
  const value = (): void => {
    match(SPACE);
    const first = text[at];
    if (path.length > MAX_DEPTH) throw new NotJson();
    if (first === '{' || first === '[') {
      container(first);
      return;
    }
    if (first === '"') {
      listener.value(path, string(), 'string');
      return;
    }
    const literal = match(LITERAL);
    if (literal !== null) {
      listener.value(
        path,
        literal === 'null' ? null : literal === 'true',
        literal === 'null' ? 'null' : 'boolean',
      );
      return;
    }
    const number = match(NUMBER);
    if (number === null) throw new NotJson();
    listener.value(path, Number(number), 'number');
  };
  const container = (open: '{' | '['): void => {
    at++;
    listener.value(path, undefined, open === '{' ? 'object' : 'array');
    const close = open === '{' ? '}' : ']';
    const keys = new Set<string>();
    match(SPACE);
    if (text[at] === close) {
      at++;
      return;
    }
    for (let index = 0; ; index++) {
      match(SPACE);
      const key = open === '{' ? string() : index;
      path.push(key);
      if (typeof key === 'string') {
        if (keys.has(key)) listener.duplicate?.(path);
        keys.add(key);
        match(SPACE);
        if (text[at++] !== ':') throw new NotJson();
      }
      value();
      path.pop();
      match(SPACE);
      const next = text[at++];
      if (next === close) return;
      if (next !== ',') throw new NotJson();
    }
  };
  value();
  match(SPACE);
  if (at !== text.length) throw new NotJson();
}

function isEscaped(text: string, quote: number, start: number): boolean {
  let from = quote;
  while (from - 1 > start && text[from - 1] === '\\') from--;
  return (quote - from) % 2 === 1;
}
