import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { receiveUpload } from './receive-upload.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-upload-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => ({ path: join(folder, 'new', name), name, limitMb: 1 });

describe('receiveUpload', () => {
  it('writes the file into a folder that was not there', async () => {
    const parts = ['order_id\n', '1\n'];
    const received = await receiveUpload(
      Readable.from(parts.map((p) => Buffer.from(p))),
      file('a'),
    );
    const text = parts.join('');
    expect(received).toEqual({
      sizeBytes: text.length,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(readFileSync(file('a').path, 'utf8')).toBe(text);
  });

  it.each([
    ['an empty one', () => Readable.from([]), 'UPLOAD_EMPTY'],
    [
      'one above the limit',
      () => Readable.from([Buffer.alloc(2 ** 20), Buffer.alloc(1)]),
      'UPLOAD_TOO_LARGE',
    ],
    [
      'one that breaks off',
      () => {
        const source = new Readable({ read() {} });
        source.push('order_id\n');
        setImmediate(() => source.destroy());
        return source;
      },
      'UPLOAD_INTERRUPTED',
    ],
  ])('keeps nothing of %s', async (_what, source, code) => {
    const before = readdirSync(folder, { recursive: true });
    await expect(receiveUpload(source(), file('b'))).rejects.toMatchObject({ code });
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });
});
