import { scanPacked } from './archive/packed.ts';
import { scanSevenZip } from './archive/seven-zip.ts';
import { isTarHeader, scanTar } from './archive/tar.ts';
import { hasLocalHeader, hasZipEnd, scanZip } from './archive/zip.ts';
import { bunzip2 } from './decode/bzip2.ts';
import type { Decoded } from './decode/decoded.ts';
import { gunzip, unzlib, unzstd } from './decode/gzip.ts';
import { unlzma } from './decode/lzma-alone.ts';
import { unxz } from './decode/xz.ts';
import {
  differs,
  extensionOf,
  isDataName,
  isModelName,
  isPickleName,
  isRawName,
  type Kind,
  needsContent,
} from './expected.ts';
import { createFindings, type Findings } from './findings.ts';
import { isEicar, programKind } from './format/executable.ts';
import { scanGguf } from './format/gguf.ts';
import { isKerasConfig, scanKerasConfig, searchLambda } from './format/keras.ts';
import { has, kindByMagic } from './format/magic.ts';
import { isNumpy, scanNumpy } from './format/numpy.ts';
import { isMessage, scanModelMessage } from './format/onnx.ts';
import { isSafetensors, scanSafetensors } from './format/safetensors.ts';
import { asText, scanText } from './format/text.ts';
import { type Budget, LimitReached, OutOfProportion, OutOfReach } from './limits.ts';
import type { Part, PartContext } from './part.ts';
import { probePickle, scanPickles, searchPickles } from './pickle/pickle.ts';
import { type ByteSource, sliceSource } from './source.ts';

const HEAD = 64 * 1024;
/** Parts in parts within the innermost archive. */
const INNER_DEPTH = 4;
/** Of numbers in an archive: there are thousands of such members, and nobody loads one from its middle. */
const NUMBERS_HEAD = 4096;

/**
 * Looks at a part with every format that its bytes allow: the content decides, the name only tells what was expected. Content that is
 * several things at once (a tensor file with a zip at its end) is looked at as each of them.
 *
 * Never throws on account of the bytes.
 */
export function scanContent(part: Part, budget: Budget): Findings {
  const findings = createFindings();
  const context: PartContext = {
    part,
    budget,
    findings,
    scanPart: (inner) => scanContent(inner, budget),
  };
  try {
    look(context);
  } catch (error) {
    if (!(error instanceof OutOfReach) && !(error instanceof LimitReached)) throw error;
    findings.add('scan.limit');
    if (error instanceof OutOfProportion) findings.add('archive.bomb');
  }
  // Numbers look like anything by chance; what runs code does not come about by chance.
  return part.role === 'raw' && findings.verdict !== 'dangerous' ? createFindings() : findings;
}

function look(context: PartContext): void {
  const { part, findings, budget } = context;
  const { source, name, role } = part;
  // Behind the end of what is behind the end …: a file of ten-byte tensor files would be followed until the stack is full.
  if (part.depth > budget.limits.depth + INNER_DEPTH) {
    if (role !== 'raw') findings.add('archive.depth');
    return;
  }
  if (source.size === 0) {
    if (role === 'file' ? needsContent(name) : role === 'member' && isModelName(name)) {
      findings.add('format.empty');
    }
    return;
  }
  const looked = isNumbers(part) ? NUMBERS_HEAD : HEAD;
  const head = Buffer.from(source.read(0, Math.min(looked, source.reach)));
  if (isEicar(head)) findings.add('antivirus.eicar');
  const kind = readAs(context, head);
  lookForOthers(context, head, kind);
  if (role === 'raw' || kind === 'text') return;
  if (kind === 'unknown') {
    const isBroken = isPickleName(name) || differs(name, kind);
    findings.add(isBroken ? 'format.wrong-content' : 'format.unknown');
  } else if (kind !== 'program' && kind !== 'script' && differs(name, kind)) {
    const isNoModel = NO_MODELS.includes(kind) && isModelName(name);
    findings.add(isNoModel ? 'format.wrong-content' : 'format.mismatch');
  }
}

function isNumbers({ role, name }: Part): boolean {
  return role === 'raw' && name !== '';
}

const NO_MODELS: readonly Kind[] = ['image', 'media', 'document', 'data'];
const SEARCHED: readonly Kind[] = [...NO_MODELS, 'unknown', 'program', 'protobuf', 'hdf5'];

