import type { ScannedImport } from '../../scan-contract.ts';
import { Cursor, EndOfContent } from '../cursor.ts';
import { type Budget, LimitReached } from '../limits.ts';
import type { ByteSource } from '../source.ts';
import { rawArray } from './joblib.ts';
import { Memo } from './memo.ts';
import { importLevel } from './policy.ts';
import { unescapeUnicode, unquote, wholeNumber } from './text-operands.ts';
import {
  type BytesValue,
  dict,
  extend,
  isObject,
  MISSING,
  OTHER,
  sequence,
  setEntry,
  type Value,
} from './values.ts';

/** What reading one pickle, from its first opcode to STOP or to where it breaks, has shown. */
export interface PickleReading {
  readonly start: number;
  /** Behind STOP, or where it broke. */
  readonly end: number;
  /** STOP was reached and everything before it made sense. */
  readonly whole: boolean;
  readonly stopped: boolean;
  readonly opcodes: number;
  readonly protocol: number | null;
  readonly imports: readonly ScannedImport[];
  /** An import whose module or name is computed or missing. */
  readonly dynamic: boolean;
  readonly extensionCode: boolean;
  /** Would take far more memory, or go far deeper, than its length lets expect. */
  readonly resource: boolean;
  /** Bytes and texts in it that may be content of their own. */
  readonly inner: readonly (BytesValue | string)[];
  /** Sizes of the storages it refers to, by key: legacy PyTorch files hold them behind the pickles. */
  readonly result: Value;
  readonly storages: ReadonlyMap<string, { readonly type: string; readonly count: number }>;
}

/** Longest line that is kept: no number and no name is longer. */
const MAX_LINE = 1024 * 1024;
/** Longest text that is kept: no name of a module is longer. */
const MAX_TEXT = 4096;
/** Texts of at most this length are looked into when they seem to be pickles. */
const MAX_INNER = 1000;
const MAX_IMPORTS = 10_000;
const MAX_STACK = 2_000_000;
/** Names remembered: what has more takes more memory to follow than a thread has. */
const MAX_MEMO = 4_000_000;
const MAX_WEIGHT = 1e8;
const MAX_DEPTH = 10_000;
const MAX_ALLOCATION = 1e9;

/** Opcodes as in Lib/pickle.py. */
const op = (character: string): number => character.charCodeAt(0);
const MARK = Symbol('mark');
const EMPTY_TUPLE = sequence('tuple', []);
const NO_MEMO = new Memo();

/** The opcode or its operand makes no sense: a real unpickler would raise here. */
class Broken extends Error {}
/** One for all: making one costs more than reading what most bytes are taken for a pickle. */
const BROKEN = new Broken();

/**
 * Follows the opcodes of a pickle at `start` with a stack and a memo, as an unpickler would, without making anything: which names
 * it imports can only be known that way. Where a real unpickler would raise on a wrong operand but more opcodes can be read, it reads
 * on: what is found behind a fault is found.
 *
 * @param before memo of another reading: for bytes that one reader takes for opcodes and another for data
 * @throws OutOfReach, LimitReached; nothing else, whatever the bytes say
 */
