/**
 * What a scan costs beside the download it belongs to, and what it finds.
 *
 *   npm run bench:downloads -- downloads-scan [mb=1000]
 *
 * Files of the kinds that people download are written, `mb` MB each (packed ones a tenth), seeded. Beside the processor time of the
 * scan stands the least any download takes: writing the same bytes and their SHA-256; connections and TLS come on top. Goal: 15 %.
 * Medians of five. Then the corpus: how many of its hostile files are called dangerous, and by picklescan as its manifest
 * recorded it (2026-07); the manifest is looked for in ../shared/reference or KIZASHI_REFERENCE, and left out where it is not.
 */
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { createRandom } from '../packages/server/src/testing/random.ts';
import { scanFile } from '../packages/server/src/workspaces/downloads/scan/scan-file.ts';
import {
  bytesOf,
  uint32,
  uint64,
} from '../packages/server/src/workspaces/downloads/scan/testing/pickle-assembler.ts';
import { median, numberWord } from './support/downloads-run.ts';

const MB = 1_000_000;
const ROUNDS = 5;
const size = numberWord('mb', 1000) * MB;
const folder = mkdtempSync(join(tmpdir(), 'kizashi-scan-bench-'));
const random = createRandom(20_261_123);
const block = Buffer.from(Array.from({ length: MB }, () => Math.floor(random() * 256)));

/** Writes pieces and counts what writing and hashing them takes. @returns processor time in ms */
function download(path: string, pieces: Iterable<Buffer>): number {
  const file = openSync(path, 'w');
  const hash = createHash('sha256');
  let spent = 0;
  for (const piece of pieces) {
    const began = process.cpuUsage();
    writeSync(file, piece);
    hash.update(piece);
    spent += milliseconds(process.cpuUsage(began));
  }
  const began = process.cpuUsage();
  hash.digest();
  closeSync(file);
  return spent + milliseconds(process.cpuUsage(began));
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function* numbers(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= MB) yield left >= MB ? block : block.subarray(0, left);
}

function* safetensors(): Generator<Buffer> {
  const tensors = 1000;
  const each = Math.floor(size / tensors);
  const header = Object.fromEntries(
    Array.from({ length: tensors }, (_, i) => [
      `model.layers.${i}.self_attn.weight`,
      { dtype: 'U8', shape: [each], data_offsets: [i * each, (i + 1) * each] },
    ]),
  );
  const text = Buffer.from(JSON.stringify(header));
  yield Buffer.concat([uint64(BigInt(text.length)), text]);
  yield* numbers(each * tensors);
}

/** A checkpoint as torch.save writes it: a pickle, and its numbers stored in 1,000 members. */
function* checkpoint(): Generator<Buffer> {
  const members = 1000;
  const each = Math.floor(size / members);
  const text = (value: string) => bytesOf('X', uint32(value.length), value);
  const int = (value: number) => bytesOf('J', uint32(value));
  const tensor = (i: number) =>
    bytesOf(
      text(`layer.${i}.weight`),
      'ctorch._utils\n_rebuild_tensor_v2\n((',
      text('storage'),
      'ctorch\nByteStorage\n',
      text(String(i)),
      text('cpu'),
      int(each),
      'tQ',
      int(0),
      int(each),
      0x85,
      int(1),
      0x85,
      0x89,
      'ccollections\nOrderedDict\n)RtR',
    );
  const pickle = bytesOf(
    '\x80\x02}(',
    ...Array.from({ length: members }, (_, i) => tensor(i)),
    'u.',
  );
  yield* zip([
    ['archive/data.pkl', pickle.length, () => [pickle], 0],
    ...Array.from(
      { length: members },
      (_, i): Member => [`archive/data/${i}`, each, () => numbers(each), 0],
    ),
  ]);
}

