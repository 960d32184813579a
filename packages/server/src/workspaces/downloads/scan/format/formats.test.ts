import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanFile } from '../scan-file.ts';
import { makeZip } from '../testing/make-zip.ts';
import { HOSTILE, uint32, uint64 } from '../testing/pickle-assembler.ts';
import { scanBytes } from '../testing/scan-bytes.ts';

function safetensors(header: unknown, data: Buffer): Buffer {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const bytes = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  return Buffer.concat([uint64(BigInt(bytes.length)), bytes, data]);
}
const tensor = (length: number, dtype = 'U8') => ({
  dtype,
  shape: [length],
  data_offsets: [0, length],
});

describe('safetensors', () => {
  const reasonsOf = (header: unknown, data = Buffer.alloc(8)) =>
    scanBytes(safetensors(header, data), 'a.safetensors').reasons;

  it.each([
    ['clean', { a: tensor(8), __metadata__: { format: 'pt' } }, []],
    [
      'clean with tensors of half a byte',
      { a: { dtype: 'F4', shape: [16], data_offsets: [0, 8] } },
      [],
    ],
    [
      'wrong with a size below zero',
      { a: { dtype: 'U8', shape: [-8], data_offsets: [0, 8] } },
      ['safetensors.header-not-json', 'safetensors.shape-size'],
    ],
    [
      'wrong with a shape of 2⁶⁴',
      { a: { dtype: 'F32', shape: [2 ** 50, 2 ** 14], data_offsets: [0, 8] } },
      ['safetensors.shape-size'],
    ],
    [
      'wrong with offsets the wrong way round',
      { a: { dtype: 'U8', shape: [8], data_offsets: [8, 0] } },
      expect.arrayContaining(['safetensors.out-of-bounds']),
    ],
    [
      'wrong without offsets',
      { a: { dtype: 'U8', shape: [8] } },
      expect.arrayContaining(['safetensors.header-not-json']),
    ],
    [
      'wrong with a tensor that is a text',
      { a: 'x' },
      expect.arrayContaining(['safetensors.header-not-json']),
    ],
    [
      'wrong with a property of every object for a dtype',
      { a: { dtype: 'constructor', shape: [8], data_offsets: [0, 8] } },
      ['safetensors.dtype'],
    ],
  ])('is %s', (_, header, reasons) => {
    expect(reasonsOf(header)).toEqual(reasons);
  });

  it('is wrong with lists a thousand deep, without running out of stack', () => {
    expect(reasonsOf(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`)).toContain(
      'safetensors.header-not-json',
    );
  });

  it('is dangerous with an archive among its tensors, or opcodes that its header begins like', () => {
    const zip = makeZip([{ name: 'a.pkl', bytes: HOSTILE }]);
    expect(scanBytes(safetensors({ a: tensor(zip.length) }, zip), 'a.safetensors').verdict).toBe(
      'dangerous',
    );
    // 0x56, the length of the header, is the opcode of a text that ends at the first line feed.
    const data = Buffer.from("\ncos\nsystem\n(S'true'\ntR.");
    const header = JSON.stringify({ a: tensor(data.length) }).padEnd(0x56);
    const polyglot = Buffer.concat([uint64(0x56n), Buffer.from(header), data]);
    expect(scanBytes(polyglot, 'a.safetensors').verdict).toBe('dangerous');
  });

  it('of ten gigabytes costs no more than its header', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kizashi-scan-'));
    const path = join(folder, 'large.safetensors');
    const size = 10 * 2 ** 30;
    const header = safetensors({ a: tensor(size) }, Buffer.alloc(0));
    const file = await open(path, 'w');
    await file.write(header);
    await file.truncate(header.length + size);
    await file.close();
    await scanFile(path);
    const began = process.cpuUsage();
    const scan = await scanFile(path);
    const { user, system } = process.cpuUsage(began);
    await rm(folder, { recursive: true });
    expect(scan.verdict).toBe('clean');
    // Measured: 1 ms. The bound only has to tell a header from ten gigabytes.
    expect((user + system) / 1000).toBeLessThan(500);
  });
});

describe('GGUF', () => {
  const text = (value: string) => Buffer.concat([uint64(BigInt(value.length)), Buffer.from(value)]);
  const gguf = (
    version: number,
    pairs: Buffer[],
    tensors: Buffer[] = [],
    data = Buffer.alloc(0),
  ) => {
    const head = Buffer.concat([
      Buffer.from('GGUF'),
      uint32(version),
      uint64(BigInt(tensors.length)),
      uint64(BigInt(pairs.length)),
      ...pairs,
      ...tensors,
    ]);
    const filled = Buffer.alloc(Math.ceil(head.length / 32) * 32);
    head.copy(filled);
    return scanBytes(Buffer.concat([data.length > 0 ? filled : head, data]), 'a.gguf').verdict;
  };
  const pair = (key: string, type: number, value: Buffer) =>
    Buffer.concat([text(key), uint32(type), value]);
  const floats = (count: number) =>
    Buffer.concat([text('t'), uint32(1), uint64(BigInt(count)), uint32(0), uint64(0n)]);

  it('is clean when counts, lengths and tensors fit', () => {
    const words = Buffer.concat([uint32(8), uint64(2n), text('a'), text('b')]);
    expect(
      gguf(3, [pair('x', 9, words), pair('y', 7, Buffer.from([1]))], [floats(8)], Buffer.alloc(32)),
    ).toBe('clean');
    expect(gguf(2, [])).toBe('clean');
  });

  it('is malformed when they do not', () => {
    expect(gguf(3, [], [floats(800)], Buffer.alloc(32))).toBe('malformed');
    expect(gguf(9, [])).toBe('malformed');
    expect(gguf(3, [pair('a', 99, Buffer.alloc(0))])).toBe('malformed');
    expect(gguf(3, [pair('a', 8, uint64(2n ** 60n))])).toBe('malformed');
    expect(gguf(3, [pair('a', 9, Buffer.concat([uint32(0), uint64(2n ** 63n)]))])).toBe(
      'malformed',
    );
    expect(gguf(3, [pair('a', 0, Buffer.alloc(1)), pair('a', 0, Buffer.alloc(1))])).toBe(
      'malformed',
    );
  });
});

describe('what was saved in place of a model', () => {
  const verdictOf = (text: string, name: string) => scanBytes(Buffer.from(text), name).verdict;

  it.each(['a.safetensors', 'a.pt', 'a.bin', 'a.gguf', 'a.zip', 'a.png', 'model'])(
    '%s is malformed',
    (name) => {
      expect(verdictOf('<!DOCTYPE html><html><body>Log in</body></html>', name)).toBe('malformed');
      expect(verdictOf('{"error":"Unauthorized"}', name)).toBe('malformed');
      expect(verdictOf('<Error><Code>AccessDenied</Code></Error>', name)).toBe('malformed');
      expect(
        verdictOf('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', name),
      ).toBe('malformed');
      expect(verdictOf('', name)).toBe('malformed');
    },
  );

  it('is fine under its own name', () => {
    expect(verdictOf('<html></html>', 'index.html')).toBe('clean');
    expect(verdictOf('{"error":"none"}', 'config.json')).toBe('clean');
    expect(verdictOf('import os\nos.system("x")\n', 'train.py')).toBe('clean');
    expect(verdictOf('collection\nof\nwords\n.', 'note.txt')).toBe('clean');
    expect(verdictOf('', '__init__.py')).toBe('clean');
  });

  it('runs when it is loaded by a careless reader: templates, tags of YAML', () => {
    expect(verdictOf('a: !!python/object/apply:os.system ["true"]', 'a.yaml')).toBe('dangerous');
    const template = (text: string) =>
      verdictOf(JSON.stringify({ chat_template: text }), 'tokenizer_config.json');
    expect(template("{{ ''.__class__.__mro__ }}")).toBe('suspicious');
    expect(template('{% for m in messages %}{{ m.role }}{% endfor %}')).toBe('clean');
  });
});

describe('programs', () => {
  const elf = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]);

  it('are dangerous under the name of something else, and told of under their own', () => {
    for (const name of ['a.safetensors', 'a.png', 'a.bin', 'a.txt']) {
      expect(scanBytes(elf, name)).toMatchObject({
        verdict: 'dangerous',
        reasons: ['format.executable-hidden'],
      });
    }
    for (const name of ['tool', 'a.so', 'a.node']) {
      expect(scanBytes(elf, name)).toMatchObject({
        verdict: 'suspicious',
        reasons: ['format.executable'],
      });
    }
  });
});

describe('bytes that are nothing we know', () => {
  it('are never clean', () => {
    const noise = Buffer.from(
      Array.from({ length: 4000 }, (_, i) => (i * 167 + (i >> 3) * 91) & 255),
    );
    for (const name of ['a', 'a.dat', 'a.bin'])
      expect(scanBytes(noise, name).verdict).toBe('unscannable');
    for (const name of ['a.pt', 'a.safetensors', 'a.gguf', 'a.onnx', 'a.pkl']) {
      expect(scanBytes(noise, name).verdict).toBe('malformed');
    }
  });
});

describe('Keras', () => {
  const keras = (config: unknown) =>
    scanBytes(
      makeZip([{ name: 'config.json', bytes: Buffer.from(JSON.stringify(config)) }]),
      'a.keras',
    );

  it('objects of other modules are told of, functions of the system are dangerous', () => {
    expect(keras({ module: 'keras.layers', class_name: 'Dense', config: {} }).verdict).toBe(
      'clean',
    );
    expect(keras({ module: 'mine.layers', class_name: 'Own', config: {} }).reasons).toEqual([
      'keras.unknown-object',
    ]);
    expect(keras({ module: 'os', class_name: 'function', config: 'system' })).toMatchObject({
      verdict: 'dangerous',
      imports: [{ module: 'os', name: 'system', level: 'dangerous' }],
    });
  });
});
