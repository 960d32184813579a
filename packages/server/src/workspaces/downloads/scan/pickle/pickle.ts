import type { PartContext } from '../part.ts';
import { memorySource, sliceSource } from '../source.ts';
import { legacyStorages } from './legacy-torch.ts';
import { type PickleReading, readPickle } from './machine.ts';

/** Imports made of anything but names are what numbers look like when they are read as opcodes. */
const NAME = /^[A-Za-z_][\w.]{0,200}$/;
/** PyTorch 0.1 put pickles and numbers by turns into these members of a tar. */
const TAR_LAYOUT = /(^|\/)(storages|tensors)$/;
const SEARCHED = 1024 * 1024;
const MAX_INNER_TEXT = 64 * 1024;

/** The first pickle of a content that may be none. @returns null when nothing speaks for it */
export function probePickle({ part, budget }: PartContext): PickleReading | null {
  const { source } = part;
  if (source.size === 0) return null;
  const begins = source.read(0, 2);
  const isDeclared = begins[0] === 0x80 && begins.length === 2 && begins[1]! <= 5;
  const reading = readPickle(source, 0, budget);
  const named = reading.imports.some(({ module, name }) => NAME.test(module) && NAME.test(name));
  const dangerous = reading.imports.some(({ level }) => level === 'dangerous');
  if (dangerous) return reading;
  if (part.role === 'raw') return null;
  const complete = reading.whole && (reading.end === source.size || reading.opcodes > 4 || named);
  return (isDeclared && reading.opcodes >= 2) || complete || (named && reading.stopped)
    ? reading
    : null;
}

/** One pickle after the other, and what lies behind them. */
export function scanPickles(context: PartContext, first: PickleReading): void {
  const { part, budget, findings } = context;
  const { source } = part;
  report(context, first);
  if (!first.whole) findings.add('pickle.truncated');
  if (!first.stopped) return;
  let position = first.end;
  let last = first;
  let count = 1;
  let storages = first.storages;
  while (position < source.size) {
    const reading = readPickle(source, position, budget);
    const certain = reading.imports.some(({ level }) => level !== 'suspicious');
    if (!reading.whole && !certain) break;
    report(context, reading);
    count++;
    position = reading.end;
    last = reading;
    if (reading.storages.size > 0) storages = reading.storages;
    if (!reading.stopped) {
      findings.add('pickle.truncated');
      return;
    }
  }
  const legacy = legacyStorages({ source, position, count, keys: last.result, storages });
  if (legacy === 'truncated') {
    findings.add('torch.truncated');
    return;
  }
  if (legacy === null && count > 1) findings.add('pickle.multiple');
  scanTrailing(context, legacy ?? position, legacy === null ? position : last.end);
}

function report({ part, findings, budget, scanPart }: PartContext, reading: PickleReading): void {
  for (const found of reading.imports) {
    if (found.level === 'dangerous') findings.add('pickle.dangerous-global');
    if (found.level === 'suspicious') findings.add('pickle.unknown-global');
    findings.addImport(found);
  }
  if (reading.dynamic) findings.add('pickle.dynamic-global');
  if (reading.extensionCode) findings.add('pickle.ext-code');
  if (reading.resource) findings.add('pickle.resource');
  for (const value of reading.inner) {
    budget.spend(1);
    const source =
      typeof value === 'string'
        ? memorySource(Buffer.from(value.slice(0, MAX_INNER_TEXT), 'latin1'))
        : sliceSource(part.source, value.position, value.length);
    const inside = scanPart({ source, name: '', depth: part.depth + 1, role: 'raw' });
    if (inside.verdict !== 'dangerous') continue;
    findings.add('pickle.nested');
    findings.merge(inside);
  }
}

/** @param from where unexplained bytes begin @param hidden where bytes begin that could hide something */
function scanTrailing(context: PartContext, from: number, hidden: number): void {
  const { part, findings, scanPart } = context;
  const { source } = part;
  if (hidden >= source.size) return;
  const rest = sliceSource(source, hidden);
  findings.merge(scanPart({ source: rest, name: '', depth: part.depth + 1, role: 'raw' }));
  if (part.role === 'raw' || from >= source.size) return;
  if (TAR_LAYOUT.test(part.name)) {
    for (let position = from; position < source.size; position += SEARCHED) {
      searchPickles(context, Buffer.from(source.read(position, SEARCHED)), position);
    }
  } else if (!isPadding(source.read(from, 4096))) findings.add('pickle.trailing-data');
}

function isPadding(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0 || byte === 0x0a || byte === 0x0d || byte === 0x20);
}

/** Openings of pickles that do something, within other bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: opcodes are bytes, not text
const OPENING = /\x80[\x00-\x05]|c(?:os|posix|nt|sys|builtins|__builtin__|subprocess)\n/g;
const MAX_OPENINGS = 1000;

/** Looks for pickles behind garbage: what some loaders skip to, and what hides in pictures. Only what would run code counts. */
export function searchPickles(
  { part, budget, findings }: PartContext,
  bytes: Buffer,
  offset: number,
): void {
  let count = 0;
  for (const { index } of bytes.toString('latin1').matchAll(OPENING)) {
    if (index + offset === 0) continue;
    if (++count > MAX_OPENINGS) return;
    const reading = readPickle(part.source, index + offset, budget);
    const dangerous = reading.imports.filter(({ level }) => level === 'dangerous');
    if (dangerous.length === 0) continue;
    findings.add('pickle.dangerous-global');
    for (const found of dangerous) findings.addImport(found);
  }
}