/** Arrays packed, as numpy.savez_compressed writes them: here the numbers have to be unpacked to be looked at. */
function* packedArrays(): Generator<Buffer> {
  const each = 2 * MB;
  const members = Math.max(1, Math.floor(size / 10 / each));
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${each / 8},), }`.padEnd(117);
  const array = Buffer.concat([
    Buffer.from('\x93NUMPY\x01\0v\0', 'latin1'),
    Buffer.from(`${header}\n`),
    ...numbers(each),
  ]);
  // Half of the bits carry nothing, as in weights of fewer bits than their type.
  for (let i = 128; i < array.length; i += 2) array[i] = 0;
  const packed = deflateRawSync(array, { level: 6 });
  const sum = crc32(array);
  yield* zip(
    Array.from(
      { length: members },
      (_, i): Member => [`${i}.npy`, packed.length, () => [packed], 8, array.length, sum],
    ),
  );
}

type Member = readonly [
  name: string,
  length: number,
  bytes: () => Iterable<Buffer>,
  method: number,
  size?: number,
  sum?: number,
];

function* zip(members: readonly Member[]): Generator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, length, bytes, method, unpacked = length, sum] of members) {
    const crc = sum ?? [...bytes()].reduce((value, piece) => crc32(piece, value), 0);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(length, 14);
    fields.writeUInt32LE(unpacked, 18);
    fields.writeUInt16LE(name.length, 22);
    yield Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name)]);
    yield* bytes();
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), fields, tail, Buffer.from(name)]),
    );
    offset += 30 + name.length + length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  yield Buffer.concat([list, Buffer.from('PK\x05\x06'), end]);
}

function* gguf(): Generator<Buffer> {
  const text = (value: string) => Buffer.concat([uint64(BigInt(value.length)), Buffer.from(value)]);
  const words = Array.from({ length: 100_000 }, (_, i) => text(`token${i}`));
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(1n),
    uint64(1n),
    text('tokenizer.ggml.tokens'),
    uint32(9),
    uint32(8),
    uint64(BigInt(words.length)),
    ...words,
    text('weight'),
    uint32(1),
    uint64(BigInt(size)),
    uint32(24),
    uint64(0n),
  ]);
  yield Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32)]);
  yield* numbers(Math.ceil(size / 32) * 32);
}

/** A pickle of many small things: the most opcodes for its bytes. */
function* pickle(): Generator<Buffer> {
  yield Buffer.from('\x80\x04]', 'latin1');
  const items = bytesOf(
    '(',
    ...Array.from({ length: 20_000 }, (_, i) =>
      bytesOf(0x8c, 5, String(i).padStart(5, '0'), 0x94, 'J', uint32(i), 0x86),
    ),
    'e',
  );
  for (let written = 0; written < size / 20; written += items.length) yield items;
  yield Buffer.from('.');
}

console.log(`median of ${ROUNDS}, processor time; ${process.version}, ${process.arch}`);
for (const [name, make] of [
  ['model.safetensors', safetensors],
  ['model.gguf', gguf],
  ['checkpoint.pt', checkpoint],
  ['arrays.npz', packedArrays],
  ['objects.pkl', pickle],
] as const) {
  const path = join(folder, name);
  const cost = download(path, make());
  const scans: number[] = [];
  let verdict = '';
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    ({ verdict } = await scanFile(path));
    scans.push(milliseconds(process.cpuUsage(began)));
  }
  const scan = median(scans);
  console.log(
    `  ${name.padEnd(20)} ${verdict.padEnd(8)} scan ${scan.toFixed(1).padStart(8)} ms  write + SHA-256 ${cost.toFixed(0).padStart(6)} ms  ${((100 * scan) / cost).toFixed(1).padStart(6)} %`,
  );
  rmSync(path);
}
rmSync(folder, { recursive: true });
await corpus();

interface Manifest {
  readonly cases: readonly {
    readonly file: string;
    readonly expect: { readonly verdict: string; readonly accept: readonly string[] };
    readonly anchor: { readonly picklescan: string };
  }[];
}

async function corpus(): Promise<void> {
  const root = join(process.env.KIZASHI_REFERENCE ?? '../shared/reference', 'downloads/scan');
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    console.log(`no corpus in ${root}: its figures are left out`);
    return;
  }
  let accepted = 0;
  let found = 0;
  let theirs = 0;
  const hostile = manifest.cases.filter(({ expect }) => expect.verdict === 'dangerous').length;
  for (const { file, expect, anchor } of manifest.cases) {
    const { verdict } = await scanFile(join(root, file));
    if (expect.accept.includes(verdict)) accepted++;
    if (expect.verdict !== 'dangerous') continue;
    if (verdict === 'dangerous') found++;
    if (anchor.picklescan === 'dangerous') theirs++;
  }
  console.log(`corpus: ${accepted} of ${manifest.cases.length} as its manifest says`);
  console.log(
    `hostile files called dangerous: ${found} of ${hostile}; by picklescan, as the manifest recorded it: ${theirs}`,
  );
}
