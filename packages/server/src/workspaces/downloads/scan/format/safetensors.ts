import type { PartContext } from '../part.ts';
import { sliceSource } from '../source.ts';
import { NotJson, readJson } from './json-reader.ts';

/** What the reference implementation takes at most. */
const MAX_HEADER = 100_000_000;
const LENGTH_BYTES = 8;

const DTYPE_BITS: Readonly<Record<string, number>> = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
};

/** Whether content begins as safetensors files do, whatever it is called. */
export function isSafetensors({ part: { source } }: PartContext, head: Buffer): boolean {
  if (head.length < LENGTH_BYTES + 2 || head[LENGTH_BYTES] !== 0x7b) return false;
  const length = head.readBigUInt64LE();
  return length <= MAX_HEADER && Number(length) + LENGTH_BYTES <= source.size;
}

interface Tensor {
  dtype?: string;
  shape?: number[];
  offsets?: number[];
}

/** The rules of the format: header, then tensors without gap, overlap or rest. The tensors themselves are not read. */
export function scanSafetensors(context: PartContext): void {
  const { part, findings, budget, scanPart } = context;
  const { source } = part;
  if (source.size < LENGTH_BYTES) {
    findings.add('safetensors.header-truncated');
    return;
  }
  const stated = source.read(0, LENGTH_BYTES).readBigUInt64LE();
  if (stated > MAX_HEADER) {
    findings.add('safetensors.header-too-large');
    return;
  }
  const length = Number(stated);
  if (LENGTH_BYTES + length > source.size) {
    findings.add('safetensors.header-truncated');
    return;
  }
  budget.spend(length / 16);
  const tensors = readHeader(context, source.read(LENGTH_BYTES, length));
  if (tensors === null) return;
  const dataBytes = source.size - LENGTH_BYTES - length;
  const ranges: [number, number][] = [];
  for (const { dtype, shape, offsets } of tensors.values()) {
    if (dtype === undefined || shape === undefined || offsets?.length !== 2) {
      findings.add('safetensors.header-not-json');
      continue;
    }
    const [from, to] = offsets as [number, number];
    ranges.push([from, to]);
    if (from > to || to > dataBytes) findings.add('safetensors.out-of-bounds');
    const bits = DTYPE_BITS[dtype];
    if (bits === undefined || !Object.hasOwn(DTYPE_BITS, dtype)) findings.add('safetensors.dtype');
    else if (shape.reduce((product, size) => product * size, bits) !== 8 * (to - from)) {
      findings.add('safetensors.shape-size');
    }
  }
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let end = 0;
  for (const [from, to] of ranges) {
    if (from > end) findings.add('safetensors.gap');
    if (from < end) findings.add('safetensors.overlap');
    end = Math.max(end, to);
  }
  if (end >= dataBytes) return;
  findings.add('safetensors.trailing-data');
  const rest = sliceSource(source, LENGTH_BYTES + length + end);
  findings.merge(scanPart({ source: rest, name: '', depth: part.depth + 1, role: 'raw' }));
}

/** @returns tensors by name, or null when the header is no header */
function readHeader({ findings }: PartContext, bytes: Buffer): Map<string, Tensor> | null {
  const tensors = new Map<string, Tensor>();
  let isObject = false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // Filled up with spaces to a multiple of eight.
    readJson(text.replace(/[ \0]+$/, ''), {
      duplicate: () => findings.add('safetensors.duplicate-key'),
      value(path, value, kind) {
        const [name, field, index] = path;
        if (path.length === 0) isObject = kind === 'object';
        else if (!isObject || typeof name !== 'string') return;
        else if (name === '__metadata__') {
          const fits =
            path.length === 1 ? kind === 'object' : path.length === 2 && kind === 'string';
          if (!fits) findings.add('safetensors.metadata-type');
        } else if (path.length === 1) {
          if (kind === 'object') tensors.set(name, {});
          else findings.add('safetensors.header-not-json');
        } else {
          const tensor = tensors.get(name);
          if (tensor === undefined) return;
          if (field === 'dtype' && typeof value === 'string') tensor.dtype = value;
          else if (field === 'shape' || field === 'data_offsets') {
            const key = field === 'shape' ? 'shape' : 'offsets';
            if (path.length === 2 && kind === 'array') tensor[key] = [];
            else if (typeof index === 'number' && path.length === 3 && isCount(value)) {
              tensor[key]?.push(value);
            } else findings.add('safetensors.header-not-json');
          }
        }
      },
    });
  } catch (error) {
    if (!(error instanceof NotJson) && !(error instanceof TypeError)) throw error;
    isObject = false;
  }
  if (!isObject) findings.add('safetensors.header-not-json');
  return isObject ? tensors : null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