export function readPickle(
  source: ByteSource,
  start: number,
  budget: Budget,
  before?: Memo,
): PickleReading {
  const memo = new Memo();
  const cursor = new Cursor(source, start);
  const stack: (Value | typeof MARK)[] = [];
  const marks: number[] = [];
  const imports = new Map<string, ScannedImport>();
  const inner: (BytesValue | string)[] = [];
  const storages = new Map<string, { type: string; count: number }>();
  let opcodes = 0;
  let faults = 0;
  let protocol: number | null = null;
  let dynamic = false;
  let extensionCode = false;
  let resource = false;
  let stopped = false;
  let result: Value = MISSING;

  const push = (value: Value): void => {
    if (stack.length >= MAX_STACK) {
      resource = true;
      throw BROKEN;
    }
    stack.push(value);
  };
  const pop = (): Value => {
    if (stack.length > (marks.at(-1) ?? -1) + 1) return stack.pop() as Value;
    faults++;
    return MISSING;
  };
  const top = (): Value => {
    const value = stack.at(-1);
    if (value !== undefined && value !== MARK) return value;
    faults++;
    return MISSING;
  };
  const popToMark = (): Value[] => {
    const mark = marks.pop();
    if (mark === undefined) {
      faults++;
      return stack.splice(0) as Value[];
    }
    const items = stack.splice(mark);
    items.shift();
    return items as Value[];
  };
  const weigh = (value: Value): void => {
    if (!isObject(value) || !('weight' in value)) return;
    if (value.depth > MAX_DEPTH || (value.weight > MAX_WEIGHT && value.weight > 1000 * opcodes)) {
      resource = true;
    }
  };
  const remember = (index: number | null): void => {
    if (index === null || index < 0) {
      faults++;
      return;
    }
    // CPython's memo is an array: a high index alone takes the memory.
    if (index > 1_000_000 && index > 64 * opcodes) resource = true;
    if (memo.size >= MAX_MEMO) throw new LimitReached();
    memo.set(index, top());
  };
  const recall = (index: number | null): void => {
    const value = index === null ? undefined : (memo.get(index) ?? before?.get(index));
    if (value === undefined) faults++;
    push(value ?? MISSING);
  };
  const importName = (module: Value, name: Value): Value => {
    if (typeof module !== 'string' || typeof name !== 'string') {
      dynamic = true;
      return OTHER;
    }
    const key = `${module}\n${name}`;
    if (!imports.has(key) && imports.size < MAX_IMPORTS) {
      imports.set(key, { module, name, level: importLevel(module, name) });
    }
    return { kind: 'global', module, name };
  };
  const call = (callee: Value, args: Value): void => {
    if (isAllocator(callee) && holdsHuge(args)) resource = true;
    push({ kind: 'call', callee, args, state: MISSING });
  };
  const line = (): Buffer => {
    const found = cursor.line(MAX_LINE);
    if (found !== null) return found;
    resource = true;
    throw BROKEN;
  };
  /** Text and bytes of protocol 0, which are lines whatever their length. */
  const longLine = (): Buffer | null => cursor.line(MAX_LINE);
  const number = (): number | null => {
    const text = line();
    if (text.length > 100_000) resource = true;
    const value = wholeNumber(text);
    if (value === null) faults++;
    return value;
  };
  const lookInto = (value: BytesValue | string): void => {
    if (inner.length < MAX_INNER) inner.push(value);
  };
  const text = (length: number): void => {
    if (length > MAX_TEXT) {
      lookInto({ kind: 'bytes', position: cursor.position, length });
      cursor.skip(length);
      push(OTHER);
      return;
    }
    const value = cursor.text(length);
    if (mayBePickleText(value)) lookInto(value);
    push(value);
  };
  const bytes = (length: number): void => {
    if (length < 0) throw BROKEN;
    const value: BytesValue = { kind: 'bytes', position: cursor.position, length };
    cursor.skip(length);
    if (length >= 4) lookInto(value);
    push(value);
  };
  const oldString = (length: number): void => {
    if (length < 0) throw BROKEN;
    const { position } = cursor;
    if (length >= 4) lookInto({ kind: 'bytes', position, length });
    if (length > MAX_TEXT) {
      cursor.skip(length);
      push(OTHER);
    } else push(cursor.bytes(length).toString('latin1'));
  };
  const bigNumber = (length: number): void => {
    if (length < 0) throw BROKEN;
    // Python's own decimal conversion is quadratic.
    if (length > 1_000_000) resource = true;
    if (length <= 8 && length > 0) {
      const digits = cursor.bytes(length);
      push(Number(BigInt.asIntN(8 * length, littleEndian(digits))));
    } else {
      cursor.skip(length);
      push(OTHER);
    }
  };
  const persistent = (id: Value): void => {
    const storage = storageOf(id);
    if (storage !== null) storages.set(storage.key, storage);
    push(OTHER);
  };

  try {
    while (!stopped) {
      if ((opcodes++ & 255) === 0) budget.spend(256);
      const code = cursor.u8();
      switch (code) {
        case 0x80:
          protocol = cursor.u8();
          if (protocol > 5) throw BROKEN;
          break;
        case op('.'):
          result = pop();
          stopped = true;
          break;
        case op('('):
          marks.push(stack.length);
          stack.push(MARK);
          break;
        case op('0'):
          if (marks.length > 0 && marks.at(-1) === stack.length - 1) {
            marks.pop();
            stack.pop();
          } else pop();
          break;
        case op('1'):
          popToMark();
          break;
        case op('2'):
          push(top());
          break;

        case op('I'): {
          const value = number();
          push(value ?? OTHER);
          break;
        }
        case op('L'):
          push(number() ?? OTHER);
          break;
        case op('F'):
          if (
            Number.isNaN(
              Number(
                line()
                  .toString('latin1')
                  .trim()
                  .replace(/^[+-]?(inf|nan)$/i, '0'),
              ),
            )
          ) {
            faults++;
          }
          push(OTHER);
          break;
        case op('J'):
          push(cursor.i32());
          break;
        case op('K'):
          push(cursor.u8());
          break;
        case op('M'):
          push(cursor.u16());
          break;
        case op('G'):
          cursor.skip(8);
          push(OTHER);
          break;
        case 0x8a:
          bigNumber(cursor.u8());
          break;
        case 0x8b:
          bigNumber(cursor.i32());
          break;
        case op('N'):
        case 0x88:
        case 0x89:
          push(OTHER);
          break;

        case op('S'): {
          const quoted = longLine();
          const value = quoted === null ? '' : unquote(quoted);
          if (value === null) faults++;
          else if (value.length >= 4) lookInto(value);
          push(quoted === null ? OTHER : (value ?? MISSING));
          break;
        }
        case op('V'): {
          const escaped = longLine();
          const value = escaped === null ? '' : unescapeUnicode(escaped);
          if (mayBePickleText(value)) lookInto(value);
          push(escaped === null ? OTHER : value);
          break;
        }
        case op('T'):
          oldString(cursor.i32());
          break;
        case op('U'):
          oldString(cursor.u8());
          break;
        case op('X'):
          text(cursor.u32());
          break;
        case 0x8c:
          text(cursor.u8());
          break;
        case 0x8d:
          text(cursor.u64());
          break;
        case op('B'):
          bytes(cursor.u32());
          break;
        case op('C'):
          bytes(cursor.u8());
          break;
        case 0x8e:
        case 0x96:
          bytes(cursor.u64());
          break;
        case 0x97:
        case 0x98:
          if (code === 0x97) push(OTHER);
          break;

        case op(')'):
          push(EMPTY_TUPLE);
          break;
        case op('t'):
          pushWeighed(sequence('tuple', popToMark()));
          break;
        case 0x85:
          pushWeighed(sequence('tuple', [pop()]));
          break;
        case 0x86: {
          const last = pop();
          pushWeighed(sequence('tuple', [pop(), last]));
          break;
        }
        case 0x87: {
          const last = pop();
          const second = pop();
          pushWeighed(sequence('tuple', [pop(), second, last]));
          break;
        }
        case op(']'):
          push(sequence('list', []));
          break;
        case op('l'):
          pushWeighed(sequence('list', popToMark()));
          break;
        case op('a'): {
          const item = pop();
          append([item]);
          break;
        }
        case op('e'):
        case 0x90:
          append(popToMark());
          break;
        case 0x8f:
          push(sequence('set', []));
          break;
        case 0x91:
          pushWeighed(sequence('set', popToMark()));
          break;
        case op('}'):
          push(dict());
          break;
        case op('d'): {
          const items = popToMark();
          push(dict());
          setItems(items);
          break;
        }
        case op('s'): {
          const value = pop();
          setItems([pop(), value]);
          break;
        }
        case op('u'):
          setItems(popToMark());
          break;

        case op('g'):
          recall(number());
          break;
        case op('h'):
          recall(cursor.u8());
          break;
        case op('j'):
          recall(cursor.u32());
          break;
        case op('p'):
          remember(number());
          break;
        case op('q'):
          remember(cursor.u8());
          break;
        case op('r'):
          remember(cursor.u32());
          break;
        case 0x94:
          remember(memo.size + (before?.size ?? 0));
          break;

        case op('c'): {
          const module = line().toString('utf8');
          push(importName(module, line().toString('utf8')));
          break;
        }
        case 0x93: {
          const name = pop();
          push(importName(pop(), name));
          break;
        }
        case op('i'): {
          const module = line().toString('utf8');
          const callee = importName(module, line().toString('utf8'));
          call(callee, sequence('tuple', popToMark()));
          break;
        }
        case op('o'): {
          const [callee = MISSING, ...args] = popToMark();
          call(callee, sequence('tuple', args));
          break;
        }
        case op('R'):
        case 0x81: {
          const args = pop();
          call(pop(), args);
          break;
        }
        case 0x92: {
          pop();
          const args = pop();
          call(pop(), args);
          break;
        }
        case op('b'): {
          const state = pop();
          const target = top();
          if (isObject(target) && target.kind === 'call') target.state = state;
          followRawArray(target);
          break;
        }
        case 0x82:
          extension(cursor.u8());
          break;
        case 0x83:
          extension(cursor.u16());
          break;
        case 0x84:
          extension(cursor.i32());
          break;
        case op('P'):
          persistent(line().toString('latin1'));
          break;
        case op('Q'):
          persistent(pop());
          break;

        case 0x95:
          // A frame that claims more than there is: unpicklers in C raise, others do not look.
          if (cursor.u64() > cursor.left) faults++;
          break;
        default:
          throw BROKEN;
      }
    }
  } catch (error) {
    if (!(error instanceof Broken) && !(error instanceof EndOfContent)) throw error;
  }
  return {
    start,
    end: cursor.position,
    whole: stopped && faults === 0,
    stopped,
    opcodes,
    protocol,
    imports: [...imports.values()],
    dynamic,
    extensionCode,
    resource,
    inner,
    storages,
    result,
  };

  function pushWeighed(value: Value): void {
    weigh(value);
    push(value);
  }

  function append(items: readonly Value[]): void {
    const target = top();
    if (isObject(target) && (target.kind === 'list' || target.kind === 'set')) {
      for (const item of items) extend(target, item);
      weigh(target);
    } else if (target === MISSING || !isObject(target)) faults++;
  }

  function setItems(items: readonly Value[]): void {
    const target = top();
    if (isObject(target) && target.kind === 'dict') {
      for (let i = 0; i + 1 < items.length; i += 2) setEntry(target, items[i]!, items[i + 1]!);
      weigh(target);
    } else if (target === MISSING || !isObject(target)) faults++;
  }

  function extension(code: number): void {
    extensionCode = true;
    if (code <= 0) faults++;
    push(OTHER);
  }

  /**
   * joblib writes the data of an array into the middle of the pickle. joblib's reader passes over them, but pickle.load takes
   * them for opcodes: both are followed, the second only for names that are certain, because numbers look like anything.
   */
  function followRawArray(target: Value): void {
    // One level: what is read as opcodes here was data to somebody, and has no data of its own.
    const array = before === undefined ? rawArray(target, source, cursor.position) : null;
    if (array === null) return;
    const asOpcodes = readPickle(source, cursor.position, budget, memo);
    for (const found of asOpcodes.imports) {
      if (found.level === 'dangerous') imports.set(`${found.module}\n${found.name}`, found);
    }
    if (array.pickled) {
      const objects = readPickle(source, array.position, budget, NO_MEMO);
      for (const found of objects.imports) imports.set(`${found.module}\n${found.name}`, found);
      dynamic ||= objects.dynamic;
      if (!objects.whole) throw BROKEN;
      cursor.seek(objects.end);
    } else {
      cursor.seek(array.position);
      cursor.skip(array.length);
    }
  }
}

