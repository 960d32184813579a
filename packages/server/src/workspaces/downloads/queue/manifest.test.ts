import { describe, expect, it } from 'vitest';
import { createCp932Encoder } from '../../../core/csv/cp932.ts';
import { readManifest } from './manifest.ts';

const SHA = `${'a'.repeat(63)}B`;
const read = (text: string | Uint8Array) =>
  readManifest(typeof text === 'string' ? new TextEncoder().encode(text) : text);
/** Lines as tests compare them: the address or the code of the error. */
const brief = async (text: string | Uint8Array) =>
  (await read(text)).map((entry) => [
    entry.line,
    'error' in entry
      ? entry.error.code.replace('DOWNLOADS_MANIFEST_', '')
      : 'url' in entry.input
        ? entry.input.url
        : 'ref' in entry.input
          ? entry.input.ref
          : entry.input.kind,
    ...('error' in entry ? [] : [entry.fileName, entry.hashes].filter((x) => x !== undefined)),
  ]);

describe('addresses one a line', () => {
  it('are read with their line numbers, without comments and empty lines', async () => {
    expect(
      await brief(
        '# models\n\nhttps://a.example/1\r\n  \nhttp://b.example/2\rcivitai:1/2\nurn:air:sdxl:lora:civitai:1@2',
      ),
    ).toEqual([
      [3, 'https://a.example/1'],
      [5, 'http://b.example/2'],
      [6, 'civitai:1/2'],
      [7, 'urn:air:sdxl:lora:civitai:1@2'],
    ]);
  });

  it('that are wrong say so, each for itself', async () => {
    const long = `https://a.example/${'x'.repeat(4000)}`;
    expect(
      await brief(
        `https://a.example/1\nsome words\nftp://a/x\nmagnet:?xt=1\nhttps://\nfile:///etc/passwd\n${long}\nhttps://a.example/2`,
      ),
    ).toEqual([
      [1, 'https://a.example/1'],
      [2, 'NO_LINK'],
      [3, 'SCHEME'],
      [4, 'SCHEME'],
      [5, 'NO_LINK'],
      [6, 'SCHEME'],
      [7, 'LINE_LONG'],
      [8, 'https://a.example/2'],
    ]);
  });

  it('of nothing are nothing', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\ufeff\n\n# no\n')).toEqual([]);
  });

  it('never come back in the words of an error', async () => {
    const [entry] = await read('ftp://user:password@host/file?token=secret');
    const { error } = entry as { error: { text(locale: 'en' | 'ja'): string } };
    expect(error.text('en') + error.text('ja')).not.toMatch(/password|secret|host/);
  });
});

describe('an input file of aria2', () => {
  it('gives names and hashes; of mirrors the first', async () => {
    expect(
      await brief(
        `https://a.example/1\thttps://mirror.example/1\n  dir=/somewhere\n  out=one.bin\n\tchecksum=sha-256=${SHA}\n  split=4\nhttps://a.example/2\n`,
      ),
    ).toEqual([
      [1, 'https://a.example/1', 'one.bin', { sha256: SHA.toLowerCase() }],
      [6, 'https://a.example/2'],
    ]);
  });

  it('does not promise a check that cannot be made', async () => {
    expect(
      await brief(
        `https://a.example/1\n checksum=md5=${'0'.repeat(32)}\nhttps://a.example/2\n checksum=sha-256=12\n out=x\nhttps://a.example/3\n`,
      ),
    ).toEqual([
      [1, 'HASH_KIND'],
      [3, 'HASH'],
      [6, 'https://a.example/3'],
    ]);
  });

  it('does not choose between checks that contradict each other, and takes the same one twice', async () => {
    const other = 'b'.repeat(64);
    expect(
      await brief(
        `https://a.example/1\n checksum=sha-256=${SHA}\n checksum=sha-256=${other}\nhttps://a.example/2\n checksum=sha-256=${SHA}\n checksum=sha-256=${SHA.toLowerCase()}\n`,
      ),
    ).toEqual([
      [1, 'HASHES'],
      [4, 'https://a.example/2', { sha256: SHA.toLowerCase() }],
    ]);
    expect(
      await brief(
        `url,sha256,checksum\nhttps://a.example/1,${SHA},${other}\nhttps://a.example/2,${SHA},autov2:0123456789\nhttps://a.example/3,${other},autov2:bbbbbbbbbb\n`,
      ),
    ).toEqual([
      [2, 'HASHES'],
      [3, 'HASHES'],
      [4, 'https://a.example/3', { sha256: other, autoV2: 'bbbbbbbbbb' }],
    ]);
    const twice = { url: 'https://a.example/1', sha256: SHA, hashes: { 'sha-256': other } };
    expect(await brief(JSON.stringify([twice]))).toEqual([[1, 'HASHES']]);
  });

  it('with an option before any address', async () => {
    expect(await brief(' out=x\nhttps://a.example/1')).toEqual([
      [1, 'OPTION'],
      [2, 'https://a.example/1'],
    ]);
  });
});