/** A second thing in the same bytes: a zip at the end, opcodes that a tensor file begins with, a pickle behind a picture. */
function lookForOthers(context: PartContext, head: Buffer, kind: Kind): void {
  const { part, findings, budget } = context;
  const { role, source, depth } = part;
  if (kind !== 'pickle' && kind !== 'text') {
    const reading = probePickle({ ...context, part: { ...part, role: 'raw' } });
    if (reading !== null) scanPickles(context, reading);
  }
  if (role !== 'raw' && kind !== 'zip' && kind !== 'text' && depth < budget.limits.depth) {
    if (hasZipEnd(source)) {
      findings.add('archive.prefix-data');
      scanZip(context);
    }
  }
  if (!SEARCHED.includes(kind) || isNumbers(part)) return;
  searchPickles(context, head, 0);
  const tail = source.size - HEAD;
  if (role !== 'raw' && tail > 0 && source.reach === source.size) {
    searchPickles(context, Buffer.from(source.read(tail, HEAD)), tail);
  }
}

type Reader = (context: PartContext, head: Buffer) => Kind | null;

/** In the order of certainty. The first that knows the content reads it. */
const READERS: readonly Reader[] = [
  (context, head) => {
    if (!isSafetensors(context, head)) return null;
    scanSafetensors(context);
    return 'safetensors';
  },
  (context, head) => {
    // Among numbers four letters are no archive yet.
    const isZip =
      context.part.role === 'raw'
        ? hasLocalHeader(head) && hasZipEnd(context.part.source)
        : hasLocalHeader(head) || has(head, 0, 'PK\x05\x06');
    return container(context, isZip, 'zip', scanZip);
  },
  (context, head) => container(context, has(head, 0, "7z\xbc\xaf'\x1c"), '7z', scanSevenZip),
  (context, head) => packed(context, head, '\x1f\x8b\x08', gunzip),
  (context, head) => packed(context, head, 'BZh', bunzip2),
  (context, head) => packed(context, head, '\xfd7zXZ\0', unxz),
  (context, head) => packed(context, head, '(\xb5/\xfd', unzstd),
  (context, head) => {
    if (!isNumpy(head)) return null;
    scanNumpy(context);
    return 'numpy';
  },
  (context, head) => {
    if (!has(head, 0, 'GGUF')) return null;
    scanGguf(context);
    return 'gguf';
  },
  (context, head) => {
    if (![0, 512, 1024, 2048].some((at) => has(head, at, '\x89HDF\r\n\x1a\n'))) return null;
    searchLambda(context);
    return 'hdf5';
  },
  (context, head) => container(context, isTarHeader(head.subarray(0, 512)), 'tar', scanTar),
  readProgram,
  ({ findings }, head) => {
    const kind = kindByMagic(head);
    if (kind === 'foreign-archive') findings.add('archive.unsupported');
    return kind;
  },
  (context) => {
    const reading = probePickle(context);
    if (reading === null) return null;
    scanPickles(context, reading);
    return 'pickle';
  },
  readText,
  (context) => (isSafetensorsName(context) ? readByName(context) : null),
  readWeaklyMarked,
  (context, head) => {
    const { part } = context;
    const isZip = part.role !== 'raw' && hasZipEnd(part.source);
    if (isZip && !hasLocalHeader(head) && part.depth < context.budget.limits.depth) {
      context.findings.add('archive.prefix-data');
    }
    return container(context, isZip, 'zip', scanZip);
  },
  readByName,
];

function readAs(context: PartContext, head: Buffer): Kind {
  for (const reader of READERS) {
    const kind = reader(context, head);
    if (kind !== null) return kind;
  }
  return 'unknown';
}

function container(
  context: PartContext,
  matches: boolean,
  kind: Kind,
  scan: (context: PartContext) => void,
): Kind | null {
  if (!matches) return null;
  // At the innermost depth its members would lie too deep: nothing of them is read.
  if (context.part.depth >= context.budget.limits.depth) context.findings.add('archive.depth');
  else scan(context);
  return kind;
}

type Unpack = (source: ByteSource, start: number, limit: number) => Decoded & { crc?: boolean };

function packed(context: PartContext, head: Buffer, magic: string, unpack: Unpack): Kind | null {
  return container(context, has(head, 0, magic), 'packed', () => scanStream(context, unpack));
}

