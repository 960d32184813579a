// What a pickle would build, as far as it matters for knowing what it imports and calls. Nothing is ever built.

export interface GlobalValue {
  readonly kind: 'global';
  readonly module: string;
  readonly name: string;
}

/** Bytes or text that were passed over; `position` in the pickle's source. */
export interface BytesValue {
  readonly kind: 'bytes';
  readonly position: number;
  readonly length: number;
}

/** The beginning of a sequence, and how large the whole would be if every reference were followed. */
export interface SequenceValue {
  readonly kind: 'tuple' | 'list' | 'set';
  items: Value[];
  weight: number;
  depth: number;
}

export interface DictValue {
  readonly kind: 'dict';
  entries: Map<string, Value>;
  weight: number;
  depth: number;
}

/** What a call gives. */
export interface CallValue {
  readonly kind: 'call';
  readonly callee: Value;
  readonly args: Value;
  state: Value;
}

/** OTHER: a value without meaning here (None, floats, long text). MISSING: not there, as the real unpickler would notice. */
export type Value =
  | string
  | number
  | GlobalValue
  | BytesValue
  | SequenceValue
  | DictValue
  | CallValue
  | typeof OTHER
  | typeof MISSING;

export const OTHER = Symbol('other');
export const MISSING = Symbol('missing');

/** Items of a sequence and entries of a dict that are kept. */
const KEPT = 64;

/** Shared by all that are empty, as most are: never filled. */
const NONE: Value[] = [];
const NO_ENTRIES = new Map<string, Value>();

export function isObject(value: Value): value is Exclude<Value, string | number | symbol> {
  return typeof value === 'object';
}

export function sequence(kind: SequenceValue['kind'], items: readonly Value[]): SequenceValue {
  const made: SequenceValue = { kind, items: NONE, weight: 1, depth: 1 };
  for (const item of items) extend(made, item);
  return made;
}

export function dict(): DictValue {
  return { kind: 'dict', entries: NO_ENTRIES, weight: 1, depth: 1 };
}

export function extend(target: SequenceValue, item: Value): void {
  if (target.items === NONE) target.items = [item];
  else if (target.items.length < KEPT) target.items.push(item);
  grow(target, item);
}

export function setEntry(target: DictValue, key: Value, value: Value): void {
  if (typeof key === 'string' && target.entries.size < KEPT) {
    if (target.entries === NO_ENTRIES) target.entries = new Map();
    target.entries.set(key, value);
  }
  grow(target, key);
  grow(target, value);
}

function grow(target: SequenceValue | DictValue, item: Value): void {
  target.weight += 1;
  if (!isObject(item) || !('weight' in item)) return;
  target.weight += item.weight;
  target.depth = Math.max(target.depth, item.depth + 1);
}