describe('a table', () => {
  it('in CSV, TSV or with semicolons, columns in any order, other columns left alone', async () => {
    for (const d of [',', '\t', ';'])
      expect(
        await brief(
          [
            ['Name', 'size', 'URL', 'SHA256'].join(d),
            ['one.bin', '5', 'https://a.example/1', SHA].join(d),
            ['', '', 'https://a.example/2', ''].join(d),
          ].join('\r\n'),
        ),
      ).toEqual([
        [2, 'https://a.example/1', 'one.bin', { sha256: SHA.toLowerCase() }],
        [3, 'https://a.example/2'],
      ]);
  });

  it('with quotes, line breaks in them, comments before it and wrong lines in it', async () => {
    expect(
      await brief(
        `# list\nurl,file name,checksum\n"https://a.example/1,2","a\nb.bin",sha256:${SHA}\n"broken\nnothing,x,\nhttps://a.example/3,,crc32:0d4a1185\nhttps://a.example/4,,zz\n`,
      ),
    ).toEqual([
      [3, 'https://a.example/1,2', 'a\nb.bin', { sha256: SHA.toLowerCase() }],
      [5, 'QUOTES'],
      [6, 'NO_LINK'],
      [7, 'https://a.example/3', { crc32: '0d4a1185' }],
      [8, 'HASH_KIND'],
    ]);
  });

  it('in Shift_JIS, in UTF-8 with its mark, in UTF-16', async () => {
    const text = 'url,ファイル名\nhttps://a.example/1,竹林の朝.safetensors\n';
    const expected = [[2, 'https://a.example/1', '竹林の朝.safetensors']];
    expect(await brief(createCp932Encoder()(text).bytes)).toEqual(expected);
    expect(await brief(`\ufeff${text}`)).toEqual(expected);
    expect(await brief(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(expected);
  });
});

describe('JSON', () => {
  it('lists hold addresses, objects and inputs as the API takes them', async () => {
    expect(
      await brief(
        JSON.stringify(
          [
            'https://a.example/1',
            { url: 'https://a.example/2', name: 'two.bin', sha256: SHA },
            { link: 'https://a.example/3', hashes: { autoV2: '0123456789' } },
            { kind: 'model', source: 'civitai', id: '600001' },
          ],
          null,
          1,
        ),
      ),
    ).toEqual([
      [2, 'https://a.example/1'],
      [3, 'https://a.example/2', 'two.bin', { sha256: SHA.toLowerCase() }],
      [8, 'https://a.example/3', { autoV2: '0123456789' }],
      [14, 'model'],
    ]);
  });

  it('lists lose one broken entry and not the rest', async () => {
    expect(
      await brief(
        '["https://a.example/1",\n{"url": oops},\n5,\n"not closed\n,"https://a.example/2"\n',
      ),
    ).toEqual([
      [1, 'https://a.example/1'],
      [2, 'JSON'],
      [3, 'JSON'],
      [4, 'JSON'],
      [5, 'https://a.example/2'],
    ]);
  });

  it('Lines are entries, and one object over many lines is one', async () => {
    expect(
      await brief('{"url":"https://a.example/1"}\n{"url":\n\n{"uri":"http://a.example/2"}'),
    ).toEqual([
      [1, 'https://a.example/1'],
      [2, 'JSON'],
      [4, 'http://a.example/2'],
    ]);
    expect(await brief('\n{\n "url": "https://a.example/1"\n}\n')).toEqual([
      [2, 'https://a.example/1'],
    ]);
  });
});

describe('limits', () => {
  it('takes ten thousand entries and not one more', async () => {
    const lines = (n: number) => 'https://a.example/1\n'.repeat(n);
    expect((await read(lines(10_000))).length).toBe(10_000);
    await expect(read(lines(10_001))).rejects.toMatchObject({
      code: 'DOWNLOADS_MANIFEST_TOO_LONG',
    });
  });

  it('is no place for spreadsheets and archives', async () => {
    await expect(read(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0))).rejects.toMatchObject({
      code: 'DOWNLOADS_MANIFEST_NOT_TEXT',
    });
  });
});
