import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeZip } from '../testing/make-zip.ts';
import { HOSTILE } from '../testing/pickle-assembler.ts';
import { scanBytes } from '../testing/scan-bytes.ts';

const pickle = { name: 'data.pkl', bytes: HOSTILE };
const note = { name: 'note.txt', bytes: Buffer.from('hello '.repeat(100)) };
const zipOf = (bytes: Buffer) => scanBytes(bytes, 'a.zip');

/** Bytes without pattern, the same each time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, state = 1; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

describe('a zip', () => {
  it('is looked into whatever its directory claims', () => {
    const zip = makeZip([pickle]);
    expect(zipOf(zip).verdict).toBe('dangerous');
    expect(zipOf(zip.subarray(0, -40)).verdict).toBe('dangerous');
    expect(zipOf(makeZip([note, { ...pickle, hidden: true }])).verdict).toBe('dangerous');
    expect(zipOf(makeZip([{ ...pickle, crc: 1 }])).verdict).toBe('dangerous');
    expect(zipOf(makeZip([{ ...pickle, method: 0, flags: 1 }])).verdict).toBe('dangerous');
    expect(zipOf(Buffer.concat([makeZip([note]), zip])).verdict).toBe('dangerous');
    expect(zipOf(Buffer.concat([makeZip([note]), HOSTILE])).verdict).toBe('dangerous');
  });

  it('is clean when its members are, and malformed when a sum differs', () => {
    expect(zipOf(makeZip([note]))).toMatchObject({ verdict: 'clean', reasons: [] });
    expect(zipOf(makeZip([{ ...note, crc: 1 }]))).toMatchObject({
      verdict: 'malformed',
      reasons: ['archive.crc'],
    });
  });

  it('is unscannable where it is locked or packed in a way we do not know', () => {
    expect(
      zipOf(makeZip([{ name: 'a.pkl', bytes: noise(100), method: 0, flags: 1, crc: 7 }])).verdict,
    ).toBe('unscannable');
    expect(zipOf(makeZip([{ name: 'a.pkl', bytes: noise(100), method: 97 }])).verdict).toBe(
      'unscannable',
    );
  });

  it.each(['../x', 'a/../../x', '/etc/x', 'C:/x', '..\\x'])(
    'with the member %s is dangerous',
    (name) => {
      expect(zipOf(makeZip([{ ...note, name }])).reasons).toContain('archive.path-traversal');
      expect(zipOf(makeZip([{ ...note, local: { name } }])).reasons).toContain(
        'archive.path-traversal',
      );
    },
  );

  it('in a zip is followed to the fourth, and no deeper', () => {
    let inner = makeZip([pickle]);
    for (let depth = 2; depth <= 4; depth++) inner = makeZip([{ name: 'inner.zip', bytes: inner }]);
    expect(zipOf(inner).verdict).toBe('dangerous');
    expect(zipOf(makeZip([{ name: 'inner.zip', bytes: inner }]))).toMatchObject({
      verdict: 'unscannable',
      reasons: expect.arrayContaining(['archive.depth']) as unknown,
    });
  });

  it('that grows out of proportion is a bomb, read no further than its beginning', () => {
    const bomb = makeZip([{ name: 'a.bin', bytes: Buffer.alloc(64 * 1024 * 1024) }]);
    expect(zipOf(bomb).reasons).toContain('archive.bomb');
  });

  it('of many members that grow a little each is a bomb all the same', () => {
    const zeros = Array.from({ length: 80 }, (_, i) => ({
      name: `${i}.bin`,
      bytes: Buffer.alloc(1024 * 1024),
    }));
    const bomb = makeZip(zeros);
    expect(zipOf(bomb).reasons).toContain('archive.bomb');
    expect(zipOf(makeZip([{ name: 'inner.zip', bytes: bomb }])).reasons).toContain('archive.bomb');
  });

  it('may hold numbers that look like anything', () => {
    const data = [
      'MZ',
      '\x1f\x8b\x08',
      '\x80\x02}',
      'PK\x03\x04',
      'x\x9c',
      '#!/bin/sh',
      'BZh9',
      'GGUF',
      'cos\n',
    ];
    const members = data.map((start, i) => ({
      name: `archive/data/${i}`,
      bytes: Buffer.concat([Buffer.from(start, 'latin1'), noise(2000)]),
      method: 0,
    }));
    const checkpoint = { name: 'archive/data.pkl', bytes: Buffer.from('\x80\x02}.', 'latin1') };
    expect(scanBytes(makeZip([checkpoint, ...members]), 'a.pt').verdict).toBe('clean');
  });

  it('with more members than are read is not clean', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ ...note, name: `${i}.txt` }));
    expect(scanBytes(makeZip(many), 'a.zip', { members: 10 })).toMatchObject({
      verdict: 'suspicious',
      reasons: expect.arrayContaining(['archive.members']) as unknown,
    });
  });
});

describe('a stream', () => {
  it('that breaks off is read up to there', () => {
    const packed = gzipSync(Buffer.concat([HOSTILE, noise(100_000)]));
    expect(scanBytes(packed.subarray(0, 50_000), 'a.pkl.gz').verdict).toBe('dangerous');
    const broken = Buffer.from(packed);
    broken.fill(0, 60_000, 60_100);
    expect(scanBytes(broken, 'a.pkl.gz').verdict).toBe('dangerous');
  });

  it('with something behind its end is looked at behind its end', () => {
    expect(scanBytes(Buffer.concat([gzipSync('hello'), HOSTILE]), 'a.txt.gz').verdict).toBe(
      'dangerous',
    );
  });

  it('is read to its end when its beginning does not tell enough', () => {
    // A pickle of 2 MiB with the call at its end, and one MiB that is looked at first.
    const long = Buffer.concat([
      Buffer.from('\x80\x02B\0\0\x20\0', 'latin1'),
      noise(2 * 1024 * 1024),
      Buffer.from('0'),
      HOSTILE.subarray(2),
    ]);
    const zip = makeZip([{ name: 'a.pkl', bytes: long }]);
    expect(scanBytes(zip, 'a.zip', { memberBytes: 1024 * 1024 }).verdict).toBe('dangerous');
    const limits = { memberBytes: 1024 * 1024, wholeMemberBytes: 1024 * 1024 };
    expect(scanBytes(zip, 'a.zip', limits)).toMatchObject({
      verdict: 'unscannable',
      reasons: ['scan.limit'],
    });
  });
});

describe('a tar', () => {
  const header = (name: string, size: number, type = '0', link = ''): Buffer => {
    const block = Buffer.alloc(512);
    block.write(name);
    block.write('0000644\0', 100);
    block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
    block.write('        ', 148);
    block.write(type, 156);
    block.write(link, 157);
    block.write('ustar\x0000', 257, 'latin1');
    block.write(
      `${block
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return block;
  };
  const tarOf = (...blocks: Buffer[]) =>
    scanBytes(Buffer.concat([...blocks, Buffer.alloc(1024)]), 'a.tar');

  it('is looked into, and its names, links and devices are judged', () => {
    const content = Buffer.concat([HOSTILE, Buffer.alloc(512 - HOSTILE.length)]);
    expect(tarOf(header('a.bin', HOSTILE.length), content).verdict).toBe('dangerous');
    expect(tarOf(header('../a', 0)).reasons).toContain('archive.path-traversal');
    expect(tarOf(header('a/b', 0, '2', '../../x')).reasons).toContain('archive.symlink');
    expect(tarOf(header('lib.so', 0, '2', 'lib.so.1')).reasons).toEqual(['archive.link']);
    expect(tarOf(header('a', 0, '3')).reasons).toContain('archive.device');
    expect(
      tarOf(header('a.txt', 5), Buffer.concat([Buffer.from('hello'), Buffer.alloc(507)])).verdict,
    ).toBe('clean');
    expect(scanBytes(header('a.txt', 50_000), 'a.tar').verdict).toBe('malformed');
  });
});

describe('deflate', () => {
  it('is unpacked whole whatever its length', async () => {
    const { inflate } = await import('../decode/inflate.ts');
    const { memorySource } = await import('../source.ts');
    for (const length of [0, 1, 4095, 4096, 4097, 70_000, 1_000_000]) {
      const bytes = noise(length).map((byte) => byte & 15);
      const packed = Buffer.concat([deflateRawSync(bytes), Buffer.from('behind')]);
      const decoded = inflate(memorySource(packed), 0, 2_000_000);
      expect(decoded).toMatchObject({ state: 'whole', end: packed.length - 6 });
      expect(decoded.bytes.equals(bytes)).toBe(true);
    }
  });
});