function littleEndian(bytes: Buffer): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}

const ALLOCATORS = new Set(['bytearray', 'bytes', 'ndarray', 'Tensor', 'UntypedStorage']);

/** A number beyond reason, or a shape with one. */
function holdsHuge(args: Value): boolean {
  if (typeof args === 'number') return args > MAX_ALLOCATION;
  return isObject(args) && args.kind === 'tuple' && args.depth < 4 && args.items.some(holdsHuge);
}

/** Calls that take a number of bytes or items and reserve them. */
function isAllocator(callee: Value): boolean {
  return isObject(callee) && callee.kind === 'global' && ALLOCATORS.has(callee.name);
}

/** Text can only be a pickle of protocol 0 when it imports something. */
function mayBePickleText(value: string): boolean {
  return value.length >= 6 && value.includes('\n') && value.trimEnd().endsWith('.');
}

/** `('storage', torch.FloatStorage, '0', 'cpu', 4)`, and a sixth item in legacy files. */
function storageOf(id: Value): { key: string; type: string; count: number } | null {
  if (!isObject(id) || id.kind !== 'tuple') return null;
  const [tag, type, key, , count] = id.items;
  if (tag !== 'storage' || type === undefined || !isObject(type) || type.kind !== 'global')
    return null;
  return typeof key === 'string' && typeof count === 'number'
    ? { key, type: type.name, count }
    : null;
}
