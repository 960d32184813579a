import type { ByteSource } from '../source.ts';
import { isObject, type Value } from './values.ts';

/** Where the data of an array lie that joblib put into the middle of a pickle. */
export interface RawArray {
  readonly position: number;
  readonly length: number;
  /** An array of objects: another pickle, of its own length. */
  readonly pickled: boolean;
}

/**
 * @param value what was just given its state
 * @param position behind the opcode that did it
 * @returns null when it is not joblib's wrapper, or its state does not say how long the data are
 */
export function rawArray(value: Value, source: ByteSource, position: number): RawArray | null {
  if (!isObject(value) || value.kind !== 'call') return null;
  const { callee, state } = value;
  if (!isObject(callee) || callee.kind !== 'global' || callee.name !== 'NumpyArrayWrapper')
    return null;
  if (callee.module !== 'joblib.numpy_pickle' || !isObject(state) || state.kind !== 'dict')
    return null;
  const itemBytes = itemSize(state.entries.get('dtype'));
  const shape = state.entries.get('shape');
  if (itemBytes === null || shape === undefined || !isObject(shape) || shape.kind !== 'tuple')
    return null;
  let from = position;
  if (itemBytes === 'objects') return { position: from, length: 0, pickled: true };
  let length = itemBytes;
  for (const size of shape.items) {
    if (typeof size !== 'number' || size < 0) return null;
    length *= size;
  }
  if (typeof state.entries.get('numpy_array_alignment_bytes') === 'number') {
    from += 1 + (source.read(from, 1)[0] ?? 0);
  }
  return { position: from, length, pickled: false };
}

/** `numpy.dtype('f8', False, True)` with its state, as a pickle calls it. */
function itemSize(dtype: Value | undefined): number | 'objects' | null {
  if (dtype === undefined || !isObject(dtype) || dtype.kind !== 'call') return null;
  const { args, state } = dtype;
  const code = isObject(args) && 'items' in args ? args.items[0] : undefined;
  const found = typeof code === 'string' ? /^[<>|=]?([a-zA-Z?])(\d*)$/.exec(code) : null;
  if (found === null) return null;
  const [, kind, digits] = found;
  if (kind === 'O') return 'objects';
  if (kind === 'V' && isObject(state) && 'items' in state && typeof state.items[5] === 'number') {
    return state.items[5];
  }
  return Number(digits || '1') * (kind === 'U' ? 4 : 1);
}