/** One packed file: the name without its last extension is the name of what is in it. */
function scanStream(context: PartContext, unpack: Unpack): void {
  const { part, findings, scanPart } = context;
  const { source, name, depth } = part;
  const inner = isPickleName(name) ? name : name.replace(/\.\w+$/, '');
  let end = source.size;
  scanPacked(context, {
    name: inner,
    role: part.role === 'raw' ? 'raw' : 'member',
    start: 0,
    decode(limit) {
      const decoded = unpack(source, 0, limit);
      if (decoded.crc === false) findings.add('archive.crc');
      if (decoded.state === 'whole') end = decoded.end;
      return decoded;
    },
  });
  if (end >= source.size) return;
  const rest = sliceSource(source, end);
  findings.merge(scanPart({ source: rest, name: '', depth: depth + 1, role: 'raw' }));
  if (!source.read(end, 4096).every((byte) => byte === 0)) findings.add('archive.trailing-data');
}

function readProgram({ part, findings }: PartContext, head: Buffer): Kind | null {
  const { name, role, source } = part;
  const kind = programKind(
    head,
    (position, length) => source.read(position, length),
    role === 'raw',
  );
  if (kind === null) return null;
  findings.add(isDataName(name) ? 'format.executable-hidden' : 'format.executable');
  return kind;
}

function readText(context: PartContext, head: Buffer): Kind | null {
  const { part } = context;
  const text = part.role === 'raw' ? null : asText(head, head.length === part.source.size);
  if (text === null || (isSafetensorsName(context) && !isForeignText(text))) return null;
  scanText(context, text);
  if (isKerasConfig(part.name)) scanKerasConfig(context);
  return 'text';
}

function isSafetensorsName({ part }: PartContext): boolean {
  return part.role !== 'raw' && ['safetensors', 'sft'].includes(extensionOf(part.name));
}

/** A short safetensors file whose header is broken may consist of letters only; a page or an error does not begin like one. */
function isForeignText(text: string): boolean {
  return /^\s*[<{[]|^version https:/.test(text) || text.length > 64;
}

/** Two bytes that begin a stream of zlib or LZMA begin many other things too: what unpacks is one. */
function readWeaklyMarked(context: PartContext, head: Buffer): Kind | null {
  const { source } = context.part;
  const isZlib =
    (head[0]! & 15) === 8 &&
    head[0]! >> 4 <= 7 &&
    head.length > 6 &&
    head.readUInt16BE() % 31 === 0;
  const isLzma = head.length >= 18 && head[13] === 0 && isLzmaHeader(head);
  const unpack = isZlib ? unzlib : isLzma ? unlzma : null;
  if (unpack === null) return null;
  const start = unpack(source, 0, 4096);
  if (start.bytes.length === 0 || (start.state === 'broken' && start.bytes.length < 16))
    return null;
  return container(context, true, 'packed', () => scanStream(context, unpack));
}

/** Properties within range, a dictionary of 2ⁿ or 3 · 2ⁿ bytes, a length that is known to be unknown or below a terabyte. */
function isLzmaHeader(head: Buffer): boolean {
  const dictionary = head.readUInt32LE(1);
  const length = head.readBigUInt64LE(5);
  const odd = dictionary / ((dictionary & -dictionary) >>> 0);
  return (
    head[0]! < 225 &&
    dictionary >= 4096 &&
    (odd === 1 || odd === 3) &&
    (length === 2n ** 64n - 1n || length < 2n ** 40n)
  );
}

/** Models of TensorFlow, Core ML and sentencepiece. */
const MESSAGES = new Set(['pb', 'mlmodel', 'model', 'spm', 'binarypb', 'pbmm']);

function readByName(context: PartContext): Kind | null {
  const { part, findings } = context;
  const extension = extensionOf(part.name);
  if (part.role === 'raw') return 'data';
  if (isSafetensorsName(context)) {
    scanSafetensors(context);
    return 'safetensors';
  }
  if (extension === 'pb') {
    if (/(^|\/)keras_metadata\.pb$/.test(part.name)) searchLambda(context);
    const isGraph =
      scanModelMessage(context, 'savedModel') || scanModelMessage(context, 'graphDef');
    if (isGraph) return 'protobuf';
  } else if (scanModelMessage(context, 'model')) return 'protobuf';
  if (extension === 'onnx') {
    findings.add('onnx.malformed');
    return 'protobuf';
  }
  // Few bytes are a message by chance: only where the name promises one.
  if (MESSAGES.has(extension) && isMessage(context)) return 'protobuf';
  return isRawName(part.name) ? 'data' : null;
}
