import type { ByteSource } from '../source.ts';
import { isObject, type Value } from './values.ts';

/** LONG1 of ten bytes: the number every file of PyTorch before 1.6 begins with. */
const MAGIC = Buffer.from('8a0a6cfc9c46f9206aa850192e', 'hex');
const PICKLES = 5;

const ITEM_BYTES: readonly (readonly [RegExp, number])[] = [
  [/^(Double|Long|ComplexFloat)Storage$/, 8],
  [/^(Float|Int|QInt32)Storage$/, 4],
  [/^(Half|BFloat16|Short)Storage$/, 2],
  [/^(Char|Byte|Bool|QInt8|QUInt8|Untyped)Storage$/, 1],
  [/^ComplexDoubleStorage$/, 16],
];

/**
 * Where the storages end that follow the five pickles of a legacy PyTorch file.
 *
 * @returns null when it is none, `truncated` when they end behind the end of the file
 */
export function legacyStorages(file: {
  readonly source: ByteSource;
  /** Behind the last pickle. */
  readonly position: number;
  readonly count: number;
  /** What the last pickle holds: the keys, in the order of the storages. */
  readonly keys: Value;
  readonly storages: ReadonlyMap<string, { readonly type: string }>;
}): number | 'truncated' | null {
  const { source, keys } = file;
  const head = source.read(0, 2 + MAGIC.length);
  if (file.count !== PICKLES || head.indexOf(MAGIC) < 0) return null;
  if (!isObject(keys) || keys.kind !== 'list') return null;
  let position = file.position;
  for (const key of keys.items) {
    const type = typeof key === 'string' ? file.storages.get(key)?.type : undefined;
    const itemBytes = ITEM_BYTES.find(([name]) => type !== undefined && name.test(type))?.[1];
    // A kind we do not know the size of: everything from here is taken as numbers.
    if (itemBytes === undefined) return source.size;
    if (position + 8 > source.size) return 'truncated';
    position += 8 + Number(source.read(position, 8).readBigUInt64LE()) * itemBytes;
    if (position > source.size) return 'truncated';
  }
  // Of long lists only the beginning was kept.
  return keys.weight > keys.items.length + 1 ? source.size : position;
}
